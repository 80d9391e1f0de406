//! Time and randomness as arguments.
//!
//! Whoever needs the time of day takes a [`Clock`], whoever needs unpredictable bytes takes an [`Entropy`]. In
//! production these are the operating system's; a test sets the clock by hand. Deadlines of real work (a connection,
//! a call) are not affairs of this clock: they run on the runtime's timers.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells the time of day.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since 1970-01-01 UTC, in the type in which the database keeps times.
    fn now_ms(&self) -> i64;
}

/// Gives unpredictable bytes.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `bytes` from a cryptographically secure source.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Entropy + '_ {
    /// `N` unpredictable bytes.
    pub fn array<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// The operating system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else takes as an argument")]
    fn now_ms(&self) -> i64 {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        whole_ms(since_epoch)
    }
}

/// The operating system's source of randomness.
///
/// If it gives nothing, the process ends: there is no answer that would be safe to give instead, and no caller who
/// could do better.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the source that everybody else takes as an argument")]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            tracing::error!(%error, "the operating system gives no random bytes");
            std::process::abort();
        }
    }
}

/// A clock that stands still until somebody moves it. Clones show the same time.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that shows `now_ms`.
    pub fn new(now_ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(now_ms)))
    }

    /// Sets the time, in milliseconds since 1970-01-01 UTC.
    pub fn set(&self, now_ms: i64) {
        self.0.store(now_ms, Ordering::SeqCst);
    }

    /// Moves the time forward.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(whole_ms(by), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

fn whole_ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_clock_moves_only_by_hand() {
        let clock = ManualClock::new(1_000);
        let same = clock.clone();
        clock.advance(Duration::from_secs(2));
        assert_eq!(same.now_ms(), 3_000);
        same.set(5);
        assert_eq!(clock.now_ms(), 5);
    }

    #[test]
    fn the_system_clock_is_past_the_day_this_was_written() {
        assert!(SystemClock.now_ms() > 1_700_000_000_000);
    }

    #[test]
    fn random_bytes_differ() {
        let source: &dyn Entropy = &OsEntropy;
        assert_ne!(source.array::<32>(), source.array::<32>());
    }
}
