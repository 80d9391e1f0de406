//! Reading a manifest that nobody has looked at yet.

use serde_json::Value;
use ui_schema::Text;

use super::{Ability, Borrows, Manifest};
use crate::build::API_VERSION;
use crate::wellformed;

/// Why a manifest is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManifestError {
    /// It is larger than [`Manifest::SIZE_CAP`].
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// It is no JSON, or a field is missing or has another type.
    Malformed {
        /// Where, and what was expected.
        detail: String,
    },
    /// A field that this version of the contract does not know, in a manifest that claims not to be newer.
    UnknownField {
        /// Its name.
        name: String,
    },
    /// It was written for another major version of the contract, or for none.
    Api {
        /// What it says.
        api: String,
    },
    /// The value of a field breaks the field's own rule.
    Invalid {
        /// The field.
        field: &'static str,
        /// The rule.
        rule: &'static str,
    },
}

impl std::fmt::Display for ManifestError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge { size } => write!(f, "the manifest has {size} bytes, more than {}", Manifest::SIZE_CAP),
            Self::Malformed { detail } => write!(f, "the manifest cannot be read: {detail}"),
            Self::UnknownField { name } => write!(f, "the manifest has an unknown field `{name}`"),
            Self::Api { api } => write!(f, "the manifest is for interface {api}, this is {API_VERSION}"),
            Self::Invalid { field, rule } => write!(f, "the manifest's `{field}` must be {rule}"),
        }
    }
}

impl std::error::Error for ManifestError {}

impl Manifest {
    /// The largest manifest that is read, in bytes.
    pub const SIZE_CAP: usize = 256 * 1024;

    /// The largest icon, in bytes; here and in [`crate::AuthenticatorType`].
    pub const ICON_CAP: usize = wellformed::ICON_CAP;

    /// Reads a manifest and checks every rule that its fields name.
    ///
    /// A manifest for a later minor version of the contract is accepted, and what is new in it is ignored: a plug-in
    /// gets nothing that this version does not know. Otherwise an unknown field is a mistake and refused.
    ///
    /// ```
    /// use plugin_api::{Manifest, ManifestError};
    ///
    /// let manifest = Manifest::parse(
    ///     r#"{
    ///         "id": "auth-example", "version": "1.4.0", "api": "1.2",
    ///         "name": { "en": "Auth: Example", "zh-CN": "认证：示例" },
    ///         "description": { "en": "Sign in with Example.", "zh-CN": "使用示例账号登录。" },
    ///         "borrows": { "http": ["api.id.example"], "redirect": ["login.id.example"] },
    ///         "abilities": ["sign-in"]
    ///     }"#
    ///     .as_bytes(),
    /// );
    /// assert_eq!(manifest.unwrap().version_numbers(), Some([1, 4, 0]));
    ///
    /// // Not for this major version.
    /// let error = Manifest::parse(br#"{ "api": "2.0" }"#).unwrap_err();
    /// assert_eq!(error, ManifestError::Api { api: "2.0".into() });
    /// ```
    ///
    /// # Errors
    /// [`ManifestError`], the first one found.
    pub fn parse(json: &[u8]) -> Result<Self, ManifestError> {
        if json.len() > Self::SIZE_CAP {
            return Err(ManifestError::TooLarge { size: json.len() });
        }
        let malformed = |error: serde_json::Error| ManifestError::Malformed { detail: error.to_string() };
        let document: Value = serde_json::from_slice(json).map_err(malformed)?;
        let api = document.get("api").and_then(Value::as_str).unwrap_or_default();
        if !check_api(api)? {
            check_names(&document)?;
        }
        let manifest: Self = serde_json::from_slice(json).map_err(malformed)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// The version as numbers, which compare as versions do; `None` when it is not well-formed.
    pub fn version_numbers(&self) -> Option<[u32; 3]> {
        wellformed::numbers(&self.version)
    }

    fn check(&self) -> Result<(), ManifestError> {
        require("id", wellformed::is_id(&self.id), "a lower-case letter, then 1 to 63 of a-z, 0-9 and -")?;
        require("version", self.version_numbers().is_some(), "MAJOR.MINOR.PATCH in plain numbers")?;
        check_text("name", &self.name, 80)?;
        check_text("description", &self.description, 1000)?;
        if let Some(icon) = &self.icon {
            wellformed::icon(icon).map_err(|rule| ManifestError::Invalid { field: "icon", rule })?;
        }
        check_hosts("borrows.http", &self.borrows.http)?;
        check_hosts("borrows.redirect", &self.borrows.redirect)?;
        let known = self.abilities.contains(&Ability::SignIn);
        require("abilities", known, "a list with `sign-in` in it")
    }
}

/// Whether the manifest is for a later minor version than this one.
fn check_api(api: &str) -> Result<bool, ManifestError> {
    let ours = wellformed::numbers::<2>(API_VERSION);
    match (wellformed::numbers::<2>(api), ours) {
        (Some([major, minor]), Some([our_major, our_minor])) if major == our_major => Ok(minor > our_minor),
        _ => Err(ManifestError::Api { api: api.chars().take(32).collect() }),
    }
}

/// Refuses names that this version does not know.
fn check_names(document: &Value) -> Result<(), ManifestError> {
    const FIELDS: [&str; 8] = ["id", "version", "api", "name", "description", "icon", "borrows", "abilities"];
    const BORROWS: [&str; 3] = ["http", "redirect", "cache"];
    let unknown = |value: &Value, known: &[&str]| {
        value.as_object().and_then(|object| object.keys().find(|name| !known.contains(&name.as_str())).cloned())
    };
    match unknown(document, &FIELDS).or_else(|| unknown(document.get("borrows")?, &BORROWS)) {
        Some(name) => Err(ManifestError::UnknownField { name: name.chars().take(64).collect() }),
        None => Ok(()),
    }
}

fn check_text(field: &'static str, text: &Text, cap: usize) -> Result<(), ManifestError> {
    require(
        field,
        wellformed::is_text(text, cap),
        "a text in both languages, not empty, not too long, no control characters",
    )
}

fn check_hosts(field: &'static str, hosts: &[String]) -> Result<(), ManifestError> {
    require(field, hosts.len() <= Borrows::HOST_CAP, "a list of at most 64 hosts")?;
    let good = hosts.iter().all(|host| wellformed::is_host(host));
    require(field, good, "a list of host names in lower case: no scheme, port, path, wildcard or IP address")
}

fn require(field: &'static str, holds: bool, rule: &'static str) -> Result<(), ManifestError> {
    if holds { Ok(()) } else { Err(ManifestError::Invalid { field, rule }) }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
