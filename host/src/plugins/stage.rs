//! Private copies of libraries, for the dynamic loader's eyes only.
//!
//! The loader answers a path that it has seen before with the copy it has, and dies when a mapped file changes. So
//! each load gets a path that was never used, in a folder that nobody else can enter, and the bytes that were checked
//! are the bytes that are written.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::Inspected;

/// The folder of the copies.
pub(super) struct Stage {
    folder: PathBuf,
    next: AtomicU64,
}

impl Stage {
    /// Makes the folder, or empties it of what earlier processes left. Blocks.
    pub(super) fn open(folder: PathBuf) -> io::Result<Self> {
        private_folder(&folder)?;
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(Self { folder, next: AtomicU64::new(1) })
    }

    /// Writes the examined bytes to a path that was never used. Blocks.
    pub(super) fn write(&self, library: &Inspected) -> io::Result<PathBuf> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{:.16}-{number}.so", library.manifest.id, library.sha256);
        let path = self.folder.join(name);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o500).open(&path)?;
        file.write_all(&library.bytes)?;
        file.sync_all()?;
        sync_folder(&self.folder)?;
        Ok(path)
    }

    /// Takes back a copy that was never loaded into this process. Blocks.
    pub(super) fn discard(&self, path: &Path) {
        if let Err(error) = fs::remove_file(path) {
            tracing::warn!(%error, "a private copy of a plug-in could not be removed");
        }
    }
}

/// Makes a folder that only the host's user may enter, or makes an existing one so.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    if !fs::symlink_metadata(folder)?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "the folder is a link"));
    }
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}

/// Makes names in a folder survive a crash.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
