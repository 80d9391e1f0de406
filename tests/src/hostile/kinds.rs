//! Entries that are no files, and headers that change what follows.

use super::names::beside;
use super::tar::{Entry, archive};
use super::{Forge, Hostile};

pub(super) fn packages(forge: &Forge) -> Vec<Hostile> {
    let mut all = no_files(forge);
    all.extend(extensions());
    all.extend(twice(forge));
    all
}

fn no_files(forge: &Forge) -> Vec<Hostile> {
    let library = forge.library();
    let entry = |what: &str, kind: u8, name: &str, link: &str| {
        Hostile::new(format!("kind: {what}"), "package-not-a-file", beside(Entry::of_kind(kind, name, link)))
    };
    let through = [Entry::of_kind(b'2', "lib", "/tmp"), Entry::new(&library, "evil")];
    vec![
        entry("a hard link out", b'1', "README.md", "/etc/passwd"),
        entry("a hard link to the manifest", b'1', "README.md", "manifest.json"),
        entry("a symbolic link out", b'2', &library, "/etc/passwd"),
        entry("a symbolic link up", b'2', "README.md", "../../../../etc/passwd"),
        entry("a symbolic link to itself", b'2', "README.md", "README.md"),
        entry("a character device", b'3', "README.md", ""),
        entry("a block device", b'4', "README.md", ""),
        entry("a folder", b'5', "lib/", ""),
        entry("a folder above", b'5', "../", ""),
        entry("a pipe", b'6', "README.md", ""),
        entry("a contiguous file", b'7', "README.md", ""),
        Hostile::new("kind: a file through a symbolic link", "package-not-a-file", archive(&through)),
    ]
}

fn extensions() -> Vec<Hostile> {
    let before_readme = |what: &str, kind: u8, content: &str| {
        let extension = Entry { kind, ..Entry::new("PaxHeaders/README.md", content) };
        let entries = [Entry::new("manifest.json", "{}"), extension, Entry::new("README.md", "evil")];
        Hostile::new(format!("extension: {what}"), "package-extension", archive(&entries))
    };
    vec![
        before_readme("another path", b'x', "21 path=../../evil.so\n"),
        before_readme("another size", b'x', "12 size=512\n"),
        before_readme("another target of a link", b'x', "25 linkpath=/etc/passwd\n"),
        before_readme("another character set", b'x', "20 charset=BINARY\n"),
        before_readme("a length that lies", b'x', "9999999 path=a\n"),
        before_readme("for all that follow", b'g', "21 path=../../evil.so\n"),
        before_readme("a long name of GNU tar", b'L', "../../evil.so\0"),
        before_readme("a long link of GNU tar", b'K', "/etc/passwd\0"),
        before_readme("a sparse file of GNU tar", b'S', ""),
        before_readme("a volume of GNU tar", b'V', ""),
        before_readme("the rest of another volume", b'M', ""),
        before_readme("a folder's list of GNU tar", b'D', ""),
        before_readme("extended attributes of Solaris", b'X', "21 path=../../evil.so\n"),
        before_readme("a file as before POSIX", 0, ""),
        before_readme("a kind that nobody knows", 0xff, ""),
    ]
}

fn twice(forge: &Forge) -> Vec<Hostile> {
    let library = forge.library();
    ["manifest.json", "manifest.json.minisig", &library]
        .map(|name| {
            let entries = [Entry::new("manifest.json", "{}"), Entry::new(name, "one"), Entry::new(name, "two")];
            Hostile::new(format!("twice: {name}"), "package-twice", archive(&entries))
        })
        .into()
}
