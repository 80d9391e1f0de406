//! Crash markers: what was being loaded when the process ended.
//!
//! Before a library is opened in this process, a file named after its hash is written and synced; once the library
//! has answered, the file goes away. A file that is still there at the next start says that the library took the
//! process down with it: it is in quarantine, and is not loaded again until an administrator asks for it. So a plug-in
//! can end the host once, never in a loop.
//!
//! A process holds a lock on its markers, and the system releases it when the process ends, however that happens. So a
//! marker that is locked belongs to another process that is loading the library just now, and says nothing bad.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use super::stage::{alone, private_folder, sync_folder};

/// The folder of the markers.
pub(super) struct Markers {
    folder: PathBuf,
}

/// A marker that is locked, until this is dropped.
#[must_use = "a marker that nobody holds says that its process is gone"]
pub(super) struct Marker {
    _locked: File,
}

impl Markers {
    /// Makes the folder if need be. Blocks.
    pub(super) fn open(folder: PathBuf) -> io::Result<Self> {
        private_folder(&folder)?;
        Ok(Self { folder })
    }

    /// Whether a load of these bytes never came to its end. Blocks.
    pub(super) fn is_abandoned(&self, sha256: &str) -> io::Result<bool> {
        match File::open(self.folder.join(sha256)) {
            Ok(marker) => Ok(marker.try_lock().is_ok()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Notes that these bytes are about to be loaded; `what` is for whoever looks into the folder. Blocks.
    pub(super) fn set(&self, sha256: &str, what: &str) -> io::Result<Marker> {
        let _alone = alone(&self.folder)?;
        let path = self.folder.join(sha256);
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        // Shared: two processes may load the same library at once.
        file.lock_shared()?;
        writeln!(file, "{what}")?;
        file.sync_all()?;
        sync_folder(&self.folder)?;
        Ok(Marker { _locked: file })
    }

    /// Notes that the load of these bytes came to its end. Blocks.
    pub(super) fn clear(&self, sha256: &str) -> io::Result<()> {
        match fs::remove_file(self.folder.join(sha256)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => sync_folder(&self.folder),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_marker_that_no_other_process_holds_means_quarantine() {
        let folder = std::env::temp_dir().join(format!("gatehouse-markers-{}", std::process::id()));
        let (ours, theirs) = (Markers::open(folder.clone()).unwrap(), Markers::open(folder.clone()).unwrap());
        assert!(!ours.is_set("aa").unwrap());
        theirs.set("aa", "example 1.0.0").unwrap();
        assert!(!ours.is_set("aa").unwrap(), "a load under way elsewhere");
        ours.set("aa", "example 1.0.0").unwrap();
        ours.clear("aa").unwrap();
        assert!(theirs.is_set("aa").unwrap(), "it is theirs still");
        drop(theirs);
        assert!(ours.is_set("aa").unwrap(), "their process is gone");
        assert!(!ours.is_set("ab").unwrap(), "other bytes");
        ours.clear("aa").unwrap();
        assert!(!ours.is_set("aa").unwrap());
        fs::remove_dir_all(folder).unwrap();
    }
}
