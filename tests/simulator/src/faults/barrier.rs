//! Barriers: requests gather at a named one and go on together, which is how races are made to happen.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::watch;

use crate::world::guard;

/// How long anything waits at a barrier that nobody releases.
const PATIENCE: Duration = Duration::from_secs(600);

/// A named barrier.
#[derive(Clone)]
pub struct Barrier(Arc<watch::Sender<State>>);

#[derive(Clone, Copy, Default)]
struct State {
    waiting: usize,
    open: bool,
}

impl Barrier {
    /// How many requests wait at it now.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.borrow().waiting
    }

    /// Waits until at least `count` requests wait at it; `false` when ten minutes were not enough.
    pub async fn wait_for(&self, count: usize) -> bool {
        let mut state = self.0.subscribe();
        let gathered = state.wait_for(|now| now.waiting >= count);
        tokio::time::timeout(PATIENCE, gathered).await.is_ok_and(|waited| waited.is_ok())
    }

    /// Opens it: those who wait go on, and so does everybody who comes later.
    pub fn release(&self) {
        self.0.send_modify(|state| state.open = true);
    }

    /// Waits here, as a request does.
    pub(crate) async fn pass(&self, release_at: Option<usize>) {
        let _place = Place::take(self, release_at);
        let mut state = self.0.subscribe();
        // Whether released or out of patience, the request goes on.
        let _ = tokio::time::timeout(PATIENCE, state.wait_for(|now| now.open)).await;
    }
}

/// A place in front of a barrier, given back even when the client hangs up.
struct Place(Barrier);

impl Place {
    fn take(barrier: &Barrier, release_at: Option<usize>) -> Self {
        barrier.0.send_modify(|state| {
            state.waiting += 1;
            state.open |= release_at.is_some_and(|wanted| state.waiting >= wanted);
        });
        Self(barrier.clone())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.send_modify(|state| state.waiting = state.waiting.saturating_sub(1));
    }
}

/// All barriers, made when first named.
#[derive(Default)]
pub(crate) struct Barriers(Mutex<HashMap<String, Barrier>>);

impl Barriers {
    /// The barrier of this name.
    pub(crate) fn named(&self, name: &str) -> Barrier {
        let mut barriers = guard(&self.0);
        let new = || Barrier(Arc::new(watch::Sender::new(State::default())));
        barriers.entry(name.to_owned()).or_insert_with(new).clone()
    }

    /// How many requests wait where.
    pub(crate) fn waiting(&self) -> BTreeMap<String, usize> {
        guard(&self.0).iter().map(|(name, barrier)| (name.clone(), barrier.waiting())).collect()
    }

    /// Releases everybody and forgets all names.
    pub(crate) fn clear(&self) {
        guard(&self.0).drain().for_each(|(_, barrier)| barrier.release());
    }
}
