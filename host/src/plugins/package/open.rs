//! Reading a package, from its bytes to what may be decided about it.

use std::path::PathBuf;
use std::sync::Arc;

use plugin_api::host::TARGET;
use sha2::{Digest, Sha256};

use super::archive::{self, Entry};
use super::names::{CHANGELOG, ICON, MANIFEST, README, README_ZH, SIGNATURE, library_of};
use super::{PackageFault, PackageManifest, Trust, TrustedKeys, agreement, signature};
use crate::plugins::Refused;
use crate::plugins::inspect::{examine, hex};

/// A package that was read and examined; nothing of it has been run.
#[derive(Clone, Debug)]
pub struct Package {
    /// What its author says.
    pub manifest: PackageManifest,
    /// SHA-256 of the archive, in 64 hexadecimal digits.
    pub digest: String,
    /// Number of bytes of the archive.
    pub size: u64,
    /// How far it can be trusted.
    pub trust: Trust,
    /// The library for this host. Empty when the package was tampered with: nothing of such a package may be loaded,
    /// so nothing of it is handed out.
    pub library: Arc<[u8]>,
    /// What people read before they install it.
    pub texts: Texts,
    /// The icon, an SVG document.
    pub icon: Option<String>,
    /// Every file, in the order of the archive.
    pub files: Vec<PackagedFile>,
}

/// Texts that a package may bring along, in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The readme in English.
    pub readme: Option<String>,
    /// The readme in Chinese.
    pub readme_zh: Option<String>,
    /// What changed from version to version.
    pub changelog: Option<String>,
}

/// One file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackagedFile {
    /// Its name in the package.
    pub path: String,
    /// Number of bytes.
    pub size: u64,
    /// SHA-256 in 64 hexadecimal digits.
    pub sha256: String,
}

/// Reads and examines a package. Blocks; everything happens in memory.
///
/// Who signed it is a finding, not a refusal: the caller asks [`Trust::check`] before anything is loaded.
///
/// # Errors
/// [`Refused`] when the bytes are no package, or one that this host could never run.
pub fn open(bytes: &[u8], keys: &TrustedKeys) -> Result<Package, Refused> {
    let own = library_of(TARGET);
    let mut files = Files(archive::read(bytes, |name| name == own || !name.starts_with("lib/"))?);
    let signed = files.take(MANIFEST).ok_or(PackageFault::NoManifest)?;
    let manifest = PackageManifest::parse(&signed)?;
    let comment = signature::comment(&manifest.id, &manifest.version);
    let signer = signature::judge(&signed, files.take(SIGNATURE).as_deref(), &comment, keys);
    let trust = files.held_against(&manifest, signer)?;
    let icon = files.text(ICON);
    let library: Arc<[u8]> = match trust {
        Trust::Invalid | Trust::Modified { .. } => Arc::default(),
        _ => library(&mut files, &manifest, icon.as_deref())?,
    };
    let texts =
        Texts { readme: files.text(README), readme_zh: files.text(README_ZH), changelog: files.text(CHANGELOG) };
    let files = files.0.into_iter().map(PackagedFile::from).collect();
    Ok(Package { manifest, digest: digest(bytes), size: bytes.len() as u64, trust, library, texts, icon, files })
}

/// The name of a package among all packages: SHA-256 of its bytes, in 64 hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The library for this host, which is what the package says it is.
fn library(files: &mut Files, manifest: &PackageManifest, icon: Option<&str>) -> Result<Arc<[u8]>, Refused> {
    let path = library_of(TARGET);
    let targets = || manifest.libraries.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let bytes = files.take(&path).ok_or_else(|| PackageFault::NoLibrary(targets()))?;
    let library = examine(PathBuf::from(path), bytes.into())?;
    agreement::check(manifest, icon, TARGET, &library)?;
    Ok(library.bytes)
}

/// What lay in the archive.
pub(super) struct Files(pub(super) Vec<Entry>);

impl Files {
    /// The bytes of a file, once.
    fn take(&mut self, path: &str) -> Option<Vec<u8>> {
        self.0.iter_mut().find(|entry| entry.path == path)?.content.take()
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.0.iter().find(|entry| entry.path == path)?.content.as_deref()
    }

    /// A file that people read. One wrong byte is no reason to refuse it.
    fn text(&mut self, path: &str) -> Option<String> {
        self.take(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What is left of the trust in a package once its files are known too.
    ///
    /// Where no trusted signature vouches for the manifest, files that are not as it says are a mistake rather than an
    /// attack; such a package is refused altogether, so that no flag for development lets it through.
    fn held_against(&self, manifest: &PackageManifest, signer: Trust) -> Result<Trust, PackageFault> {
        match (signer, self.different(manifest)) {
            (Trust::Trusted { .. }, Some(file)) => Ok(Trust::Modified { file }),
            (Trust::Invalid, _) => Ok(Trust::Invalid),
            (_, Some(file)) => Err(PackageFault::Modified(file)),
            (signer, None) => Ok(signer),
        }
    }

    /// The first file that is more, missing, or another than the manifest says.
    pub(super) fn different(&self, manifest: &PackageManifest) -> Option<String> {
        let mut listed = self.0.iter().filter(|entry| ![MANIFEST, SIGNATURE].contains(&entry.path.as_str()));
        let is_listed = |entry: &Entry| {
            manifest.files.get(&entry.path).is_some_and(|file| file.size == entry.size && file.sha256 == entry.sha256)
        };
        let strange = listed.find(|entry| !is_listed(entry)).map(|entry| entry.path.clone());
        let is_there = |path: &str| self.0.iter().any(|entry| entry.path == path);
        strange.or_else(|| manifest.files.keys().find(|path| !is_there(path)).cloned())
    }
}

impl From<Entry> for PackagedFile {
    fn from(entry: Entry) -> Self {
        Self { path: entry.path, size: entry.size, sha256: entry.sha256 }
    }
}
