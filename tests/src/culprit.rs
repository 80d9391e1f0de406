//! Libraries that do harm, made from one that was built: which harm, when and where is text among its bytes.

use std::fs;
use std::path::{Path, PathBuf};

use crate::example_plugin;

const NAME: &str = "culprit-nameless";
const SLOT: &str = "crime=nothing  when=never    where=nobody ";

/// A library that does one thing wrong.
#[derive(Clone, Copy, Debug)]
pub struct Culprit {
    /// Its id, and its type's: `culprit-` and eight letters.
    pub name: &'static str,
    /// What it does: `abort`, `exit`, `segfault`, `memory`, `loop`, `sleep`, `output`, `panic`; in calls also `log` and
    /// `huge`; `nothing`.
    pub crime: &'static str,
    /// When: `load` (the system maps it), `new`, `types`, `call`.
    pub when: &'static str,
    /// Where: `both` in the trial process and in the host, or `host` only.
    pub place: &'static str,
}

impl Culprit {
    /// Writes the library into `folder`.
    pub fn build(&self, folder: &Path) -> PathBuf {
        let slot = format!("crime={:<9}when={:<9}where={:<7}", self.crime, self.when, self.place);
        altered(&example_plugin("culprit"), &[(NAME, self.name), (SLOT, &slot)], folder, self.name)
    }
}

/// Writes a copy of `library` into `folder`, as `name.so`, in which every first text is the second, of equal length: a
/// library that no compiler would make.
pub fn altered(library: &Path, changes: &[(&str, &str)], folder: &Path, name: &str) -> PathBuf {
    let mut bytes = fs::read(library).unwrap();
    for (from, to) in changes {
        assert_eq!(from.len(), to.len(), "{from} and {to}");
        let starts: Vec<usize> =
            (0..=bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from.as_bytes())).collect();
        assert!(!starts.is_empty(), "{from} is not in {}", library.display());
        for start in starts {
            bytes[start..start + to.len()].copy_from_slice(to.as_bytes());
        }
    }
    let path = folder.join(format!("{name}.so"));
    fs::write(&path, bytes).unwrap();
    path
}
