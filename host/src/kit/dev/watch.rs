//! Whether a crate's files changed. Looking at them twice a second costs nothing that anybody would notice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(500);

/// What tells one state of a file from another.
type Mark = (Option<SystemTime>, u64);

/// The files of a crate as they were when somebody last looked.
pub(crate) struct Watch {
    folder: PathBuf,
    seen: BTreeMap<PathBuf, Mark>,
}

impl Watch {
    /// Begins with the files as they are.
    pub(crate) fn new(folder: &Path) -> Self {
        let mut watch = Self { folder: folder.to_owned(), seen: BTreeMap::new() };
        watch.changed();
        watch
    }

    /// Whether anything is different from the last time.
    pub(crate) fn changed(&mut self) -> bool {
        let mut now = BTreeMap::new();
        look(&self.folder, true, &mut now);
        let changed = now != self.seen;
        self.seen = now;
        changed
    }

    /// Returns when something has changed.
    pub(crate) async fn change(&mut self) {
        while !self.changed() {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Notes the files of `folder`. A file that is gone meanwhile is a change that the next look finds.
fn look(folder: &Path, top: bool, found: &mut BTreeMap<PathBuf, Mark>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        let path = entry.path();
        if kind.is_dir() && !is_output(&path, top) {
            look(&path, false, found);
        } else if kind.is_file() && is_input(&path) {
            let mark = entry.metadata().map(|data| (data.modified().ok(), data.len())).unwrap_or_default();
            found.insert(path, mark);
        }
    }
}

/// What cargo, git or a host writes: the data of a host may well lie in the folder of the crate.
fn is_output(folder: &Path, top: bool) -> bool {
    let hidden = folder.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    hidden || (top && folder.ends_with("target")) || folder.join("master.key").exists()
}

/// What a build reads. Cargo itself writes the lock.
fn is_input(file: &Path) -> bool {
    let known = ["rs", "toml", "json", "svg", "md", "js", "css", "html", "txt"];
    file.extension().and_then(|extension| extension.to_str()).is_some_and(|extension| known.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_count_and_outputs_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        for path in ["src/deep", "target/debug", ".git", "data"] {
            fs::create_dir_all(at(path)).unwrap();
        }
        fs::write(at("data/master.key"), "").unwrap();
        let mut watch = Watch::new(folder.path());
        assert!(!watch.changed());
        for (path, counts) in [
            ("src/deep/lib.rs", true),
            ("manifest.json", true),
            ("target/debug/build.rs", false),
            (".git/notes.md", false),
            ("data/state.json", false),
            ("Cargo.lock", false),
            ("acme-0.1.0.tar.gz", false),
        ] {
            fs::write(at(path), "x").unwrap();
            assert_eq!(watch.changed(), counts, "{path}");
            assert!(!watch.changed(), "{path}");
        }
        fs::write(at("manifest.json"), "xy").unwrap();
        assert!(watch.changed());
        fs::remove_file(at("manifest.json")).unwrap();
        assert!(watch.changed());
    }
}
