//! The other side of the door: opening a library file and calling what is in it.
//!
//! A host reads [`MANIFEST_SECTION`] and [`BUILD_SECTION`] from the file's bytes first, decides, and only then calls
//! [`open`] on a private copy of those very bytes. Opening runs code of the library with all rights of the process.

mod error;

pub use crate::build::{API_VERSION, BuildInfo, TARGET};
pub use crate::door::open::{Opened, open};
pub use crate::in_process::InProcess;
pub use error::OpenError;

/// Name of the ELF section that holds the manifest, JSON in UTF-8 without a terminator.
pub const MANIFEST_SECTION: &str = ".gatehouse.plugin";

/// Name of the ELF section that holds [`BuildInfo`], JSON in UTF-8 without a terminator.
pub const BUILD_SECTION: &str = ".gatehouse.build";

/// Name of the dynamic symbol under which a library exports itself. Its number is the major version of the contract.
pub const ROOT_SYMBOL: &str = "gatehouse_plugin_v1";
