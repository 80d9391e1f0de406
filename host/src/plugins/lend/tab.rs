//! The list of what one call has borrowed and not yet given back.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::Instant;

use crate::plugins::cache::Place;
use crate::plugins::lock;

/// Exchanges of one call at once; more wait for their turn.
const HTTP_SLOTS: usize = 8;
/// How long after waiting for something a call counts as not having gone on yet.
const MOMENT: Duration = Duration::from_millis(250);

/// Work on the host's threads and leases of the cache, for one call.
pub(super) struct Tab {
    http: Arc<Semaphore>,
    waits: Mutex<Waits>,
    entries: Mutex<Entries>,
}

/// How much of what it borrows a call waits for, and when it last got something.
#[derive(Default)]
struct Waits {
    now: usize,
    last: Option<Instant>,
}

#[derive(Default)]
struct Entries {
    closed: bool,
    next: u64,
    work: HashMap<u64, AbortHandle>,
    leases: Vec<(Place, u64)>,
}

impl Default for Tab {
    fn default() -> Self {
        Self { http: Arc::new(Semaphore::new(HTTP_SLOTS)), waits: Mutex::default(), entries: Mutex::default() }
    }
}

impl Tab {
    pub(super) fn http_slots(&self) -> Arc<Semaphore> {
        Arc::clone(&self.http)
    }

    /// Runs `work` on the host's threads from the first poll on; dropping the future aborts it. The answer is `None`
    /// when the call is over.
    pub(super) fn run<T: Send + 'static>(
        self: &Arc<Self>,
        runtime: &Handle,
        work: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = Option<T>> + Send + 'static {
        let (tab, runtime) = (Arc::clone(self), runtime.clone());
        async move {
            let mut entry = tab.start(&runtime, work)?;
            (&mut entry.task).await.ok()
        }
    }

    fn start<T: Send + 'static>(
        self: Arc<Self>,
        runtime: &Handle,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Option<Entry<T>> {
        let mut entries = lock(&self.entries);
        if entries.closed {
            return None;
        }
        let task = runtime.spawn(work);
        let number = entries.next;
        entries.next += 1;
        entries.work.insert(number, task.abort_handle());
        drop(entries);
        Some(Entry { tab: self, number, task })
    }

    /// Notes a lease; `false` when the call is over, and the lease must be given back.
    pub(super) fn note_lease(&self, place: &Place, lease: u64) -> bool {
        let mut entries = lock(&self.entries);
        if !entries.closed {
            entries.leases.push((place.clone(), lease));
        }
        !entries.closed
    }

    pub(super) fn strike_lease(&self, lease: u64) {
        lock(&self.entries).leases.retain(|(_, noted)| *noted != lease);
    }

    /// For as long as the value is kept, the call waits for somebody else.
    pub(super) fn wait(self: &Arc<Self>) -> Waiting {
        lock(&self.waits).now += 1;
        Waiting(Arc::clone(self))
    }

    /// Whether the call waits for somebody else, or did so a moment ago: many that wait for the same end together.
    pub(super) fn waits(&self) -> bool {
        let waits = lock(&self.waits);
        waits.now > 0 || waits.last.is_some_and(|last| last.elapsed() <= MOMENT)
    }

    /// Aborts what runs, lends nothing more, and tells which leases are still out.
    pub(super) fn close(&self) -> Vec<(Place, u64)> {
        let mut entries = lock(&self.entries);
        entries.closed = true;
        for work in entries.work.values() {
            work.abort();
        }
        std::mem::take(&mut entries.leases)
    }
}

/// See [`Tab::wait`].
pub(super) struct Waiting(Arc<Tab>);

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut waits = lock(&self.0.waits);
        waits.now -= 1;
        waits.last = Some(Instant::now());
    }
}

struct Entry<T> {
    tab: Arc<Tab>,
    number: u64,
    task: JoinHandle<T>,
}

impl<T> Drop for Entry<T> {
    fn drop(&mut self) {
        self.task.abort();
        lock(&self.tab.entries).work.remove(&self.number);
    }
}
