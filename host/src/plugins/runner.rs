//! Calls into a plug-in, so arranged that its trouble stays its own.
//!
//! The future that a plug-in gives us is polled on two threads of the plug-in's own, never on those that serve web
//! pages. Around it, from the outside in: a cap on calls at once, a circuit breaker, a deadline. A call whose caller
//! goes away is aborted. The threads are asked again and again whether they still run ([`pulse`]); if they do not, the
//! copy is called no more, and whoever watches over plug-ins puts a fresh one in its place: threads alone would not do,
//! because the ones that hang may hold a lock of the plug-in's.

mod breaker;
mod pulse;
mod worker;

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use plugin_api::{Fault, FaultKind, Lent, PluginHandle};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use super::{BreakerState, CallLimits, Tell};
use breaker::Breaker;
use pulse::Pulse;
use worker::Worker;

/// Calls one loaded copy of a plug-in.
pub struct Runner {
    handle: Arc<dyn PluginHandle>,
    limits: CallLimits,
    slots: Semaphore,
    breaker: Breaker,
    pulse: Arc<Pulse>,
}

impl Runner {
    /// Threads for the plug-in `id` behind `handle`, which is this process's copy number `copy`. When they hang, it is
    /// told to `tell`, once. To be called on a runtime with timers.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(id: &str, copy: u64, handle: Arc<dyn PluginHandle>, limits: CallLimits, tell: Tell) -> io::Result<Self> {
        let pulse = Pulse::start(id, copy, Arc::clone(&handle), Worker::start(id)?, limits, tell);
        let (slots, breaker) = (Semaphore::new(limits.concurrent), Breaker::new(limits.failures, limits.open_for));
        Ok(Self { handle, limits, slots, breaker, pulse })
    }

    /// Makes one call and waits for its answer; dropping the future aborts the call. Needs a runtime with timers.
    ///
    /// # Errors
    /// What the plug-in says; [`FaultKind::Busy`] when it has its hands full; [`FaultKind::Unavailable`] while the
    /// circuit is open, and when its threads hang; [`FaultKind::Internal`] when it panicked or did not answer in time.
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
        if self.is_wedged() {
            return Err(wedged());
        }
        let _slot = self.slots.try_acquire().map_err(|_| busy())?;
        let trial = self.breaker.admit(Instant::now()).map_err(circuit_open)?;
        let outcome = self.answer(waits, make).await;
        let failed = outcome.as_ref().is_err_and(|fault| fault.kind == FaultKind::Internal);
        trial.settle(!failed, Instant::now());
        outcome
    }

    /// Whether the plug-in's threads answer within that time.
    pub async fn answers(&self, within: Duration) -> bool {
        self.pulse.answers(within).await
    }

    /// Waits until no call is under way, but not longer than that; says whether none is.
    pub(super) async fn drained(&self, within: Duration) -> bool {
        let all = u32::try_from(self.limits.concurrent).unwrap_or(u32::MAX);
        timeout(within, self.slots.acquire_many(all)).await.is_ok()
    }

    /// Whether it is called at all.
    pub fn breaker(&self) -> BreakerState {
        self.breaker.state(Instant::now())
    }

    /// Whether its threads hang. It is not called any more then, ever.
    pub fn is_wedged(&self) -> bool {
        self.pulse.is_wedged()
    }

    async fn answer<T, M>(&self, waits: impl Fn() -> bool, make: M) -> Result<T, Fault>
    where
        T: Send + 'static,
        M: FnOnce(&dyn PluginHandle) -> Lent<Result<T, Fault>> + Send + 'static,
    {
        let handle = Arc::clone(&self.handle);
        // Even the making of the future is the plug-in's code, so it happens on the plug-in's thread. Kept until the
        // question below is answered: with the call goes what it waits for.
        let mut task = pin!(self.pulse.worker().spawn(async move { make(&*handle).await }));
        let in_time = timeout(self.limits.call, task.as_mut());
        let answered = tokio::select! {
            answered = in_time => answered,
            () = self.pulse.when_wedged() => return Err(wedged()),
        };
        match answered {
            Ok(Some(outcome)) => outcome,
            Ok(None) => Err(internal("the call ended without an answer")),
            Err(_) => {
                let pulse = Arc::clone(&self.pulse);
                tokio::spawn(async move { pulse.ask().await });
                Err(if waits() { slow() } else { internal("no answer within the deadline") })
            }
        }
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

fn wedged() -> Fault {
    Fault::new(FaultKind::Unavailable, "the plug-in's threads hang")
}

fn slow() -> Fault {
    Fault::new(FaultKind::Slow, "the deadline passed while the plug-in waited for another server")
}

fn internal(detail: &str) -> Fault {
    Fault::new(FaultKind::Internal, detail)
}
