//! How sign-ins ended, since this process was started.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Counters by authenticator and outcome. Neither comes from a stranger, so there are not many.
#[derive(Default)]
pub(crate) struct SignIns(Mutex<BTreeMap<(String, &'static str), u64>>);

impl SignIns {
    /// Somebody has a session now, by way of the authenticator `uid`.
    pub(crate) fn completed(&self, uid: &str) {
        self.count(uid, "completed");
    }

    /// Somebody has none. `reason` is out of a closed set; `uid` is empty if there is no such authenticator.
    pub(crate) fn refused(&self, uid: &str, reason: &'static str) {
        self.count(uid, reason);
    }

    /// Authenticator, outcome, and how often; in order.
    pub(super) fn read(&self) -> Vec<(String, &'static str, u64)> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.iter().map(|((uid, outcome), count)| (uid.clone(), *outcome, *count)).collect()
    }

    fn count(&self, uid: &str, outcome: &'static str) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((uid.to_owned(), outcome)).or_default() += 1;
    }
}
