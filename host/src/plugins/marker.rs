//! Crash markers: what was being loaded when the process ended.
//!
//! Before a library is opened in this process, a file named after its hash is written and synced; once the library
//! has answered, the file goes away. A file that is still there at the next start says that the library took the
//! process down with it: it is in quarantine, and is not loaded again until an administrator asks for it. So a plug-in
//! can end the host once, never in a loop.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use super::stage::{private_folder, sync_folder};

/// The folder of the markers.
pub(super) struct Markers {
    folder: PathBuf,
}

impl Markers {
    /// Makes the folder if need be. Blocks.
    pub(super) fn open(folder: PathBuf) -> io::Result<Self> {
        private_folder(&folder)?;
        Ok(Self { folder })
    }

    /// Whether a load of these bytes never came to its end. Blocks.
    pub(super) fn is_set(&self, sha256: &str) -> bool {
        fs::symlink_metadata(self.folder.join(sha256)).is_ok()
    }

    /// Notes that these bytes are about to be loaded; `what` is for whoever looks into the folder. Blocks.
    pub(super) fn set(&self, sha256: &str, what: &str) -> io::Result<()> {
        let path = self.folder.join(sha256);
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        writeln!(file, "{what}")?;
        file.sync_all()?;
        sync_folder(&self.folder)
    }

    /// Notes that the load of these bytes came to its end. Blocks.
    pub(super) fn clear(&self, sha256: &str) -> io::Result<()> {
        match fs::remove_file(self.folder.join(sha256)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => sync_folder(&self.folder),
        }
    }
}
