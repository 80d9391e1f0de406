//! A clock that tests can push forward, and set.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// Real time since the start plus what was added on request, and the date on which it started.
pub(super) struct Clock {
    started: Instant,
    added_ms: AtomicU64,
    /// Milliseconds since 1970 at the start.
    date_ms: AtomicI64,
}

impl Clock {
    pub(super) fn new() -> Self {
        Self { started: Instant::now(), added_ms: AtomicU64::new(0), date_ms: AtomicI64::new(today()) }
    }

    pub(super) fn now(&self) -> Duration {
        self.started.elapsed() + Duration::from_millis(self.added_ms.load(Ordering::Relaxed))
    }

    pub(super) fn advance(&self, by: Duration) {
        let ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let add = |now: u64| Some(now.saturating_add(ms));
        // The closure always gives a value, so the update cannot be refused.
        let _ = self.added_ms.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    /// Makes it this date now, in milliseconds since 1970. Nothing ages by it.
    pub(super) fn set_date(&self, ms: i64) {
        self.date_ms.store(ms.saturating_sub(millis(self.now())), Ordering::Relaxed);
    }

    /// The date now, as the header `Date` has it (RFC 9110 section 5.6.7).
    pub(super) fn http_date(&self) -> String {
        let ms = self.date_ms.load(Ordering::Relaxed).saturating_add(millis(self.now()));
        Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    pub(super) fn reset(&self) {
        self.added_ms.store(0, Ordering::Relaxed);
        self.date_ms.store(today().saturating_sub(millis(self.now())), Ordering::Relaxed);
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[expect(clippy::disallowed_methods, reason = "the simulator's one look at the calendar")]
fn today() -> i64 {
    millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}
