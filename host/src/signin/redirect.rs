//! Where a person goes after the sign-in: a page of ours, or home (RFC 9700 section 4.11.1).

use url::Url;

/// Longest address that is kept.
const LONGEST: usize = 2048;

/// `wanted` if every browser understands it as a page of this site, else `None`.
///
/// `base` is the public address. The text has to start with one slash, hold no backslash, blank or control character
/// (browsers drop some of these before they look), and still lead to our origin and below our path when it is read
/// by the rules that browsers follow (WHATWG URL).
pub(crate) fn own_page(wanted: &str, base: &Url) -> Option<String> {
    let harmless = |c: char| !c.is_control() && !c.is_whitespace() && c != '\\';
    if wanted.len() > LONGEST || !wanted.starts_with('/') || !wanted.chars().all(harmless) {
        return None;
    }
    let target = base.join(wanted).ok()?;
    let below = target.path().strip_prefix(base.path().trim_end_matches('/'))?;
    let path_is_plain = below.is_empty() || (below.starts_with('/') && !below.starts_with("//"));
    let same_place = target.origin() == base.origin() && target.username().is_empty() && target.password().is_none();
    let double = wanted.starts_with("//") || below.to_ascii_lowercase().starts_with("/%2f");
    if !path_is_plain || !same_place || double || below.to_ascii_lowercase().starts_with("/%5c") {
        return None;
    }
    // What goes into the header is what was checked, not what was sent.
    Some(target[url::Position::BeforePath..].to_owned())
}
