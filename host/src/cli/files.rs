//! Files that commands read and write for the person at the shell.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::Problem;

/// The bytes of a file, `cap` at most: what is larger is cut, and refused by whoever knows what it should be.
pub(super) fn read(path: &Path, cap: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(cap as u64 + 1).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|error| failed(path, &error))
}

/// Writes a file that must not be there yet, with these bits of its mode.
pub(super) fn create(path: &Path, bytes: &[u8], mode: u32) -> Result<(), Problem> {
    let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
    let written = file.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.map_err(|error| failed(path, &error))
}

/// Writes a file anew. Whatever happens meanwhile, the old or the new one is there, whole.
pub(super) fn replace(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let fresh = path.with_extension("fresh");
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&fresh)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&fresh, path));
    if written.is_err() {
        // Keys must not lie about; what matters to the caller is the first error.
        let _ = fs::remove_file(&fresh);
    }
    written?;
    // The name survives a crash only once the folder is on the disk too.
    File::open(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?.sync_all()
}

/// A file could not be read or written.
pub(super) fn failed(path: &Path, error: &io::Error) -> Problem {
    Problem::other(format!("{}: {error}", path.display()))
}
