//! From the bytes of a file to a release.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::{Origin, Papers, Release};
use crate::plugins::Refused;
use crate::plugins::inspect::{self, Inspected};
use crate::plugins::package::{self, Trust, TrustedKeys};

/// What was found in files, so that they need not be read each time somebody looks.
#[derive(Default)]
pub(super) struct Memory {
    /// Installed packages, by the hash that is their name.
    pub(super) packages: Mutex<HashMap<String, Result<Arc<Release>, Refused>>>,
    /// Files of the folder, by what the system says about them.
    pub(super) files: Mutex<HashMap<Stamp, Result<Arc<Release>, Refused>>>,
}

/// What the system says about a file; any change of its bytes changes this.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stamp {
    pub(super) path: PathBuf,
    pub(super) device: u64,
    pub(super) inode: u64,
    pub(super) size: u64,
    /// Modification and change, in nanoseconds.
    pub(super) times: [i128; 2],
    /// Mode and owner: they decide too whether a file is accepted.
    pub(super) mode: u32,
    pub(super) owner: u32,
}

/// A release with the library that is to be loaded.
pub(crate) struct Opened {
    pub(crate) release: Arc<Release>,
    pub(crate) library: Inspected,
}

/// Examines the bytes of a file, a package or a bare library, whatever its name says. Blocks.
pub(super) fn open(bytes: &[u8], file: &str, origin: Origin, keys: &TrustedKeys) -> Result<Opened, Refused> {
    if !is_gzip(bytes) {
        let library = inspect::examine(file.into(), bytes.into())?;
        let release = Arc::new(Release::bare(&library, origin));
        return Ok(Opened { release, library });
    }
    let package = package::open(bytes, keys)?;
    // What was tampered with hands out no library, whatever is allowed here.
    if let Trust::Invalid | Trust::Modified { .. } = package.trust {
        package.trust.check(true)?;
    }
    let library = inspect::examine(file.into(), Arc::clone(&package.library))?;
    let mut release = Release::bare(&library, origin);
    release.sha256 = package.digest;
    release.size = package.size;
    release.trust = package.trust;
    release.papers = Arc::new(Papers { texts: package.texts, files: package.files });
    Ok(Opened { release: Arc::new(release), library })
}

/// RFC 1952 section 2.3.1.
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}
