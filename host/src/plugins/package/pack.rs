//! Making a package from libraries: what the author says is taken from the libraries themselves.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use plugin_api::Ability;
use sha2::{Digest, Sha256};

use super::manifest::FORMAT;
use super::names::{self, ICON, MANIFEST};
use super::write::write;
use super::{ApiRange, FileEntry, PackageFault, PackageManifest, agreement};
use crate::plugins::inspect::{examine_foreign, hex};
use crate::plugins::{Inspected, Refused};

/// A package that was just made. It is not signed yet.
pub struct Packed {
    /// What its file should be called, `<id>-<version>.tar.gz`.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Names of the texts that [`pack`] takes, in the order in which people look for them.
pub const TEXTS: [&str; 4] = names::TEXTS;

/// Makes a package of one library a target, and of texts by their names in [`TEXTS`]. Blocks.
///
/// # Errors
/// A library that is no plug-in or has a newer contract than this program, two libraries that differ in more than
/// their target, or a file that packages cannot hold.
pub fn pack(libraries: &[Arc<[u8]>], texts: &BTreeMap<String, Vec<u8>>) -> Result<Packed, Refused> {
    let libraries = libraries.iter().map(|bytes| examine_foreign(Path::new("library"), bytes));
    let libraries = libraries.collect::<Result<Vec<_>, _>>()?;
    let first = libraries.first().ok_or(PackageFault::NoLibrary(String::new()))?;
    let files = collect(&libraries, texts)?;
    let manifest = describe(first, &files)?;
    for library in &libraries {
        agreement::check(&manifest, first.manifest.icon.as_deref(), &library.build.target, library)?;
    }
    let document = written(&manifest)?;
    let files = files.iter().map(|(name, content)| (name.as_str(), &**content));
    let bytes = write(std::iter::once((MANIFEST, &*document)).chain(files)).map_err(PackageFault::damaged)?;
    let file_name = file_name(&manifest);
    Ok(Packed { file_name, bytes })
}

/// What the file of a package should be called.
pub(super) fn file_name(manifest: &PackageManifest) -> String {
    format!("{}-{}.tar.gz", manifest.id, manifest.version)
}

/// Every file but the manifest, by name.
fn collect(
    libraries: &[Inspected],
    texts: &BTreeMap<String, Vec<u8>>,
) -> Result<BTreeMap<String, Arc<[u8]>>, PackageFault> {
    let mut files = BTreeMap::new();
    for library in libraries {
        let name = names::library_of(&library.build.target);
        if files.insert(name.clone(), Arc::clone(&library.bytes)).is_some() {
            return Err(PackageFault::Twice(name));
        }
    }
    if let Some(icon) = libraries.first().and_then(|library| library.manifest.icon.as_ref()) {
        files.insert(ICON.to_owned(), icon.as_bytes().into());
    }
    for (name, content) in texts {
        if !TEXTS.contains(&name.as_str()) {
            return Err(PackageFault::Name(name.clone()));
        }
        files.insert(name.clone(), content.as_slice().into());
    }
    match files.iter().find(|(name, content)| names::cap_of(name).is_none_or(|cap| content.len() as u64 > cap)) {
        Some((name, _)) => Err(PackageFault::EntryTooLarge(name.clone())),
        None => Ok(files),
    }
}

fn describe(library: &Inspected, files: &BTreeMap<String, Arc<[u8]>>) -> Result<PackageManifest, Refused> {
    let own = library.manifest.clone();
    let newer = || Refused::WrongApi { plugin: own.api.clone() };
    // What a newer contract says more would be lost on the way.
    if own.abilities.contains(&Ability::Unknown) {
        return Err(newer());
    }
    let api = ApiRange::starting(&own.api).ok_or_else(newer)?;
    let libraries = files.keys().filter_map(|name| Some((names::target_of(name)?.to_owned(), name.clone()))).collect();
    Ok(PackageManifest {
        format: FORMAT,
        id: own.id,
        version: own.version,
        api,
        panic: library.build.panic.clone(),
        name: own.name,
        description: own.description,
        icon: own.icon.map(|_| ICON.to_owned()),
        borrows: own.borrows,
        abilities: own.abilities,
        libraries,
        files: files.iter().map(|(name, content)| (name.clone(), listed(content))).collect(),
    })
}

fn listed(content: &[u8]) -> FileEntry {
    FileEntry { sha256: hex(&Sha256::digest(content)), size: content.len() as u64 }
}

/// The manifest as people read it too. What we write is read once, so that nothing leaves that nobody would accept.
fn written(manifest: &PackageManifest) -> Result<Vec<u8>, PackageFault> {
    let refuse = |error: serde_json::Error| PackageFault::BadManifest(error.to_string());
    let mut document = serde_json::to_vec_pretty(manifest).map_err(refuse)?;
    document.push(b'\n');
    PackageManifest::parse(&document)?;
    Ok(document)
}
