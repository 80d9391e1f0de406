//! A clock that tests can push forward.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Real time since the start plus what was added on request.
pub(super) struct Clock {
    started: Instant,
    added_ms: AtomicU64,
}

impl Clock {
    pub(super) fn new() -> Self {
        Self { started: Instant::now(), added_ms: AtomicU64::new(0) }
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

    pub(super) fn reset(&self) {
        self.added_ms.store(0, Ordering::Relaxed);
    }
}
