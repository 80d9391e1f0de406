//! What a library says about how it was built, before and after it is loaded.

use serde::{Deserialize, Serialize};

/// How a library was built; JSON in its build section.
///
/// Unknown fields are ignored, so that later versions can say more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildInfo {
    /// Version of the contract, `MAJOR.MINOR`.
    pub api: String,
    /// Full version of the `plugin-api` crate, for example `1.0.0`.
    pub sdk: String,
    /// How a panic ends: always `unwind` in a library that the export macro made.
    pub panic: String,
    /// What `rustc --version` says.
    #[serde(default)]
    pub rustc: String,
    /// Target triple.
    #[serde(default)]
    pub target: String,
}

/// The version of the contract that this crate is, `MAJOR.MINOR`.
pub const API_VERSION: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// The target triple that this crate was built for, for example `x86_64-unknown-linux-gnu`.
#[cfg(feature = "host")]
pub const TARGET: &str = env!("GATEHOUSE_TARGET");

/// [`BuildInfo`] of whatever this crate is compiled into, as JSON.
#[doc(hidden)]
pub const BUILD: &str = concat!(
    r#"{"api":""#,
    env!("CARGO_PKG_VERSION_MAJOR"),
    ".",
    env!("CARGO_PKG_VERSION_MINOR"),
    r#"","sdk":""#,
    env!("CARGO_PKG_VERSION"),
    r#"","panic":"unwind","rustc":""#,
    env!("GATEHOUSE_RUSTC"),
    r#"","target":""#,
    env!("GATEHOUSE_TARGET"),
    r#""}"#
);
