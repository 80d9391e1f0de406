//! What could be loaded: every release of every plug-in, examined without running any of its code.
//!
//! Releases come from two places: packages that administrators installed (the database, so that every node has them),
//! and a folder of the server that the host only reads. Nothing is remembered of a file but what its bytes say, and
//! those are read and checked again whenever one is loaded: the hash of the file is its name.

mod examine;
mod folder;
mod installed;
mod release;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::package::{PackageFault, TrustedKeys};
use super::{Refused, blocking, inspect};
use crate::store::Store;
use examine::Memory;

pub(super) use examine::Opened;
pub use release::{Origin, Papers, Release};

/// A file in the folder that is no plug-in.
#[derive(Clone, Debug)]
pub struct RefusedFile {
    /// Name of the file.
    pub file: String,
    /// Why.
    pub why: Refused,
}

/// What lay there at one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    /// The releases by the ids of their plug-ins, the latest version first.
    pub(super) releases: BTreeMap<String, Vec<Arc<Release>>>,
    /// Files of the folder that are none, in the order of their names.
    pub(super) refused: Vec<RefusedFile>,
}

impl Shelf {
    /// All releases of one plug-in, the latest version first.
    pub(super) fn of(&self, id: &str) -> &[Arc<Release>] {
        self.releases.get(id).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, release: Arc<Release>) {
        let all = self.releases.entry(release.manifest.id.clone()).or_default();
        if !all.iter().any(|other| other.sha256 == release.sha256) {
            all.push(release);
        }
    }
}

/// Looks where releases may be.
pub(super) struct Catalogue {
    folder: PathBuf,
    packages: Option<Store>,
    keys: TrustedKeys,
    memory: Arc<Memory>,
}

impl Catalogue {
    pub(super) fn new(folder: PathBuf, packages: Option<Store>, keys: TrustedKeys) -> Self {
        Self { folder, packages, keys, memory: Arc::default() }
    }

    /// Examines everything. What was examined before and has not changed is not read again.
    pub(super) async fn look(&self) -> Result<Shelf, Refused> {
        let mut shelf = Shelf::default();
        // First, so that of the same file in both places the installed one is told.
        for release in installed::all(self.packages.as_ref(), &self.keys, &self.memory).await? {
            shelf.add(release);
        }
        let (folder, keys, memory) = (self.folder.clone(), self.keys.clone(), Arc::clone(&self.memory));
        let found = blocking(move || folder::scan(&folder, &keys, &memory)).await??;
        for (file, outcome) in found {
            match outcome {
                Ok(release) => shelf.add(release),
                Err(why) => shelf.refused.push(RefusedFile { file, why }),
            }
        }
        for releases in shelf.releases.values_mut() {
            releases.sort_by_key(|release| Reverse(release.version()));
        }
        Ok(shelf)
    }

    /// Examines the bytes of a package that is not stored yet.
    pub(super) async fn examine(&self, bytes: Arc<[u8]>) -> Result<Arc<Release>, Refused> {
        let keys = self.keys.clone();
        let examined = blocking(move || {
            if !examine::is_gzip(&bytes) {
                return Err(PackageFault::NotAnArchive.into());
            }
            let origin = Origin::Installed { by: String::new(), at: 0 };
            Ok(examine::open(&bytes, "package.tar.gz", origin, &keys)?.release)
        });
        examined.await?
    }

    /// Reads and checks `release` once more, for loading: the bytes that are checked here are those that are loaded.
    pub(super) async fn open(&self, release: &Arc<Release>) -> Result<Opened, Refused> {
        let bytes = match &release.origin {
            Origin::Installed { .. } => installed::content(self.packages.as_ref(), &release.sha256).await?,
            Origin::Folder => {
                let path = self.folder.join(&release.file);
                blocking(move || inspect::read(&path)).await??
            }
        };
        let (release, keys) = (Arc::clone(release), self.keys.clone());
        blocking(move || {
            let opened = examine::open(&bytes, &release.file, release.origin.clone(), &keys)?;
            if opened.release.sha256 == release.sha256 { Ok(opened) } else { Err(Refused::Changed) }
        })
        .await?
    }
}
