//! What may lie in a package: a closed list, so that no name is ever taken for a path.
//!
//! Nothing here can be absolute, climb out with `..`, hide a separator, or differ from another entry by case only; a
//! package that says so is refused by the same one rule.

use plugin_api::Manifest;

use crate::plugins::inspect::MAX_FILE;

/// What the author says; signed.
pub const MANIFEST: &str = "manifest.json";
/// The signature over the bytes of [`MANIFEST`].
pub const SIGNATURE: &str = "manifest.json.minisig";
/// For whoever thinks of installing it, in English.
pub(super) const README: &str = "README.md";
/// The same in Chinese.
pub(super) const README_ZH: &str = "README.zh-CN.md";
/// What changed from version to version.
pub(super) const CHANGELOG: &str = "CHANGELOG.md";
/// The terms.
pub(super) const LICENSE: &str = "LICENSE";
/// What is drawn on the card.
pub(super) const ICON: &str = "icon.svg";

/// Texts that a package may bring along.
pub(super) const TEXTS: [&str; 4] = [README, README_ZH, CHANGELOG, LICENSE];

/// Longest text, in bytes.
const MAX_TEXT: u64 = 512 * 1024;
/// Longest signature, in bytes: two comments and two values of fixed length.
const MAX_SIGNATURE: u64 = 4 * 1024;
/// Longest manifest, in bytes.
pub(super) const MAX_MANIFEST: u64 = 256 * 1024;

/// How large an entry of this name may be, in bytes; `None` when packages have no such entry.
pub(super) fn cap_of(name: &str) -> Option<u64> {
    match name {
        MANIFEST => Some(MAX_MANIFEST),
        SIGNATURE => Some(MAX_SIGNATURE),
        ICON => Some(Manifest::ICON_CAP as u64),
        text if TEXTS.contains(&text) => Some(MAX_TEXT),
        library => target_of(library).map(|_| MAX_FILE),
    }
}

/// Where the library for a target lies.
pub(super) fn library_of(target: &str) -> String {
    format!("lib/{target}.so")
}

/// The target in the name of a library, `lib/<target>.so`.
pub(super) fn target_of(name: &str) -> Option<&str> {
    let target = name.strip_prefix("lib/")?.strip_suffix(".so")?;
    is_target(target).then_some(target)
}

/// Two to four parts of lower-case letters, digits and `_`, with `-` between them.
fn is_target(target: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    target.len() <= 64 && (2..=4).contains(&target.split('-').count()) && target.split('-').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_closed() {
        for good in [MANIFEST, SIGNATURE, README_ZH, ICON, "lib/x86_64-unknown-linux-gnu.so", "lib/a-b.so"] {
            assert!(cap_of(good).is_some(), "{good}");
        }
        let bad = ["", "/manifest.json", "./manifest.json", "readme.md", "lib/../a-b.so", "lib/a-b", "lib/A-b.so"];
        for bad in bad.into_iter().chain(["lib/a.so", "lib/a-b-c-d-e.so", "lib/a--b.so", "lib\\a-b.so", "lib/a-b.so "])
        {
            assert_eq!(cap_of(bad), None, "{bad}");
        }
    }
}
