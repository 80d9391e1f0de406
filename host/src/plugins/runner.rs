//! Calls into a plug-in, so arranged that its trouble stays its own.
//!
//! The future that a plug-in gives us is polled on two threads of the plug-in's own, never on those that serve web
//! pages. Around it, from the outside in: a cap on calls at once, a circuit breaker, a deadline. A call whose caller
//! goes away is aborted. When a call misses its deadline, a ping asks whether the threads still run; if they do not,
//! the plug-in gets new ones and goes on, and the old ones are left to whatever they hang in.

mod breaker;
mod worker;

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use plugin_api::{Fault, FaultKind, Lent, PluginHandle};
use tokio::sync::{Mutex, Semaphore};
use tokio::time::{Instant, timeout};

use super::{BreakerState, CallLimits};
use breaker::Breaker;
use worker::Worker;

/// Calls one loaded copy of a plug-in.
pub struct Runner {
    shared: Arc<Shared>,
    slots: Semaphore,
    breaker: Breaker,
}

/// What outlives a single call: the check of the threads goes on after the caller has his answer.
struct Shared {
    id: String,
    handle: Arc<dyn PluginHandle>,
    limits: CallLimits,
    worker: ArcSwap<Worker>,
    replaced: AtomicU32,
    examining: Mutex<()>,
}

impl Runner {
    /// Threads for the plug-in `id` behind `handle`.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(id: &str, handle: Arc<dyn PluginHandle>, limits: CallLimits) -> io::Result<Self> {
        let worker = ArcSwap::from_pointee(Worker::start(id, 0)?);
        let shared = Shared {
            id: id.to_owned(),
            handle,
            limits,
            worker,
            replaced: AtomicU32::new(0),
            examining: Mutex::new(()),
        };
        Ok(Self {
            shared: Arc::new(shared),
            slots: Semaphore::new(limits.concurrent),
            breaker: Breaker::new(limits.failures, limits.open_for),
        })
    }

    /// Makes one call and waits for its answer; dropping the future aborts the call. Needs a runtime with timers.
    ///
    /// # Errors
    /// What the plug-in says; [`FaultKind::Busy`] when it has its hands full; [`FaultKind::Unavailable`] while the
    /// circuit is open; [`FaultKind::Internal`] when it panicked or did not answer in time.
    pub async fn call<T, M>(&self, make: M) -> Result<T, Fault>
    where
        T: Send + 'static,
        M: FnOnce(&dyn PluginHandle) -> Lent<Result<T, Fault>> + Send + 'static,
    {
        self.call_waiting(|| false, make).await
    }

    /// As [`call`](Self::call); `waits` tells whether the plug-in waits for something that the host lent it. A call
    /// that misses its deadline meanwhile is [`FaultKind::Slow`], and no failure of the plug-in.
    pub(super) async fn call_waiting<T, M>(&self, waits: impl Fn() -> bool, make: M) -> Result<T, Fault>
    where
        T: Send + 'static,
        M: FnOnce(&dyn PluginHandle) -> Lent<Result<T, Fault>> + Send + 'static,
    {
        let _slot = self.slots.try_acquire().map_err(|_| busy())?;
        let trial = self.breaker.admit(Instant::now()).map_err(circuit_open)?;
        let outcome = self.shared.call(waits, make).await;
        let failed = outcome.as_ref().is_err_and(|fault| fault.kind == FaultKind::Internal);
        trial.settle(!failed, Instant::now());
        outcome
    }

    /// Whether the plug-in's threads answer within that time.
    pub async fn answers(&self, within: Duration) -> bool {
        let worker = self.shared.worker.load_full();
        self.shared.answers(&worker, within).await
    }

    /// Waits until no call is under way, but not longer than that; says whether none is.
    pub(super) async fn drained(&self, within: Duration) -> bool {
        let all = u32::try_from(self.shared.limits.concurrent).unwrap_or(u32::MAX);
        timeout(within, self.slots.acquire_many(all)).await.is_ok()
    }

    /// Whether it is called at all.
    pub fn breaker(&self) -> BreakerState {
        self.breaker.state(Instant::now())
    }

    /// How many times the threads hung and were replaced.
    pub fn replacements(&self) -> u32 {
        self.shared.replaced.load(Ordering::Relaxed)
    }
}

impl Shared {
    async fn call<T, M>(self: &Arc<Self>, waits: impl Fn() -> bool, make: M) -> Result<T, Fault>
    where
        T: Send + 'static,
        M: FnOnce(&dyn PluginHandle) -> Lent<Result<T, Fault>> + Send + 'static,
    {
        let (generation, task) = {
            let worker = self.worker.load();
            let handle = Arc::clone(&self.handle);
            // Even the making of the future is the plug-in's code, so it happens on the plug-in's thread.
            (worker.generation(), worker.spawn(async move { make(&*handle).await }))
        };
        // Kept until the question below is answered: with the call goes what it waits for.
        let mut task = pin!(task);
        match timeout(self.limits.call, task.as_mut()).await {
            Ok(Some(outcome)) => outcome,
            Ok(None) => Err(internal("the call ended without an answer")),
            Err(_) => {
                tokio::spawn(Arc::clone(self).examine(generation));
                Err(if waits() { slow() } else { internal("no answer within the deadline") })
            }
        }
    }

    /// Asks whether the threads of `suspect` still run, and replaces them if not.
    async fn examine(self: Arc<Self>, suspect: u32) {
        let Ok(_only_one) = self.examining.try_lock() else { return };
        let worker = self.worker.load_full();
        if worker.generation() != suspect || self.answers(&worker, self.limits.ping).await {
            return;
        }
        let id = &self.id;
        if self.replaced.load(Ordering::Relaxed) >= self.limits.replacements {
            tracing::error!(plugin = %id, "the plug-in hangs once more; restart the host to revive it");
            return;
        }
        match Worker::start(id, suspect + 1) {
            Ok(fresh) => {
                self.worker.store(Arc::new(fresh));
                let count = self.replaced.fetch_add(1, Ordering::Relaxed) + 1;
                tracing::warn!(plugin = %id, count, "the plug-in's threads hang; it goes on with new ones");
            }
            Err(error) => tracing::error!(plugin = %id, %error, "the plug-in's threads hang; no new ones to be had"),
        }
    }

    async fn answers(&self, worker: &Worker, within: Duration) -> bool {
        let handle = Arc::clone(&self.handle);
        let ping = worker.spawn(async move { handle.ping().await });
        matches!(timeout(within, ping).await, Ok(Some(Ok(()))))
    }
}

fn busy() -> Fault {
    let mut fault = Fault::new(FaultKind::Busy, "too many calls of the plug-in at once");
    fault.retry_after_ms = Some(1_000);
    fault
}

fn circuit_open(again_in: Duration) -> Fault {
    let mut fault = Fault::new(FaultKind::Unavailable, "the plug-in failed several times in a row and is left alone");
    fault.retry_after_ms = u64::try_from(again_in.as_millis()).ok();
    fault
}

fn slow() -> Fault {
    Fault::new(FaultKind::Slow, "the deadline passed while the plug-in waited for another server")
}

fn internal(detail: &str) -> Fault {
    Fault::new(FaultKind::Internal, detail)
}
