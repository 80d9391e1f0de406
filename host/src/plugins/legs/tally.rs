//! What came of the calls of one leg, and how long they took.

use std::time::Duration;

use crate::plugins::lend::StepOutcome;

/// Counters of one leg, since the plug-in was loaded.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    outcomes: [u64; Tally::OUTCOMES.len()],
    buckets: [u64; Tally::BOUNDS_MS.len()],
    calls: u64,
    total: Duration,
}

/// What an outcome says about the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It answers; a refusal is an answer, and so is "too often".
    Good,
    /// It does not.
    Bad,
    /// Nothing.
    Neither,
}

impl Verdict {
    /// A 5xx status is no answer: it says that the server is in trouble.
    pub(super) const fn of(outcome: StepOutcome) -> Self {
        match outcome {
            StepOutcome::Status(500..) => Self::Bad,
            StepOutcome::Status(_) | StepOutcome::TooLarge => Self::Good,
            StepOutcome::Connect | StepOutcome::Timeout | StepOutcome::Broken => Self::Bad,
            StepOutcome::NotAllowed | StepOutcome::Paused => Self::Neither,
        }
    }
}

impl Tally {
    /// Names of the outcomes that are told apart.
    pub const OUTCOMES: [&'static str; 10] =
        ["2xx", "3xx", "4xx", "5xx", "connect", "timeout", "broken", "too-large", "not-allowed", "paused"];

    /// Upper bounds of the buckets, in milliseconds. No exchange takes longer than the last of them.
    pub const BOUNDS_MS: [u64; 10] = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];

    /// How often each of [`OUTCOMES`](Self::OUTCOMES) was the outcome.
    pub fn outcomes(&self) -> impl Iterator<Item = (&'static str, u64)> {
        Self::OUTCOMES.into_iter().zip(self.outcomes)
    }

    /// How many calls took at most so many milliseconds, for each of [`BOUNDS_MS`](Self::BOUNDS_MS).
    pub fn buckets(&self) -> impl Iterator<Item = (u64, u64)> {
        let mut sum = 0;
        let counts = self.buckets.map(|count| {
            sum += count;
            sum
        });
        Self::BOUNDS_MS.into_iter().zip(counts)
    }

    /// How many calls were made.
    pub const fn calls(&self) -> u64 {
        self.calls
    }

    /// How long all of them took together.
    pub const fn total(&self) -> Duration {
        self.total
    }

    /// Counts a call that was not made.
    pub(super) const fn count(&mut self, outcome: StepOutcome) {
        self.outcomes[place(outcome)] += 1;
    }

    /// Counts a call that was made.
    pub(super) fn measure(&mut self, outcome: StepOutcome, took: Duration) {
        self.count(outcome);
        self.calls += 1;
        self.total += took;
        let within = |bound: &u64| took <= Duration::from_millis(*bound);
        if let Some(bucket) = Self::BOUNDS_MS.iter().position(within) {
            self.buckets[bucket] += 1;
        }
    }
}

/// The place in [`Tally::OUTCOMES`].
const fn place(outcome: StepOutcome) -> usize {
    match outcome {
        StepOutcome::Status(..300) => 0,
        StepOutcome::Status(300..400) => 1,
        StepOutcome::Status(400..500) => 2,
        StepOutcome::Status(500..) => 3,
        StepOutcome::Connect => 4,
        StepOutcome::Timeout => 5,
        StepOutcome::Broken => 6,
        StepOutcome::TooLarge => 7,
        StepOutcome::NotAllowed => 8,
        StepOutcome::Paused => 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_add_up() {
        let mut tally = Tally::default();
        for ms in [1, 5, 6, 4_999, 60_000] {
            tally.measure(StepOutcome::Status(200), Duration::from_millis(ms));
        }
        let buckets: Vec<_> = tally.buckets().collect();
        assert_eq!((buckets[0], buckets[1], buckets[9]), ((5, 2), (10, 3), (5_000, 4)));
        assert_eq!((tally.calls(), tally.total()), (5, Duration::from_millis(65_011)));
    }

    #[test]
    fn outcomes_have_their_names() {
        use StepOutcome::*;
        let all = [
            Status(204),
            Status(302),
            Status(429),
            Status(503),
            Connect,
            Timeout,
            Broken,
            TooLarge,
            NotAllowed,
            Paused,
        ];
        for (outcome, name) in all.into_iter().zip(Tally::OUTCOMES) {
            let mut tally = Tally::default();
            tally.count(outcome);
            let counted: Vec<_> = tally.outcomes().filter(|(_, count)| *count == 1).collect();
            assert_eq!(counted, [(name, 1)]);
        }
    }

    #[test]
    fn refusals_are_answers() {
        for status in [200, 302, 400, 401, 403, 404, 429] {
            assert_eq!(Verdict::of(StepOutcome::Status(status)), Verdict::Good, "{status}");
        }
        for status in [500, 502, 503, 504] {
            assert_eq!(Verdict::of(StepOutcome::Status(status)), Verdict::Bad, "{status}");
        }
    }
}
