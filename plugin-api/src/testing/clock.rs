//! A clock that moves when it is told to.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::lock;

/// Where every virtual clock starts: 2026-01-01T00:00:00Z, since 1970.
const START: Duration = Duration::from_secs(1_767_225_600);

/// What [`Clock::jump`] did.
pub(super) enum Jump {
    /// It moved on.
    Made,
    /// Whoever sleeps sleeps for longer.
    BeyondEnd,
    /// Nobody sleeps.
    NobodySleeps,
}

/// A virtual clock.
pub(super) struct Clock {
    state: Mutex<State>,
}

struct State {
    now: Duration,
    /// Who sleeps until when; the number tells sleepers of the same moment apart.
    sleepers: BTreeMap<(Duration, u64), Waker>,
    last: u64,
}

impl Clock {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { state: Mutex::new(State { now: START, sleepers: BTreeMap::new(), last: 0 }) })
    }

    /// Time since 1970.
    pub(super) fn now(&self) -> Duration {
        lock(&self.state).now
    }

    /// Moves on by `duration` and wakes whoever slept until then.
    pub(super) fn advance(&self, duration: Duration) {
        let mut state = lock(&self.state);
        let now = state.now.saturating_add(duration);
        state.now = now;
        let later = state.sleepers.split_off(&(now, u64::MAX));
        let due = std::mem::replace(&mut state.sleepers, later);
        drop(state);
        due.into_values().for_each(Waker::wake);
    }

    /// Moves on to the next sleeper's moment, if that is not after `end`, and wakes it.
    pub(super) fn jump(&self, end: Duration) -> Jump {
        let (now, next) = {
            let state = lock(&self.state);
            (state.now, state.sleepers.keys().next().map(|(until, _)| *until))
        };
        match next {
            Some(next) if next <= end => self.advance(next.saturating_sub(now)),
            Some(_) => return Jump::BeyondEnd,
            None => return Jump::NobodySleeps,
        }
        Jump::Made
    }

    /// Returns when the clock has moved on by `duration`.
    pub(super) fn sleep(self: &Arc<Self>, duration: Duration) -> Sleep {
        let mut state = lock(&self.state);
        state.last += 1;
        let key = (state.now.saturating_add(duration), state.last);
        drop(state);
        Sleep { clock: Arc::clone(self), key }
    }
}

/// See [`Clock::sleep`].
pub(super) struct Sleep {
    clock: Arc<Clock>,
    key: (Duration, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = lock(&self.clock.state);
        if state.now >= self.key.0 {
            return Poll::Ready(());
        }
        state.sleepers.insert(self.key, cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let forgotten = lock(&self.clock.state).sleepers.remove(&self.key);
        drop(forgotten);
    }
}
