//! Driving a future to its end on the current thread.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use super::clock::{Clock, Jump};
use super::lock;

/// A future did not end: nobody will ever wake it, or it outlived the virtual time it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stalled;

impl std::fmt::Display for Stalled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the future never ends")
    }
}

impl std::error::Error for Stalled {}

/// How often a future is polled before it counts as spinning.
const POLL_CAP: u32 = 1_000_000;

/// How long, in real time, a wake from another thread is waited for.
const PATIENCE: Duration = Duration::from_millis(100);

/// Runs `future` to its end in real time. For futures of a [`super::FakeHost`], [`super::FakeHost::run`] is better:
/// it moves the virtual clock.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let (mut future, signal) = (pin!(future), Arc::new(Signal::default()));
    let waker = Waker::from(Arc::clone(&signal));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        while !signal.wait(PATIENCE) {}
    }
}

/// Runs `future` to its end; whenever nothing else happens, the clock jumps to its next timer, at most until `limit`
/// from now.
pub(super) fn run<F: Future>(clock: &Clock, limit: Duration, future: F) -> Result<F::Output, Stalled> {
    let (mut future, signal) = (pin!(future), Arc::new(Signal::default()));
    let waker = Waker::from(Arc::clone(&signal));
    let end = clock.now().saturating_add(limit);
    for _ in 0..POLL_CAP {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Ok(output);
        }
        if signal.wait(Duration::ZERO) {
            continue;
        }
        let goes_on = match clock.jump(end) {
            Jump::Made => true,
            Jump::BeyondEnd => false,
            Jump::NobodySleeps => signal.wait(PATIENCE),
        };
        if !goes_on {
            return Err(Stalled);
        }
    }
    Err(Stalled)
}

/// Remembers that the future was woken.
#[derive(Default)]
struct Signal {
    woken: Mutex<bool>,
    changed: Condvar,
}

impl Signal {
    /// Waits at most `patience` for a wake, and takes it.
    fn wait(&self, patience: Duration) -> bool {
        let waited = self.changed.wait_timeout_while(lock(&self.woken), patience, |woken| !*woken);
        let (mut woken, _) = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *woken)
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        *lock(&self.woken) = true;
        self.changed.notify_one();
    }
}
