//! What the author of a package says about it.

mod unique;

use std::collections::BTreeMap;

use plugin_api::{Ability, Borrows, Manifest};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ui_schema::Text;

use super::archive::shown;
use super::{PackageFault, names};
use crate::plugins::inspect::major;

/// The format that this host knows.
pub(super) const FORMAT: u32 = 1;

/// The manifest of a package, `manifest.json`. Its bytes are what is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageManifest {
    /// Version of this format.
    pub format: u32,
    /// Identifier of the plug-in.
    pub id: String,
    /// Version of the plug-in.
    pub version: String,
    /// Versions of the contract that it runs with.
    pub api: ApiRange,
    /// How a panic ends: always `unwind`.
    pub panic: String,
    /// Name as an administrator reads it.
    pub name: Text,
    /// One or two sentences on what it is for.
    pub description: Text,
    /// Name of the file with its icon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// What it wishes to borrow from the host.
    pub borrows: Borrows,
    /// What it can do.
    pub abilities: Vec<Ability>,
    /// The library for each target.
    pub libraries: BTreeMap<String, String>,
    /// Every file but the manifest and its signature.
    pub files: BTreeMap<String, FileEntry>,
}

/// Versions of the contract, `MAJOR.MINOR`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiRange {
    /// The first; the one that the library was built for.
    pub from: String,
    /// The first that is too new: the next major version.
    pub below: String,
}

/// What a file has to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// SHA-256 in 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Number of bytes.
    pub size: u64,
}

impl ApiRange {
    /// Everything from this version on that keeps the promises of its major version.
    pub(super) fn starting(from: &str) -> Option<Self> {
        let below = format!("{}.0", major(from)?.checked_add(1)?);
        Some(Self { from: from.to_owned(), below })
    }
}

impl PackageManifest {
    /// Reads a manifest that nobody has looked at yet.
    pub(super) fn parse(json: &[u8]) -> Result<Self, PackageFault> {
        unique::check(json).map_err(malformed)?;
        let document: Value = serde_json::from_slice(json).map_err(malformed)?;
        if document.get("format").is_some_and(|format| *format != FORMAT) {
            return Err(PackageFault::BadManifest("its format is not 1".into()));
        }
        let manifest: Self = serde_json::from_slice(json).map_err(malformed)?;
        check_library_fields(&document)?;
        manifest.check()?;
        Ok(manifest)
    }

    fn check(&self) -> Result<(), PackageFault> {
        require("api", ApiRange::starting(&self.api.from).as_ref() == Some(&self.api))?;
        require("panic", self.panic == "unwind")?;
        require("icon", self.icon.as_deref().is_none_or(|icon| icon == names::ICON))?;
        require("icon", self.icon.is_some() == self.files.contains_key(names::ICON))?;
        let listed = self.files.keys().filter_map(|file| names::target_of(file));
        require("libraries", !self.libraries.is_empty() && listed.eq(self.libraries.keys().map(String::as_str)))?;
        let right_place = |(target, path): (&String, &String)| *path == names::library_of(target);
        require("libraries", self.libraries.iter().all(right_place))?;
        let good = |(name, file): (&String, &FileEntry)| {
            let lists_itself = [names::MANIFEST, names::SIGNATURE].contains(&name.as_str());
            !lists_itself && names::cap_of(name).is_some_and(|cap| file.size <= cap) && is_sha256(&file.sha256)
        };
        require("files", self.files.iter().all(good))
    }
}

/// What the library's own manifest says too has to keep the rules of that one.
fn check_library_fields(document: &Value) -> Result<(), PackageFault> {
    let field = |name: &str| document.get(name).cloned().unwrap_or_default();
    let own = json!({
        "id": field("id"), "version": field("version"), "api": field("api")["from"], "name": field("name"),
        "description": field("description"), "borrows": field("borrows"), "abilities": field("abilities"),
    });
    let parsed = Manifest::parse(own.to_string().as_bytes());
    parsed.map(drop).map_err(|error| PackageFault::BadManifest(shown(&error.to_string())))
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn require(field: &str, holds: bool) -> Result<(), PackageFault> {
    if holds { Ok(()) } else { Err(PackageFault::BadManifest(format!("`{field}` breaks its rule"))) }
}

fn malformed(error: serde_json::Error) -> PackageFault {
    PackageFault::BadManifest(shown(&error.to_string()))
}
