#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

#[cfg(any(feature = "host", feature = "testing"))]
mod answers;
mod authenticator;
mod build;
mod context;
mod door;
mod export;
mod fault;
mod guard;
mod handle;
#[cfg(feature = "host")]
pub mod host;
mod http;
mod identity;
#[cfg(any(feature = "host", feature = "testing"))]
mod in_process;
mod manifest;
mod plugin;
#[cfg(feature = "testing")]
pub mod testing;
mod wellformed;

pub use authenticator::{
    AuthenticatorType, CallbackGrammar, ClientSignIn, KeyKind, LoginButton, Panel, Script, SubjectScope,
};
pub use build::{API_VERSION, BuildInfo};
pub use context::{CacheClaim, Context, Lender, Lent, Level, TOGETHER};
pub use fault::{Fault, FaultKind};
pub use handle::PluginHandle;
pub use http::{HttpFault, HttpFaultKind, HttpReply, HttpRequest, Method};
pub use identity::{Claim, Identity, OtherKey, PhoneNumber, Provenance};
pub use manifest::{Ability, Borrows, Manifest, ManifestError};
pub use plugin::{
    About, AuthPlugin, BeginReply, BeginRequest, Callback, Channel, Finding, MigrateRequest, Resolution,
    ResolveRequest, Severity,
};
pub use ui_schema;

/// What the export macro expands to. Not part of the contract.
#[doc(hidden)]
pub mod __private {
    pub use crate::build::BUILD;
    pub use crate::door::LibHeader;
    pub use crate::door::inside::header;
    pub use crate::export::bytes;
}
