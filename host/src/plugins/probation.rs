//! The first calls of a new release: if too many of them fail, it goes.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::events::{Event, Tell};

/// So many calls are watched.
const CALLS: u32 = 20;
/// The share of them that may fail, in per cent.
const SHARE: u32 = 25;
/// Fewer failures than this are no verdict.
const LEAST: u32 = 3;

/// Watches the first calls of a copy.
pub(super) struct Probation {
    plugin: String,
    copy: u64,
    calls: AtomicU32,
    failed: AtomicU32,
    told: AtomicBool,
    tell: Tell,
}

impl Probation {
    pub(super) fn new(plugin: &str, copy: u64, tell: Tell) -> Self {
        Self {
            plugin: plugin.to_owned(),
            copy,
            calls: AtomicU32::new(0),
            failed: AtomicU32::new(0),
            told: AtomicBool::new(false),
            tell,
        }
    }

    /// Notes how a call ended; says so once when it is too much.
    pub(super) fn note(&self, failed: bool) {
        let calls = self.calls.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        if calls > CALLS {
            return;
        }
        let failed = self.failed.fetch_add(u32::from(failed), Ordering::Relaxed) + u32::from(failed);
        if is_too_much(calls, failed) && !self.told.swap(true, Ordering::Relaxed) {
            let (plugin, copy) = (self.plugin.clone(), self.copy);
            let _ = self.tell.send(Event::Failing { plugin, copy, calls, failed });
        }
    }
}

const fn is_too_much(calls: u32, failed: u32) -> bool {
    failed >= LEAST && failed * 100 > calls * SHARE
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    #[test]
    fn a_few_failures_are_no_verdict_and_a_share_is() {
        assert!(!is_too_much(2, 2), "two in a row");
        assert!(is_too_much(3, 3), "nothing works");
        assert!(!is_too_much(20, 5), "a quarter");
        assert!(is_too_much(20, 6));
    }

    #[test]
    fn it_is_told_once_and_only_of_the_first_calls() {
        let (tell, mut told) = unbounded_channel();
        let early = Probation::new("auth-example", 7, tell.clone());
        (0..9).for_each(|_| early.note(true));
        let event = Event::Failing { plugin: "auth-example".into(), copy: 7, calls: 3, failed: 3 };
        assert_eq!((told.try_recv().ok(), told.try_recv().ok()), (Some(event), None));
        let late = Probation::new("auth-example", 8, tell);
        (0..CALLS).for_each(|_| late.note(false));
        (0..100).for_each(|_| late.note(true));
        assert!(told.try_recv().is_err());
    }
}
