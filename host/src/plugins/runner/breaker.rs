//! A circuit breaker: a plug-in that fails again and again is left alone for a while.

use std::time::Duration;

use tokio::time::Instant;

use std::sync::Mutex;

use crate::plugins::{BreakerState, lock};

/// Counts failures in a row.
pub(super) struct Breaker {
    threshold: u32,
    open_for: Duration,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Calls pass.
    Closed { failures: u32 },
    /// Calls are refused until then; the first one after it is the trial.
    Open { until: Instant },
    /// One call is under way on trial, the others are refused.
    Trial,
}

impl Breaker {
    pub(super) fn new(threshold: u32, open_for: Duration) -> Self {
        Self { threshold, open_for, state: Mutex::new(State::Closed { failures: 0 }) }
    }

    /// Lets a call pass, or says how long to wait.
    pub(super) fn admit(&self, now: Instant) -> Result<Admission<'_>, Duration> {
        let mut state = lock(&self.state);
        match *state {
            State::Closed { .. } => Ok(Admission { breaker: self, trial: false, settled: false }),
            State::Open { until } if until <= now => {
                *state = State::Trial;
                Ok(Admission { breaker: self, trial: true, settled: false })
            }
            State::Open { until } => Err(until - now),
            State::Trial => Err(self.open_for),
        }
    }

    pub(super) fn state(&self, now: Instant) -> BreakerState {
        match *lock(&self.state) {
            State::Closed { .. } => BreakerState::Closed,
            State::Open { until } if until > now => BreakerState::Open,
            State::Open { .. } | State::Trial => BreakerState::HalfOpen,
        }
    }

    fn settle(&self, trial: bool, good: bool, now: Instant) {
        let mut state = lock(&self.state);
        let open = State::Open { until: now + self.open_for };
        *state = match (*state, good) {
            (State::Closed { .. }, true) => State::Closed { failures: 0 },
            (State::Closed { failures }, false) if failures + 1 >= self.threshold => open,
            (State::Closed { failures }, false) => State::Closed { failures: failures + 1 },
            (State::Trial, true) if trial => State::Closed { failures: 0 },
            (State::Trial, false) if trial => open,
            // A call from before the circuit opened says nothing new.
            (unchanged, _) => unchanged,
        };
    }
}

/// A call that was let pass. Dropped without an outcome (its caller went away), it counts neither way.
pub(super) struct Admission<'a> {
    breaker: &'a Breaker,
    trial: bool,
    settled: bool,
}

impl Admission<'_> {
    /// Says how the call ended.
    pub(super) fn settle(mut self, good: bool, now: Instant) {
        self.settled = true;
        self.breaker.settle(self.trial, good, now);
    }
}

impl Drop for Admission<'_> {
    fn drop(&mut self) {
        if self.trial && !self.settled {
            *lock(&self.breaker.state) = State::Open { until: Instant::now() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSE: Duration = Duration::from_secs(10);

    fn fail(breaker: &Breaker, times: u32, now: Instant) {
        for _ in 0..times {
            breaker.admit(now).unwrap_or_else(|_| panic!("refused")).settle(false, now);
        }
    }

    #[test]
    fn opens_after_failures_in_a_row_only() {
        let (breaker, now) = (Breaker::new(3, PAUSE), Instant::now());
        fail(&breaker, 2, now);
        breaker.admit(now).unwrap_or_else(|_| panic!("refused")).settle(true, now);
        fail(&breaker, 2, now);
        assert!(breaker.admit(now).is_ok());
        fail(&breaker, 1, now);
        assert_eq!(breaker.admit(now).err(), Some(PAUSE));
        assert_eq!(breaker.admit(now + PAUSE / 2).err(), Some(PAUSE / 2));
    }

    #[test]
    fn lets_one_call_through_on_trial() {
        let (breaker, now) = (Breaker::new(1, PAUSE), Instant::now());
        fail(&breaker, 1, now);
        let later = now + PAUSE;
        let trial = breaker.admit(later).unwrap_or_else(|_| panic!("refused"));
        assert!(breaker.admit(later).is_err(), "only one");
        trial.settle(false, later);
        assert!(breaker.admit(later).is_err(), "open again");
        breaker.admit(later + PAUSE).unwrap_or_else(|_| panic!("refused")).settle(true, later + PAUSE);
        assert!(breaker.admit(later + PAUSE).is_ok(), "closed");
    }

    #[test]
    fn a_trial_whose_caller_went_away_is_tried_again() {
        let (breaker, now) = (Breaker::new(1, Duration::ZERO), Instant::now());
        fail(&breaker, 1, now);
        drop(breaker.admit(Instant::now()));
        assert!(breaker.admit(Instant::now()).is_ok());
    }

    #[test]
    fn late_failures_do_not_prolong_the_pause() {
        let (breaker, now) = (Breaker::new(1, PAUSE), Instant::now());
        let early = breaker.admit(now).unwrap_or_else(|_| panic!("refused"));
        fail(&breaker, 1, now);
        early.settle(false, now + PAUSE / 2);
        assert!(breaker.admit(now + PAUSE).is_ok());
    }
}
