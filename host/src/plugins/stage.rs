//! Private copies of libraries, for the dynamic loader's eyes only.
//!
//! The loader answers a path that it has seen before with the copy it has, and dies when a mapped file changes. So
//! each load gets a path that was never used, in a folder that nobody else can enter, and the bytes that were checked
//! are the bytes that are written.
//!
//! Several processes may share the folder: a host, and commands beside it. Each holds a lock on its copies; a copy
//! without one was left behind by a process that is gone.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Inspected, lock};

/// Numbers of copies; no two of this process are the same.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// The folder of the copies.
pub(super) struct Stage {
    folder: PathBuf,
    /// The copies of this process, kept open because that is what keeps them locked.
    held: Mutex<BTreeMap<PathBuf, File>>,
}

impl Stage {
    /// Makes the folder, or empties it of what earlier processes left. Blocks.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        private_folder(folder)?;
        let _alone = alone(folder)?;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_file() && is_left_behind(&path)? {
                fs::remove_file(path)?;
            }
        }
        Ok(Self { folder: folder.to_owned(), held: Mutex::default() })
    }

    /// Writes the examined bytes to a path that was never used. Blocks.
    pub(super) fn write(&self, library: &Inspected) -> io::Result<PathBuf> {
        let (path, mut file) = self.create(library)?;
        file.write_all(&library.bytes)?;
        file.sync_all()?;
        sync_folder(&self.folder)?;
        lock(&self.held).insert(path.clone(), file);
        Ok(path)
    }

    /// Takes back a copy that was never loaded into this process. Blocks.
    pub(super) fn discard(&self, path: &Path) {
        if let Err(error) = fs::remove_file(path) {
            tracing::warn!(%error, "a private copy of a plug-in could not be removed");
        }
        lock(&self.held).remove(path);
    }

    /// A new file that is ours from the first moment on.
    fn create(&self, library: &Inspected) -> io::Result<(PathBuf, File)> {
        let _alone = alone(&self.folder)?;
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = self.folder.join(format!("{}-{:.16}-{number}.so", library.manifest.id, library.sha256));
            match OpenOptions::new().write(true).create_new(true).mode(0o500).open(&path) {
                Ok(file) => {
                    file.lock()?;
                    return Ok((path, file));
                }
                // Another process has this one.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Keeps other processes from looking at the folder until it is dropped.
pub(super) fn alone(folder: &Path) -> io::Result<File> {
    let folder = File::open(folder)?;
    folder.lock()?;
    Ok(folder)
}

/// Whether no living process holds a lock on the file at `path`.
pub(super) fn is_left_behind(path: &Path) -> io::Result<bool> {
    Ok(File::open(path)?.try_lock().is_ok())
}

/// Makes a folder that only the host's user may enter, or makes an existing one so.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    if !fs::symlink_metadata(folder)?.is_dir() {
        return Err(io::Error::new(ErrorKind::NotADirectory, "the folder is a link"));
    }
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}

/// Makes names in a folder survive a crash.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
