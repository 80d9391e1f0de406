//! What a call of a plug-in did outside: one step per request, timed, without anything secret.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::plugins::lock;

/// The most steps that one call leaves behind.
const MOST: usize = 64;

/// The steps of one call or of several for the same purpose. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Trace(Arc<Mutex<Notes>>);

#[derive(Debug, Default)]
struct Notes {
    /// When the first step began.
    since: Option<Instant>,
    steps: Vec<Step>,
}

/// One request to another server, as an administrator may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it was for: [`plugin_api::HttpRequest::leg`], or the server's name.
    pub leg: String,
    /// `POST api.example.com`: method and server. Paths and queries may hold what nobody should see.
    pub target: String,
    /// When it began, in milliseconds since the first step.
    pub began_ms: u64,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The status of the answer, or why there was none.
    pub outcome: StepOutcome,
}

/// What came of a [`Step`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    /// An answer with this HTTP status.
    Status(u16),
    /// The address may not be called.
    NotAllowed,
    /// No connection.
    Connect,
    /// No complete answer in time.
    Timeout,
    /// The answer was too large.
    TooLarge,
    /// The connection broke off.
    Broken,
    /// The server was not asked: it failed several times in a row.
    Paused,
}

impl Trace {
    /// The steps so far, in the order in which they ended.
    pub fn steps(&self) -> Vec<Step> {
        lock(&self.0).steps.clone()
    }

    /// A step begins.
    pub(super) fn begin(&self) -> Instant {
        let now = Instant::now();
        lock(&self.0).since.get_or_insert(now);
        now
    }

    /// Adds the step that began then and ends now; `make` is told both as milliseconds: since the first step, and how
    /// many it took.
    pub(super) fn note(&self, began: Instant, make: impl FnOnce(u64, u64) -> Step) {
        let mut notes = lock(&self.0);
        let since = notes.since.unwrap_or(began);
        if notes.steps.len() < MOST {
            let ms = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
            notes.steps.push(make(ms(began.saturating_duration_since(since)), ms(began.elapsed())));
        }
    }
}
