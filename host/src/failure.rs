//! Faults of this server, as opposed to refusals of what somebody asked for.

use std::error::Error;

use crate::store::StoreError;
use crate::vault::VaultError;

/// Something that should not fail did. People read one neutral sentence; the chain goes to the log.
#[derive(Debug)]
pub struct Failure {
    source: Box<dyn Error + Send + Sync>,
    unavailable: bool,
}

impl Failure {
    /// A failure with a text of its own.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { source: text.into().into(), unavailable: false }
    }

    /// Too much is going on; it will pass.
    pub(crate) fn busy(text: impl Into<String>) -> Self {
        Self { unavailable: true, ..Self::new(text) }
    }

    /// Whether it may pass by itself: the database is not there, or too much is going on.
    pub(crate) fn is_unavailable(&self) -> bool {
        self.unavailable
    }

    /// The whole chain, outermost first, for the log.
    pub(crate) fn chain(&self) -> String {
        let mut text = self.source.to_string();
        let mut next = self.source.source();
        while let Some(cause) = next {
            text.push_str(": ");
            text.push_str(&cause.to_string());
            next = cause.source();
        }
        text
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.chain())
    }
}

impl Error for Failure {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self { source: Box::new(error), unavailable: true }
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        Self { source: Box::new(error), unavailable: false }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self { source: Box::new(error), unavailable: false }
    }
}
