//! The legs of the ways that plug-ins go: each server, asked for one purpose on behalf of one authenticator, is
//! measured and guarded by itself.
//!
//! A provider that is down would otherwise cost everybody who signs in the whole deadline. So a leg that failed
//! several times in a row is left alone (see [`breaker`]): its calls are refused at once, until one that is let
//! through on trial comes back with an answer. The pauses between the trials follow the host's [`Clock`]; how long an
//! exchange took is measured on the runtime's timer.

mod breaker;
mod tally;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use super::lend::StepOutcome;
use super::lock;
use crate::clock::{Clock, Entropy};
use breaker::{Breaker, Passing, Seen};

pub use breaker::BreakerState;
pub use tally::{Tally, Verdict};

/// Legs of one plug-in; the one that was idle for the longest time makes room for another.
const MOST: usize = 256;

/// What is measured and guarded by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Leg {
    /// Id of the authenticator.
    pub authenticator: String,
    /// Scheme, host and port of the server.
    pub origin: String,
    /// What it is asked for: [`plugin_api::HttpRequest::leg`], or the server's name.
    pub name: String,
}

/// How one leg fares.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Which one.
    pub leg: Leg,
    /// Whether it is asked.
    pub state: BreakerState,
    /// What came of its calls, and how long they took.
    pub tally: Tally,
}

/// The legs of one plug-in.
pub struct Legs {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    /// How many are not closed, so that nobody needs to look while all is well.
    troubled: AtomicUsize,
    records: Mutex<HashMap<Leg, Record>>,
}

struct Record {
    breaker: Breaker,
    tally: Tally,
    used_ms: i64,
}

impl Legs {
    pub(super) fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy, troubled: AtomicUsize::new(0), records: Mutex::default() }
    }

    /// Whether a leg of this authenticator does not answer, by what was seen within the last minute with the settings
    /// that were saved at `settings_ms`, or with newer ones.
    pub fn is_down(&self, authenticator: &str, settings_ms: i64) -> bool {
        if self.troubled.load(Ordering::Acquire) == 0 {
            return false;
        }
        let now = self.clock.now_ms();
        let down = |(leg, record): (&Leg, &Record)| {
            leg.authenticator == authenticator && record.breaker.is_down(settings_ms, now)
        };
        lock(&self.records).iter().any(down)
    }

    /// Every leg, in order.
    pub fn readings(&self) -> Vec<Reading> {
        let now = self.clock.now_ms();
        let reading = |(leg, record): (&Leg, &Record)| Reading {
            leg: leg.clone(),
            state: record.breaker.state(now),
            tally: record.tally.clone(),
        };
        let mut readings: Vec<Reading> = lock(&self.records).iter().map(reading).collect();
        readings.sort_by(|one, other| one.leg.cmp(&other.leg));
        readings
    }

    /// Lets a call of `leg` pass that is made with the settings of `settings_ms`, or says that it is left alone. A
    /// `check` is made to see whether the server answers, and always passes.
    pub(super) fn admit(self: &Arc<Self>, leg: Leg, settings_ms: i64, check: bool) -> Option<Passage> {
        let now = self.clock.now_ms();
        let mut records = lock(&self.records);
        let record = Self::record(&mut records, &leg, now);
        let passing = if check { Some(Passing::Check) } else { record.breaker.admit(now) };
        if passing.is_none() {
            record.tally.count(StepOutcome::Paused);
        }
        drop(records);
        Some(Passage { legs: Arc::clone(self), leg, settings_ms, passing: passing?, settled: false })
    }

    fn record<'a>(records: &'a mut HashMap<Leg, Record>, leg: &Leg, now: i64) -> &'a mut Record {
        if records.len() >= MOST && !records.contains_key(leg) {
            let idle = records.iter().min_by_key(|(_, record)| (record.breaker.is_troubled(), record.used_ms));
            if let Some(idle) = idle.map(|(leg, _)| leg.clone()) {
                records.remove(&idle);
            }
        }
        let fresh = || Record { breaker: Breaker::default(), tally: Tally::default(), used_ms: now };
        let record = records.entry(leg.clone()).or_insert_with(fresh);
        record.used_ms = now;
        record
    }

    fn settle(&self, passage: &Passage, outcome: StepOutcome, took: Duration) {
        let now = self.clock.now_ms();
        let mut records = lock(&self.records);
        let record = Self::record(&mut records, &passage.leg, now);
        record.tally.measure(outcome, took);
        match Verdict::of(outcome) {
            Verdict::Good => {
                record.breaker.good(passage.passing);
                if passage.passing != Passing::Freely {
                    neighbours(&mut records, &passage.leg).for_each(Breaker::hope);
                }
            }
            Verdict::Bad => {
                let [draw] = self.entropy.array();
                let seen = Seen { at_ms: now, settings_ms: passage.settings_ms };
                record.breaker.bad(passage.passing, seen, draw);
                neighbours(&mut records, &passage.leg).for_each(|breaker| breaker.blame(seen));
            }
            Verdict::Neither => record.breaker.abandon(passage.passing, now),
        }
        self.count_troubled(&records);
    }

    fn abandon(&self, passage: &Passage) {
        let mut records = lock(&self.records);
        if let Some(record) = records.get_mut(&passage.leg) {
            record.breaker.abandon(passage.passing, self.clock.now_ms());
        }
    }

    fn count_troubled(&self, records: &MutexGuard<'_, HashMap<Leg, Record>>) {
        let count = records.values().filter(|record| record.breaker.is_troubled()).count();
        self.troubled.store(count, Ordering::Release);
    }
}

/// The breakers of one authenticator's other legs at the same server.
fn neighbours<'a>(records: &'a mut HashMap<Leg, Record>, leg: &'a Leg) -> impl Iterator<Item = &'a mut Breaker> {
    let near =
        |other: &Leg| other.authenticator == leg.authenticator && other.origin == leg.origin && other.name != leg.name;
    records.iter_mut().filter(move |(other, _)| near(other)).map(|(_, record)| &mut record.breaker)
}

/// A call that was let pass. Dropped without an outcome, it says nothing about the server.
pub(super) struct Passage {
    legs: Arc<Legs>,
    leg: Leg,
    settings_ms: i64,
    passing: Passing,
    settled: bool,
}

impl Passage {
    /// Says what came of the call.
    pub(super) fn settle(mut self, outcome: StepOutcome, took: Duration) {
        self.settled = true;
        self.legs.settle(&self, outcome, took);
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        if !self.settled {
            self.legs.abandon(self);
        }
    }
}

#[cfg(test)]
mod tests;
