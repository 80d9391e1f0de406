//! What can be known about a library file without running any of its code.
//!
//! The bytes are read once; everything that follows (hash, structure, manifest, and later the private copy that is
//! loaded) is about those very bytes, so that nothing can be exchanged in between.

mod elf;
mod file;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plugin_api::Manifest;
use plugin_api::host::{API_VERSION, BUILD_SECTION, BuildInfo, MANIFEST_SECTION};
use sha2::{Digest, Sha256};

use super::Refused;

/// Largest library file, in bytes.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;

/// A library file that may be loaded as far as can be told from outside.
#[derive(Clone)]
pub struct Inspected {
    /// Where it was read.
    pub path: PathBuf,
    /// What the plug-in says about itself.
    pub manifest: Manifest,
    /// How it says that it was built.
    pub build: BuildInfo,
    /// SHA-256 of the bytes, in 64 hexadecimal digits.
    pub sha256: String,
    /// Number of bytes.
    pub size: u64,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}

/// Reads and examines one library file. Blocks.
///
/// # Errors
/// [`Refused`] when the file is none that may be loaded.
pub fn inspect(path: &Path) -> Result<Inspected, Refused> {
    examine(path.to_owned(), read(path)?.into())
}

/// The bytes of a regular file that nobody but its owner may change. Blocks.
///
/// # Errors
/// [`Refused`] when it is no such file, or too large.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Refused> {
    file::read(path)
}

/// Examines the bytes of a library; `path` says where they came from.
///
/// # Errors
/// [`Refused`] when they are none that may be loaded.
pub fn examine(path: PathBuf, bytes: Arc<[u8]>) -> Result<Inspected, Refused> {
    elf::check_machine(&bytes)?;
    examine_foreign(&path, &bytes)
}

/// The same for a library that may be for another machine than this one. Nobody here can run it then, but a package
/// brings libraries for several. Blocks.
///
/// # Errors
/// [`Refused`] when it could be loaded nowhere.
pub(super) fn examine_foreign(path: &Path, bytes: &Arc<[u8]>) -> Result<Inspected, Refused> {
    let library = elf::Library::parse(bytes)?;
    let build = build(&library)?;
    let manifest = manifest(&library)?;
    if major(&manifest.api) != major(API_VERSION) {
        return Err(Refused::WrongApi { plugin: manifest.api });
    }
    let sha256 = hex(&Sha256::digest(bytes));
    let (path, size, bytes) = (path.to_owned(), bytes.len() as u64, Arc::clone(bytes));
    Ok(Inspected { path, manifest, build, sha256, size, bytes })
}

fn build(library: &elf::Library<'_>) -> Result<BuildInfo, Refused> {
    let section = library.section(BUILD_SECTION)?.ok_or(Refused::NoManifest)?;
    let build: BuildInfo = serde_json::from_slice(section).map_err(|error| Refused::BadBuild(error.to_string()))?;
    if build.panic != "unwind" {
        return Err(Refused::AbortsOnPanic);
    }
    if major(&build.api) != major(API_VERSION) {
        return Err(Refused::WrongApi { plugin: build.api });
    }
    Ok(build)
}

fn manifest(library: &elf::Library<'_>) -> Result<Manifest, Refused> {
    let section = library.section(MANIFEST_SECTION)?.ok_or(Refused::NoManifest)?;
    Manifest::parse(section).map_err(|error| Refused::BadManifest(error.to_string()))
}

/// The first number of `MAJOR.MINOR`; `None` matches nothing that this host has.
pub(super) fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// Lower-case hexadecimal digits, two a byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_lower_case_and_padded() {
        assert_eq!(hex(&[0x00, 0x0f, 0xa5, 0xff]), "000fa5ff");
    }

    #[test]
    fn only_the_major_version_decides() {
        assert_eq!(major("1.7"), major("1.0"));
        assert_ne!(major("2.0"), major("1.0"));
        assert_eq!(major("one"), None);
    }
}
