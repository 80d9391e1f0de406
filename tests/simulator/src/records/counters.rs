//! Counts of requests by endpoint.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

use crate::endpoint::Endpoint;

/// How many requests each endpoint has had since the start or the last reset of the counters, refused ones included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Counters(BTreeMap<Endpoint, u64>);

impl Counters {
    /// Requests to `endpoint`.
    #[must_use]
    pub fn get(&self, endpoint: Endpoint) -> u64 {
        self.0.get(&endpoint).copied().unwrap_or_default()
    }

    /// Requests to all endpoints.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }
}

/// The running counts.
#[derive(Default)]
pub(crate) struct CounterBoard([AtomicU64; Endpoint::ALL.len()]);

impl CounterBoard {
    pub(crate) fn add(&self, endpoint: Endpoint) {
        if let Some((_, count)) = self.rows().find(|(row, _)| *row == endpoint) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn read(&self) -> Counters {
        Counters(self.rows().map(|(endpoint, count)| (endpoint, count.load(Ordering::Relaxed))).collect())
    }

    pub(crate) fn reset(&self) {
        self.rows().for_each(|(_, count)| count.store(0, Ordering::Relaxed));
    }

    fn rows(&self) -> impl Iterator<Item = (Endpoint, &AtomicU64)> {
        Endpoint::ALL.into_iter().zip(&self.0)
    }
}
