//! Which fault hits which request: those for the next few come first, in the order they were planned.

use std::sync::{Arc, Mutex};

use serde::Serialize;

use super::Fault;
use crate::endpoint::Endpoint;
use crate::world::guard;

/// A fault that waits for its requests, as it is listed.
#[derive(Debug, Serialize)]
pub(crate) struct Planned {
    /// The endpoint it waits for; `None` is any.
    endpoint: Option<Endpoint>,
    /// How many more requests it hits; `None` is all.
    left: Option<u32>,
    fault: Fault,
}

/// The same, shared with the requests that it hits.
struct Entry {
    endpoint: Option<Endpoint>,
    left: Option<u32>,
    fault: Arc<Fault>,
}

/// All faults that are planned.
#[derive(Default)]
pub(crate) struct FaultPlan(Mutex<Vec<Entry>>);

impl FaultPlan {
    /// Plans a fault; one for no requests at all is none.
    pub(crate) fn add(&self, endpoint: Option<Endpoint>, fault: Fault) {
        if fault.times != Some(0) {
            guard(&self.0).push(Entry { endpoint, left: fault.times, fault: Arc::new(fault) });
        }
    }

    /// The fault for a request to `endpoint`: one planned for a number of requests before one for all.
    pub(crate) fn take(&self, endpoint: Endpoint) -> Option<Arc<Fault>> {
        let mut plan = guard(&self.0);
        let fits = |entry: &Entry| entry.endpoint.is_none_or(|wanted| wanted == endpoint);
        let counted = plan.iter().position(|entry| fits(entry) && entry.left.is_some());
        let at = counted.or_else(|| plan.iter().position(fits))?;
        let entry = plan.get_mut(at)?;
        let fault = Arc::clone(&entry.fault);
        entry.left = entry.left.map(|left| left.saturating_sub(1));
        if entry.left == Some(0) {
            plan.remove(at);
        }
        Some(fault)
    }

    /// What is planned.
    pub(crate) fn list(&self) -> Vec<Planned> {
        let listed =
            |entry: &Entry| Planned { endpoint: entry.endpoint, left: entry.left, fault: Fault::clone(&entry.fault) };
        guard(&self.0).iter().map(listed).collect()
    }

    /// Forgets what is planned for `endpoint`, or everything.
    pub(crate) fn remove(&self, endpoint: Option<Endpoint>) {
        guard(&self.0).retain(|entry| endpoint.is_some() && entry.endpoint != endpoint);
    }

    pub(crate) fn clear(&self) {
        self.remove(None);
    }
}
