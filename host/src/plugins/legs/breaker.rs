//! The circuit breaker of one leg.
//!
//! Failures in a row open it. From then on calls are refused, except for one now and then: on trial. An answer closes
//! it, silence doubles the pause before the next trial.
//!
//! Some legs cannot be tried without a person, for example the exchange of a code. So two good answers in a row to
//! trials of *other* legs at the same server close a leg as well, on probation: the next failure opens it again, and
//! then it takes twice as many good answers of others.
//!
//! Whoever examines a connection is never refused: that is how it is found out that a server is back. Such a call
//! closes a circuit and keeps one open, but opens none: it may be about settings that nobody signs in with.

use serde::Serialize;

/// So many failures in a row open the circuit.
const THRESHOLD: u32 = 5;
/// So many good trials of its neighbours in a row close it, at first.
const HOPES: u32 = 2;
/// And so many at last, if it goes on failing by itself.
const MOST_HOPES: u32 = 32;
/// The first pause before a trial, in milliseconds.
const FIRST_PAUSE: i64 = 1_000;
/// The longest pause, in milliseconds.
const LONGEST_PAUSE: i64 = 4_000;
/// How long a failure counts as news, in milliseconds: a leg that nobody goes any more is not called broken for ever.
const NEWS: i64 = 60_000;

/// Whether a circuit lets calls pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BreakerState {
    /// Calls pass.
    Closed,
    /// One call is let through on trial, or the next one will be.
    HalfOpen,
    /// Calls are refused.
    Open,
}

/// How a call was let pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passing {
    /// Like everybody.
    Freely,
    /// To see whether the server is back; the others wait for what comes of it.
    Trial,
    /// To examine the connection; nobody waits for what comes of it.
    Check,
}

/// That a server was seen failing.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// When.
    pub(super) at_ms: i64,
    /// When the settings were saved with which it was asked: it says nothing about newer ones.
    pub(super) settings_ms: i64,
}

pub(super) struct Breaker {
    state: State,
    /// How the server was last seen failing.
    blamed: Seen,
    /// How many good trials of neighbours it takes.
    wanted: u32,
}

#[derive(Clone, Copy)]
enum State {
    Closed { failures: u32 },
    Probation,
    Open { until_ms: i64, pause_ms: i64, hopes: u32 },
    Trial { pause_ms: i64, hopes: u32 },
}

impl Default for Breaker {
    fn default() -> Self {
        let never = Seen { at_ms: i64::MIN, settings_ms: i64::MIN };
        Self { state: State::Closed { failures: 0 }, blamed: never, wanted: HOPES }
    }
}

impl Breaker {
    /// Lets a call pass, or not.
    pub(super) fn admit(&mut self, now: i64) -> Option<Passing> {
        match self.state {
            State::Closed { .. } | State::Probation => Some(Passing::Freely),
            State::Open { until_ms, pause_ms, hopes } if is_over(until_ms, now) => {
                self.state = State::Trial { pause_ms, hopes };
                Some(Passing::Trial)
            }
            State::Open { .. } | State::Trial { .. } => None,
        }
    }

    /// A call got an answer. One from before the circuit opened says nothing new.
    pub(super) fn good(&mut self, passing: Passing) {
        if passing != Passing::Freely || !self.is_troubled() {
            *self = Self { blamed: self.blamed, ..Self::default() };
        }
    }

    /// A call got none. `draw` shortens the pause by up to a quarter, so that many hosts do not come back as one.
    pub(super) fn bad(&mut self, passing: Passing, seen: Seen, draw: u8) {
        self.blame(seen);
        let open = |pause_ms: i64| State::Open {
            until_ms: seen.at_ms.saturating_add(pause_ms - pause_ms * i64::from(draw) / 1_024),
            pause_ms,
            hopes: 0,
        };
        self.state = match self.state {
            examined if passing == Passing::Check => examined,
            State::Closed { failures } if failures + 1 >= THRESHOLD => open(FIRST_PAUSE),
            State::Closed { failures } => State::Closed { failures: failures + 1 },
            State::Probation => {
                self.wanted = (self.wanted * 2).min(MOST_HOPES);
                open(FIRST_PAUSE)
            }
            State::Trial { pause_ms, .. } if passing == Passing::Trial => open((pause_ms * 2).min(LONGEST_PAUSE)),
            late => late,
        };
    }

    /// Nobody knows what came of a call; if it was a trial, the next call is.
    pub(super) fn abandon(&mut self, passing: Passing, now: i64) {
        if let (State::Trial { pause_ms, hopes }, Passing::Trial) = (self.state, passing) {
            self.state = State::Open { until_ms: now, pause_ms, hopes };
        }
    }

    /// The same server did not answer on another leg.
    pub(super) fn blame(&mut self, seen: Seen) {
        self.blamed = Seen { settings_ms: seen.settings_ms.max(self.blamed.settings_ms), ..seen };
        if let State::Open { hopes, .. } | State::Trial { hopes, .. } = &mut self.state {
            *hopes = 0;
        }
    }

    /// The same server answered on another leg that was being tried.
    pub(super) fn hope(&mut self) {
        if let State::Open { hopes, .. } | State::Trial { hopes, .. } = &mut self.state {
            *hopes += 1;
            if *hopes >= self.wanted {
                self.state = State::Probation;
            }
        }
    }

    pub(super) fn state(&self, now: i64) -> BreakerState {
        match self.state {
            State::Closed { .. } | State::Probation => BreakerState::Closed,
            State::Open { until_ms, .. } if !is_over(until_ms, now) => BreakerState::Open,
            State::Open { .. } | State::Trial { .. } => BreakerState::HalfOpen,
        }
    }

    /// Whether it is not closed.
    pub(super) fn is_troubled(&self) -> bool {
        matches!(self.state, State::Open { .. } | State::Trial { .. })
    }

    /// Whether the server does not answer, by what was seen of late with settings saved at `settings_ms` or later.
    pub(super) fn is_down(&self, settings_ms: i64, now: i64) -> bool {
        let Seen { at_ms, settings_ms: seen_ms } = self.blamed;
        self.is_troubled() && seen_ms >= settings_ms && now.saturating_sub(at_ms) <= NEWS
    }
}

/// Whether a pause is over. A clock that was set back must not make it longer.
fn is_over(until_ms: i64, now: i64) -> bool {
    now >= until_ms || until_ms.saturating_sub(now) > LONGEST_PAUSE
}

#[cfg(test)]
mod tests;
