//! The folder of the server that packages and libraries are put into. The host only reads it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::examine::{self, Memory, Stamp};
use super::{Origin, Release};
use crate::plugins::package::TrustedKeys;
use crate::plugins::{Refused, inspect, lock};

/// Files that are looked at.
const MAX_FILES: usize = 256;

/// A file's name, and what is in it.
type Found = (String, Result<Arc<Release>, Refused>);

/// Examines every `*.so` and `*.tar.gz` of the folder, in the order of their names. Of two with the same id and
/// version, the first one counts. Blocks.
pub(super) fn scan(folder: &Path, keys: &TrustedKeys, memory: &Memory) -> Result<Vec<Found>, Refused> {
    let mut first_of: BTreeMap<(String, [u32; 3]), String> = BTreeMap::new();
    let mut found = Vec::new();
    let mut stamps = Vec::new();
    for path in files(folder).map_err(|error| Refused::Unreadable(error.to_string()))? {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stamp = stamp(&path);
        let outcome = remembered(memory, stamp.as_ref(), || examine(&path, &file, keys)).and_then(|release| {
            match first_of.get(&(release.manifest.id.clone(), release.version())) {
                Some(first) => Err(Refused::DuplicateId(first.clone())),
                None => Ok(release),
            }
        });
        if let Ok(release) = &outcome {
            first_of.insert((release.manifest.id.clone(), release.version()), file.clone());
        }
        found.push((file, outcome));
        stamps.extend(stamp);
    }
    lock(&memory.files).retain(|known, _| stamps.contains(known));
    Ok(found)
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    let is_plugin = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        name.ends_with(b".so") || name.ends_with(b".tar.gz")
    };
    let mut files: Vec<PathBuf> = paths.into_iter().filter(is_plugin).collect();
    files.sort();
    files.truncate(MAX_FILES);
    Ok(files)
}

fn examine(path: &Path, file: &str, keys: &TrustedKeys) -> Result<Arc<Release>, Refused> {
    Ok(examine::open(&inspect::read(path)?, file, Origin::Folder, keys)?.release)
}

/// What `examine` finds, or found when the file was as it is.
fn remembered(
    memory: &Memory,
    stamp: Option<&Stamp>,
    examine: impl FnOnce() -> Result<Arc<Release>, Refused>,
) -> Result<Arc<Release>, Refused> {
    let Some(stamp) = stamp else { return examine() };
    if let Some(known) = lock(&memory.files).get(stamp) {
        return known.clone();
    }
    let outcome = examine();
    lock(&memory.files).insert(stamp.clone(), outcome.clone());
    outcome
}

fn stamp(path: &Path) -> Option<Stamp> {
    let about = fs::symlink_metadata(path).ok()?;
    let moment = |seconds: i64, nanoseconds: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
    Some(Stamp {
        path: path.to_owned(),
        device: about.dev(),
        inode: about.ino(),
        size: about.size(),
        times: [moment(about.mtime(), about.mtime_nsec()), moment(about.ctime(), about.ctime_nsec())],
        mode: about.mode(),
        owner: about.uid(),
    })
}
