//! Patterns that mean the same to the host and to a renderer in a browser.

/// The characters that may stand behind a backslash in ECMA-262 with the flag `u`, letters and digits apart
/// (`IdentityEscape` of section 22.2.1). Renderers set the flag, and an escape that it forbids makes them throw.
const ESCAPABLE: &str = r"^$\.*+?()[]{}|/";

/// Whether every escape in `pattern` is one that ECMA-262 with the flag `u` knows. The rest of its grammar is left to
/// the checker.
pub(crate) fn has_portable_escapes(pattern: &str) -> bool {
    let mut in_class = false;
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        match c {
            '[' => in_class = true,
            ']' => in_class = false,
            '\\' => {
                let escaped = rest.next().unwrap_or(' ');
                let hyphen_in_class = in_class && escaped == '-';
                if !(escaped.is_ascii_alphanumeric() || ESCAPABLE.contains(escaped) || hyphen_in_class) {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}
