//! Reading a file that somebody dropped into a folder.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use super::MAX_FILE;
use crate::plugins::Refused;

/// The bytes of a regular file that only its owner (the host's user, or root) may change.
///
/// Everything is asked of the open file, never of the path again.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Refused> {
    let file = open(path)?;
    let about = file.metadata().map_err(unreadable)?;
    check(&about)?;
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    match bytes.len() as u64 {
        0 => Err(Refused::Empty),
        size if size > MAX_FILE => Err(Refused::TooLarge),
        _ => Ok(bytes),
    }
}

/// Opens without following a link and without waiting for the other end of a pipe.
fn open(path: &Path) -> Result<File, Refused> {
    let flags = libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC;
    OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(|error| match error.raw_os_error() {
        Some(libc::ELOOP | libc::ENXIO) => Refused::NotAFile,
        _ => unreadable(error),
    })
}

fn check(about: &Metadata) -> Result<(), Refused> {
    if !about.is_file() {
        return Err(Refused::NotAFile);
    }
    if about.uid() != 0 && about.uid() != own_user() {
        return Err(Refused::ForeignOwner);
    }
    if about.mode() & 0o022 != 0 {
        return Err(Refused::WritableByOthers);
    }
    if about.len() > MAX_FILE {
        return Err(Refused::TooLarge);
    }
    Ok(())
}

fn own_user() -> u32 {
    // SAFETY: geteuid takes nothing, changes nothing and cannot fail.
    unsafe { libc::geteuid() }
}

fn unreadable(error: io::Error) -> Refused {
    Refused::Unreadable(error.to_string())
}
