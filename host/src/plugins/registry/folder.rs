//! The folder that libraries are dropped into.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plugin_api::Manifest;
use plugin_api::host::BuildInfo;

use crate::plugins::Refused;
use crate::plugins::inspect::{Inspected, inspect};

/// Files that are looked at.
const MAX_FILES: usize = 256;

/// What is known about a library file, without its bytes.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Name of the file.
    pub file: String,
    /// What the plug-in says about itself.
    pub manifest: Arc<Manifest>,
    /// How it says that it was built.
    pub build: BuildInfo,
    /// SHA-256 of the file, in 64 hexadecimal digits.
    pub sha256: String,
    /// Size of the file, in bytes.
    pub size: u64,
}

impl Summary {
    /// A summary of an examined library.
    pub(super) fn of(library: &Inspected) -> Self {
        Self {
            file: name(&library.path),
            manifest: Arc::new(library.manifest.clone()),
            build: library.build.clone(),
            sha256: library.sha256.clone(),
            size: library.size,
        }
    }
}

/// One library file of the folder.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) outcome: Result<Arc<Summary>, Refused>,
}

impl Found {
    pub(super) fn file(&self) -> String {
        name(&self.path)
    }
}

/// Examines every `*.so` of the folder, in the order of their names. Of two with the same id, the first one counts.
/// Blocks.
pub(super) fn scan(folder: &Path) -> Result<Vec<Found>, Refused> {
    let mut first_of: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut found = Vec::new();
    for path in libraries(folder).map_err(|error| Refused::Unreadable(error.to_string()))? {
        let outcome = examine(&path).and_then(|summary| match first_of.get(&summary.manifest.id) {
            Some(first) => Err(Refused::DuplicateId(name(first))),
            None => Ok(summary),
        });
        if let Ok(summary) = &outcome {
            first_of.insert(summary.manifest.id.clone(), path.clone());
        }
        found.push(Found { path, outcome });
    }
    Ok(found)
}

fn libraries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    let is_library = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "so");
    let mut libraries: Vec<PathBuf> = paths.into_iter().filter(is_library).collect();
    libraries.sort();
    libraries.truncate(MAX_FILES);
    Ok(libraries)
}

fn examine(path: &Path) -> Result<Arc<Summary>, Refused> {
    Ok(Arc::new(Summary::of(&inspect(path)?)))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
