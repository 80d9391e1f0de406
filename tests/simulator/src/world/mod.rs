//! What changes while the simulator runs: the people as edited, the clock, codes, tokens, faults and records.
//!
//! Every piece has its own short lock, none is held across an await, and readers of the people take a snapshot, so
//! thousands of slow requests at once do not wait for each other.

mod chance;
mod clock;
mod codes;
mod directory;
mod edit;
mod tokens;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::faults::{Barriers, CallbackPlan, FaultPlan};
use crate::records::{CounterBoard, Journal};
use crate::scenario::{Scenario, ScenarioError};

pub(crate) use chance::{hex32, request_id, uuid};
pub use codes::CodeKind;
pub(crate) use codes::{Codes, Grant, Presented};
pub(crate) use directory::Directory;
pub use edit::EditError;
pub(crate) use tokens::{ACCESS_SECONDS, Bearer, Tokens, UserGrant};

/// The state behind every endpoint.
pub(crate) struct World {
    initial: Scenario,
    directory: Mutex<Arc<Directory>>,
    clock: clock::Clock,
    pub(crate) codes: Codes,
    pub(crate) tokens: Tokens,
    pub(crate) faults: FaultPlan,
    pub(crate) callbacks: CallbackPlan,
    pub(crate) barriers: Barriers,
    pub(crate) counters: CounterBoard,
    pub(crate) journal: Journal,
}

impl World {
    /// A world in which `scenario` has just begun.
    pub(crate) fn new(scenario: Scenario) -> Result<Self, ScenarioError> {
        scenario.check()?;
        Ok(Self {
            directory: Mutex::new(Arc::new(Directory::new(scenario.clone()))),
            initial: scenario,
            clock: clock::Clock::new(),
            codes: Codes::default(),
            tokens: Tokens::default(),
            faults: FaultPlan::default(),
            callbacks: CallbackPlan::default(),
            barriers: Barriers::default(),
            counters: CounterBoard::default(),
            journal: Journal::default(),
        })
    }

    /// The people and apps as they are at this moment.
    pub(crate) fn directory(&self) -> Arc<Directory> {
        Arc::clone(&guard(&self.directory))
    }

    /// Time since the simulator started, as its own clock has it.
    pub(crate) fn now(&self) -> Duration {
        self.clock.now()
    }

    /// Moves the clock forward: codes and tokens age, nothing sleeps.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Sets the date that answers carry, in milliseconds since 1970.
    pub(crate) fn set_date(&self, ms: i64) {
        self.clock.set_date(ms);
    }

    /// The date now, for the header `Date`.
    pub(crate) fn http_date(&self) -> String {
        self.clock.http_date()
    }

    /// Back to the beginning: people, codes, tokens, faults, barriers, counters, records and clock.
    pub(crate) fn reset(&self) {
        *guard(&self.directory) = Arc::new(Directory::new(self.initial.clone()));
        self.clock.reset();
        self.codes.clear();
        self.tokens.clear();
        self.faults.clear();
        self.callbacks.clear();
        self.barriers.clear();
        self.counters.reset();
        self.journal.clear();
    }
}

/// Locks; what a panicking test left behind is still good, because every change here is a single step.
pub(crate) fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
