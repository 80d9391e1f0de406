//! Names that lead elsewhere, look like others, or hide something.

use super::tar::{Entry, archive};
use super::{Forge, Hostile};

const REASON: &str = "package-name";

/// What the name shows, and the name.
const NAMES: [(&str, &[u8]); 32] = [
    ("up", b"../evil.so"),
    ("up from a folder", b"lib/../../evil.so"),
    ("up and back", b"lib/../lib/x86_64-unknown-linux-gnu.so"),
    ("absolute", b"/etc/cron.d/evil"),
    ("absolute, through the process", b"/proc/self/cwd/evil"),
    ("from here", b"./manifest.json"),
    ("two separators", b"lib//x86_64-unknown-linux-gnu.so"),
    ("a separator at the end", b"README.md/"),
    ("separators of Windows", b"..\\..\\evil.so"),
    ("a drive of Windows", b"C:\\evil.so"),
    ("a stream of Windows", b"manifest.json:evil"),
    ("a device of Windows", b"CON"),
    ("a short name of Windows", b"MANIFE~1.JSO"),
    ("a home folder", b"~/evil.so"),
    ("hidden", b".profile"),
    ("up, encoded", b"%2e%2e/evil.so"),
    ("up, encoded twice", b"%252e%252e/evil.so"),
    ("up, in wide letters", "．．／evil.so".as_bytes()),
    ("up, in overlong UTF-8", b"\xc0\xae\xc0\xae/evil.so"),
    ("no UTF-8", b"README\xff.md"),
    ("a twin by case", b"MANIFEST.JSON"),
    ("a twin by the case of one letter", b"Readme.md"),
    ("a twin by the case of a folder", b"LIB/x86_64-unknown-linux-gnu.so"),
    ("a twin by a blank", b"README.md "),
    ("a twin by a dot", b"README.md."),
    ("a twin by a letter that is not seen", "README\u{200b}.md".as_bytes()),
    ("more behind a zero", b"README.md\0.so"),
    ("a line end", b"README.md\nmanifest.json"),
    ("an order to a terminal", b"\x1b[2JREADME.md"),
    ("empty", b""),
    ("a library of no target", b"lib/evil.so"),
    ("a library in a library's name", b"lib/x86_64-unknown-linux-gnu.so.so"),
];

pub(super) fn packages(_: &Forge) -> Vec<Hostile> {
    let named = NAMES
        .iter()
        .map(|(what, name)| Hostile::new(format!("name: {what}"), REASON, beside(Entry::new(name, "evil"))));
    named.chain(hidden()).collect()
}

/// Names that other fields continue.
fn hidden() -> Vec<Hostile> {
    let readme = || Entry::new("README.md", "evil");
    let prefixed = |prefix: &str| beside(Entry { prefix: prefix.as_bytes().to_vec(), ..readme() });
    vec![
        Hostile::new("name: too long for its field", REASON, beside(Entry::new("a".repeat(100), "evil"))),
        Hostile::new("name: a prefix that leads up", REASON, prefixed("..")),
        Hostile::new("name: a prefix that is absolute", REASON, prefixed("/etc")),
        Hostile::new(
            "name: a file with the target of a link",
            REASON,
            beside(Entry { link: b"/etc/passwd".to_vec(), ..readme() }),
        ),
    ]
}

/// A package that is good so far, with one entry more.
pub(super) fn beside(entry: Entry) -> Vec<u8> {
    archive(&[Entry::new("manifest.json", "{}"), entry])
}
