//! Packages that must not get in (rows PL-1 and PL-3): each is refused for its own reason, and leaves nothing behind.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use gatehouse_tests::gatehouse_program;
use gatehouse_tests::hostile::{Forge, packages};

use super::{forge, listing, sentence};

/// A folder in a folder in a folder, so that what climbs out is seen too.
struct Room {
    outside: tempfile::TempDir,
    key: String,
}

impl Room {
    fn new(forge: &Forge) -> Self {
        let room = Self { outside: tempfile::tempdir().unwrap(), key: forge.public() };
        for folder in [room.inside(), room.temporary()] {
            fs::create_dir_all(folder).unwrap();
        }
        room
    }

    fn inside(&self) -> PathBuf {
        self.outside.path().join("some/where/inside")
    }

    fn temporary(&self) -> PathBuf {
        self.outside.path().join("temporary")
    }

    /// What the program says of a package.
    fn verify(&self, bytes: &[u8]) -> Output {
        let package = self.inside().join("package.tar.gz");
        fs::write(&package, bytes).unwrap();
        let mut command = Command::new(gatehouse_program());
        command.env_clear().env("TMPDIR", self.temporary()).env("HOME", self.inside()).current_dir(self.inside());
        command.args(["plugin", "verify", "package.tar.gz", "--key", &self.key]).stdin(Stdio::null());
        let output = command.output().unwrap();
        fs::remove_file(package).unwrap();
        output
    }
}

#[test]
fn pl_3_each_hostile_package_is_refused_and_leaves_nothing_behind() {
    let forge = forge();
    let room = Room::new(&forge);
    let before = listing(room.outside.path());
    let all = packages(&forge);
    let names: BTreeSet<&str> = all.iter().map(|one| &*one.name).collect();
    let contents: BTreeSet<&[u8]> = all.iter().map(|one| &*one.bytes).collect();
    assert_eq!((names.len(), contents.len()), (all.len(), all.len()), "each is hostile in a way of its own");
    assert!(all.len() >= 200, "only {}", all.len());
    let wrong: Vec<String> = all
        .iter()
        .filter_map(|one| {
            let output = room.verify(&one.bytes);
            let said = String::from_utf8(output.stderr).unwrap();
            let sentence = sentence(one.reason);
            let plain = said.lines().count() == 1 && !said.contains('\u{1b}');
            let refused = output.status.code() == Some(1) && output.stdout.is_empty() && said.contains(sentence);
            (!refused || !plain).then(|| format!("{} ({}): {said}", one.name, one.reason))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
    assert_eq!(listing(room.outside.path()), before, "something was left behind");
}

#[test]
fn the_package_that_they_are_made_of_gets_in() {
    let forge = forge();
    let output = Room::new(&forge).verify(&forge.good());
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("trusted    "), "it is not trusted");
}

/// No flag for development lets in what was tampered with.
#[test]
fn pl_1_what_was_tampered_with_hands_out_no_library() {
    use gatehouse::plugins::package::{TrustedKeys, open};
    let forge = forge();
    let keys = TrustedKeys::parse(&BTreeMap::from([("vendor".to_owned(), forge.public())])).unwrap();
    let mut seen = 0;
    for one in packages(&forge) {
        let Ok(package) = open(&one.bytes, &keys) else { continue };
        let tampered = ["package-modified", "package-bad-signature"].contains(&one.reason);
        assert_eq!(package.trust.check(true).is_err(), tampered, "{}", one.name);
        assert_eq!(package.library.is_empty(), tampered, "{}", one.name);
        seen += 1;
    }
    assert!(seen > 0, "all of them were refused before anybody asked");
}
