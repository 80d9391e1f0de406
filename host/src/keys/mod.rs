//! The identity-key assistant: links that were brought along from another system, by another identifier than the one
//! that Gatehouse links by, are moved to it.
//!
//! [`import`] takes such links in. [`plan`] asks the authenticator's plug-in to whom the identifiers belong today and
//! says for every link what would become of it; nothing is written. [`carry_out`] does what a plan says, all of it in
//! one transaction or nothing, and only if the plan that was shown is still the plan.

pub(crate) mod carry_out;
pub(crate) mod handlers;
pub(crate) mod import;
pub mod page;
pub(crate) mod plan;

pub(crate) use plan::{Fate, Plan};

use plugin_api::{AuthenticatorType, Fault, ResolveRequest};
use std::sync::Arc;

use crate::app::App;
use crate::authenticators::directory::Authenticator;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::store::StoreError;

/// Separates the kind of another identifier from the namespace proper. No tenant holds a control character.
const JOINT: char = '\u{1f}';

/// Why nothing was planned or done.
#[derive(Debug)]
pub(crate) enum Refused {
    /// There is no such authenticator, or its plug-in is not loaded.
    NotFound,
    /// The authenticator type knows no other identifiers.
    NoKeys,
    /// The kind of key is not one that the type knows.
    UnknownKind,
    /// The plug-in could not look anything up.
    Plugin(Fault),
    /// Something else changed the links since the plan was made.
    Changed,
    /// Lines of an import that cannot be taken in, by number from 1.
    Lines(Vec<(usize, LineFault)>),
    Failure(Failure),
}

/// What is wrong with a line of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineFault {
    /// It is not a username, a comma, and a value.
    Malformed,
    /// Nobody has the username.
    NoSuchUser,
    /// The value is linked already, or stands in the import twice.
    Taken,
}

impl LineFault {
    /// The key of its sentence.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Malformed => "keys-line-malformed",
            Self::NoSuchUser => "keys-line-no-user",
            Self::Taken => "keys-line-taken",
        }
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        // Only a link that appeared in the meantime can be in the way of one that was planned.
        if error.is_duplicate() { Self::Changed } else { Self::Failure(error.into()) }
    }
}

/// An authenticator whose type knows other identifiers, and its plug-in.
pub(crate) struct Subject {
    pub(crate) authenticator: Arc<Authenticator>,
    pub(crate) plugin: Arc<LoadedPlugin>,
    pub(crate) kind: Arc<AuthenticatorType>,
}

impl Subject {
    /// The authenticator `uid`.
    pub(crate) fn of(app: &App, uid: &str) -> Result<Self, Refused> {
        let authenticator = app.authenticators.find(uid).ok_or(Refused::NotFound)?;
        let (plugin, kind) = app.registry.type_of(&authenticator.kind).ok_or(Refused::NotFound)?;
        if kind.keys.is_empty() {
            return Err(Refused::NoKeys);
        }
        Ok(Self { authenticator, plugin, kind })
    }

    /// Whether links may be brought along by this kind of key.
    fn knows(&self, kind: &str) -> bool {
        kind == ResolveRequest::SUBJECT || self.kind.keys.iter().any(|key| key.id == kind)
    }
}

/// The namespace of a link by the key `kind` whose subject will be in `namespace`.
fn namespace_of(kind: &str, namespace: &str) -> String {
    if kind == ResolveRequest::SUBJECT { namespace.to_owned() } else { format!("{kind}{JOINT}{namespace}") }
}

/// The namespace that the subject of a link will be in.
fn namespace_of_subject(namespace: &str) -> &str {
    namespace.split_once(JOINT).map_or(namespace, |(_, rest)| rest)
}
