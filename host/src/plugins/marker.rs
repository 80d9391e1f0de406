//! Crash markers: what was being loaded when a process ended.
//!
//! Before a library is opened in this process, a file named after its hash is written and synced; once the library
//! has answered, the file goes away. While it is there, its process holds a lock on it. A file that is there and not
//! locked says that the library took its process down with it: it is in quarantine, and is not loaded again until an
//! administrator asks for it. So a plug-in can end the host once, never in a loop.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use super::stage::{alone, is_left_behind, private_folder, sync_folder};

/// The folder of the markers.
pub(super) struct Markers {
    folder: PathBuf,
}

/// A load under way. Dropped without [`Markers::clear`], it puts the bytes in quarantine.
#[must_use = "a marker that nobody holds says that its process is gone"]
pub(super) struct Marker {
    _held: File,
}

impl Markers {
    /// Makes the folder if need be. Blocks.
    pub(super) fn open(folder: PathBuf) -> io::Result<Self> {
        private_folder(&folder)?;
        Ok(Self { folder })
    }

    /// Whether a load of these bytes never came to its end. Blocks.
    pub(super) fn is_abandoned(&self, sha256: &str) -> io::Result<bool> {
        let _alone = alone(&self.folder)?;
        for path in self.of(sha256)? {
            if is_left_behind(&path)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Notes that these bytes are about to be loaded; `what` is for whoever looks into the folder. Blocks.
    pub(super) fn set(&self, sha256: &str, what: &str) -> io::Result<Marker> {
        let _alone = alone(&self.folder)?;
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(self.own(sha256))?;
        file.lock()?;
        writeln!(file, "{what}")?;
        file.sync_all()?;
        sync_folder(&self.folder)?;
        Ok(Marker { _held: file })
    }

    /// Notes that the load of these bytes came to its end, here and in processes that are no more. Blocks.
    pub(super) fn clear(&self, sha256: &str) -> io::Result<()> {
        let _alone = alone(&self.folder)?;
        let own = self.own(sha256);
        for path in self.of(sha256)? {
            if path == own || is_left_behind(&path)? {
                fs::remove_file(path)?;
            }
        }
        sync_folder(&self.folder)
    }

    /// The marker of this process: another one may load the same bytes at the same time.
    fn own(&self, sha256: &str) -> PathBuf {
        self.folder.join(format!("{sha256}-{}", std::process::id()))
    }

    fn of(&self, sha256: &str) -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(sha256) {
                paths.push(entry.path());
            }
        }
        Ok(paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_marker_that_nobody_holds_means_quarantine() {
        let folder = std::env::temp_dir().join(format!("gatehouse-markers-{}", std::process::id()));
        let markers = Markers::open(folder.clone()).unwrap();
        assert!(!markers.is_abandoned("aa").unwrap());
        let held = markers.set("aa", "example 1.0.0").unwrap();
        assert!(!markers.is_abandoned("aa").unwrap(), "a load under way");
        drop(held);
        assert!(markers.is_abandoned("aa").unwrap(), "its process is gone");
        assert!(!markers.is_abandoned("ab").unwrap(), "other bytes");
        markers.clear("aa").unwrap();
        assert!(!markers.is_abandoned("aa").unwrap());
        fs::remove_dir_all(folder).unwrap();
    }
}
