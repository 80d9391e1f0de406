//! The list of what one call has borrowed and not yet given back.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex};

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::{AbortHandle, JoinHandle};

use crate::plugins::lock;

/// Exchanges of one call at once; more wait for their turn.
const HTTP_SLOTS: usize = 8;

/// Work on the host's threads and leases of the cache, for one call.
pub(super) struct Tab {
    http: Arc<Semaphore>,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    closed: bool,
    next: u64,
    work: HashMap<u64, AbortHandle>,
    leases: Vec<(String, u64)>,
}

impl Default for Tab {
    fn default() -> Self {
        Self { http: Arc::new(Semaphore::new(HTTP_SLOTS)), entries: Mutex::default() }
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
    pub(super) fn note_lease(&self, key: &str, lease: u64) -> bool {
        let mut entries = lock(&self.entries);
        if !entries.closed {
            entries.leases.push((key.to_owned(), lease));
        }
        !entries.closed
    }

    pub(super) fn strike_lease(&self, key: &str, lease: u64) {
        lock(&self.entries).leases.retain(|noted| (noted.0.as_str(), noted.1) != (key, lease));
    }

    /// Aborts what runs, lends nothing more, and tells which leases are still out.
    pub(super) fn close(&self) -> Vec<(String, u64)> {
        let mut entries = lock(&self.entries);
        entries.closed = true;
        for work in entries.work.values() {
            work.abort();
        }
        std::mem::take(&mut entries.leases)
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
