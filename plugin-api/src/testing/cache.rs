//! The per-authenticator cache with one maker at a time, as the host has it.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

use super::clock::Clock;
use super::lock;
use crate::{CacheClaim, Lent};

/// A single-flight cache on the virtual clock.
pub(super) struct Cache {
    clock: Arc<Clock>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    entries: BTreeMap<String, Entry>,
    last_lease: u64,
    used: bool,
}

enum Entry {
    /// Somebody makes the value.
    Leased { lease: u64, waiting: Vec<Waker> },
    /// The value, until that moment.
    Made { value: Vec<u8>, until: Duration },
}

impl Cache {
    pub(super) fn new(clock: Arc<Clock>) -> Arc<Self> {
        Arc::new(Self { clock, state: Mutex::default() })
    }

    /// Whether anybody ever asked for anything.
    pub(super) fn was_used(&self) -> bool {
        lock(&self.state).used
    }

    /// How many leases nobody has settled.
    pub(super) fn open_leases(&self) -> usize {
        lock(&self.state).entries.values().filter(|entry| matches!(entry, Entry::Leased { .. })).count()
    }

    pub(super) fn claim(self: &Arc<Self>, key: String) -> Lent<CacheClaim> {
        let cache = Arc::clone(self);
        Box::pin(poll_fn(move |cx| cache.try_claim(&key, cx.waker())))
    }

    fn try_claim(&self, key: &str, waker: &Waker) -> Poll<CacheClaim> {
        let now = self.clock.now();
        let state = &mut *lock(&self.state);
        state.used = true;
        match state.entries.get_mut(key) {
            Some(Entry::Made { value, until }) if now < *until => return Poll::Ready(CacheClaim::Hit(value.clone())),
            Some(Entry::Leased { waiting, .. }) => {
                waiting.push(waker.clone());
                return Poll::Pending;
            }
            Some(Entry::Made { .. }) | None => {}
        }
        state.last_lease += 1;
        let lease = state.last_lease;
        state.entries.insert(key.to_owned(), Entry::Leased { lease, waiting: Vec::new() });
        Poll::Ready(CacheClaim::Lease(lease))
    }

    /// Does nothing when the lease is not the current one.
    pub(super) fn settle(&self, key: &str, lease: u64, value: Option<(Vec<u8>, Duration)>) {
        let mut state = lock(&self.state);
        let current = matches!(state.entries.get(key), Some(Entry::Leased { lease: held, .. }) if *held == lease);
        let waiting = if current { take_waiting(state.entries.remove(key)) } else { return };
        if let Some((value, time_to_live)) = value {
            let until = self.clock.now().saturating_add(time_to_live);
            state.entries.insert(key.to_owned(), Entry::Made { value, until });
        }
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Forgets a value. Whoever makes one right now may finish.
    pub(super) fn forget(&self, key: &str) {
        let mut state = lock(&self.state);
        state.used = true;
        if matches!(state.entries.get(key), Some(Entry::Made { .. })) {
            state.entries.remove(key);
        }
    }
}

fn take_waiting(entry: Option<Entry>) -> Vec<Waker> {
    match entry {
        Some(Entry::Leased { waiting, .. }) => waiting,
        Some(Entry::Made { .. }) | None => Vec::new(),
    }
}
