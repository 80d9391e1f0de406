//! Libraries that do harm, made from one that was built: which harm, when and where is text among its bytes.

use std::fs;
use std::path::{Path, PathBuf};

use crate::example_plugin;
use crate::files::target;

const NAME: &str = "culprit-nameless";
const SLOT: &str = "crime=nothing  when=never    where=nobody ";

/// A library that does one thing wrong.
#[derive(Clone, Copy, Debug)]
pub struct Culprit {
    /// What it does: `abort`, `exit`, `segfault`, `memory`, `loop`, `sleep`, `output`, `panic`; in calls also `log` and
    /// `huge`; `nothing`.
    pub crime: &'static str,
    /// When: `load` (the system maps it), `new`, `types`, `call`.
    pub when: &'static str,
    /// Where: `both` in the trial process and in the host, or `host` only.
    pub place: &'static str,
}

impl Culprit {
    /// Its id, and its type's.
    pub fn id(&self) -> String {
        format!("culprit-{:.3}{:.3}{:.2}", self.crime, self.when, self.place)
    }

    /// The library.
    pub fn library(&self) -> PathBuf {
        let slot = format!("crime={:<9}when={:<9}where={:<7}", self.crime, self.when, self.place);
        altered(&example_plugin("culprit"), &[(NAME, &self.id()), (SLOT, &slot)], &self.id())
    }
}

/// A copy of `library` as a file `name.so`, in which every first text is the second, of equal length: a library that no
/// compiler would make.
pub fn altered(library: &Path, changes: &[(&str, &str)], name: &str) -> PathBuf {
    let mut bytes = fs::read(library).unwrap();
    for (from, to) in changes {
        assert_eq!(from.len(), to.len(), "{from} and {to}");
        let starts = places(&bytes, from.as_bytes());
        assert!(!starts.is_empty(), "{from} is not in {}", library.display());
        for start in starts {
            bytes[start..start + to.len()].copy_from_slice(to.as_bytes());
        }
    }
    keep(name, &bytes)
}

/// Writes the file unless it is there already, so that its package need not be made anew in every run.
pub fn keep(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = target().join("test-libraries");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.so"));
    if fs::read(&path).is_ok_and(|known| known == bytes) {
        return path;
    }
    // Other tests may read the old one meanwhile.
    let fresh = folder.join(format!("{name}.{}", std::process::id()));
    fs::write(&fresh, bytes).unwrap();
    fs::rename(fresh, &path).unwrap();
    path
}

fn places(bytes: &[u8], text: &[u8]) -> Vec<usize> {
    let last = bytes.len() - text.len();
    (0..=last).filter(|at| bytes[*at] == text[0] && bytes[*at..].starts_with(text)).collect()
}
