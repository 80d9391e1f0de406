//! What the host did to a plug-in by itself, kept for whoever looks at its card.

use serde::{Deserialize, Serialize};

/// What happened, and what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Evidence {
    pub(crate) what: What,
    /// The version that it happened to.
    pub(crate) version: String,
    /// The version that runs instead; empty if none does.
    #[serde(default)]
    pub(crate) instead: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) at: i64,
    /// The key of the sentence that says why, if it is one of [`crate::plugins::Refused`].
    #[serde(default)]
    pub(crate) cause: String,
    /// What the file, the system or the plug-in said.
    #[serde(default)]
    pub(crate) detail: String,
    /// Calls that were made of it, and how many of them failed.
    #[serde(default)]
    pub(crate) calls: u32,
    #[serde(default)]
    pub(crate) failed: u32,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum What {
    /// It did not load, so the one before goes on.
    HeldBack,
    /// It failed its rehearsal, so the one before goes on.
    Rehearsal,
    /// Too many of its first calls failed, so the host went back.
    RolledBack,
    /// Its threads hung and a fresh copy took over.
    Revived,
    /// Its threads hung again, so it was stopped.
    Stopped,
}

impl Evidence {
    /// Reads what was stored.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// What is stored.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
