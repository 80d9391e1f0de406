//! What a plug-in says about itself before any of its code runs.
//!
//! The manifest is a JSON text that the export macro places in its own section of the library file. The host reads
//! it from the file's bytes, shows it to the administrator, and decides whether the library may be loaded at all.

mod parse;

use serde::{Deserialize, Serialize};
use ui_schema::Text;

pub use parse::ManifestError;

/// The manifest of one plug-in. [`Manifest::parse`] reads and checks one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Identifier: `[a-z][a-z0-9-]{1,63}`, for example `auth-oidc`.
    pub id: String,
    /// Version of the plug-in (semantic versioning, `MAJOR.MINOR.PATCH`).
    pub version: String,
    /// Version of this contract that the plug-in was built for, `MAJOR.MINOR`, for example `1.0`.
    pub api: String,
    /// Name as an administrator reads it.
    pub name: Text,
    /// One or two sentences on what the plug-in is for.
    pub description: Text,
    /// Icon as an SVG document. It is served from the host's own origin, sandboxed, and shown through `<img>` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// What the plug-in wishes to borrow from the host.
    #[serde(default)]
    pub borrows: Borrows,
    /// Which of the contract's traits the plug-in implements. Unknown ones are ignored by an older host.
    pub abilities: Vec<Ability>,
}

/// What a plug-in wishes to borrow. The host grants nothing that is not named here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Borrows {
    /// Host names (no scheme, no port, no wildcard) that the lent HTTP client may call with https on port 443.
    /// Addresses that an administrator enters in a field marked [`ui_schema::Role::Upstream`] come on top.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub http: Vec<String>,
    /// Host names that a person's browser may be sent to in order to sign in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirect: Vec<String>,
    /// Whether the plug-in uses the per-authenticator cache.
    #[serde(default)]
    pub cache: bool,
}

impl Borrows {
    /// How many hosts each list may name.
    pub const HOST_CAP: usize = 64;
}

/// A part of the contract that a plug-in implements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ability {
    /// [`crate::AuthPlugin`]: people sign in.
    SignIn,
    /// [`crate::AuthPlugin::migrate`]: settings of an earlier version of the plug-in become settings of this one. Comes
    /// beside [`Self::SignIn`]; since 1.2.
    MigrateSettings,
    /// An ability of a later version of the contract.
    #[serde(other)]
    Unknown,
}
