//! What to do about a library that hangs in the middle of being mapped.
//!
//! The system maps one library at a time, and holds a lock while it runs an initialiser. A thread that begins needs the
//! same lock to note what it has to clean up at its end. So an initialiser that never returns stops the whole host, one
//! thread after the other, and nothing inside it can be relied upon any more, its logging included. Then it is better to
//! end: whoever watches over the process starts it anew, and the library is in quarantine.
//!
//! The thread that looks out is there before the library is opened, and needs nothing then that it does not have yet.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Builder;
use std::time::Duration;

use crate::plugins::marker::Pen;
use crate::plugins::{Happened, LoadStep};

/// How long the system may take to say that it opens libraries: it need not even look at a file.
const GRACE_SECONDS: libc::c_uint = 2;

/// What is said then, by the shortest way: the log may be stuck too.
const LAST_WORDS: &[u8] = b"gatehouse: a plug-in hangs in the middle of being opened\n";

/// Looks out until it is dropped.
pub(super) struct Lookout(Arc<Watch>);

#[derive(Default)]
struct Watch {
    phase: Mutex<Phase>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Starting,
    Looking,
    Over,
}

impl Lookout {
    /// Begins to look out. Once `patience` has passed, it is noted with `pen` that the host hangs, and if the system
    /// opens no library at all then, the process ends. Blocks for a moment.
    pub(super) fn keep(pen: Pen, patience: Duration) -> io::Result<Self> {
        let watch = Arc::<Watch>::default();
        let shared = Arc::clone(&watch);
        Builder::new().name("plugin-lookout".to_owned()).spawn(move || {
            shared.enter(Phase::Looking);
            if shared.is_over_within(patience) {
                return;
            }
            end_if_stuck(pen);
        })?;
        watch.wait_until_looking();
        Ok(Self(watch))
    }
}

impl Drop for Lookout {
    fn drop(&mut self) {
        self.0.enter(Phase::Over);
    }
}

impl Watch {
    fn enter(&self, phase: Phase) {
        *self.phase.lock().unwrap_or_else(PoisonError::into_inner) = phase;
        self.changed.notify_all();
    }

    fn wait_until_looking(&self) {
        let phase = self.phase.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.changed.wait_while(phase, |phase| *phase == Phase::Starting));
    }

    fn is_over_within(&self, patience: Duration) -> bool {
        let phase = self.phase.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(phase, patience, |phase| *phase == Phase::Looking);
        waited.is_ok_and(|(phase, _)| *phase == Phase::Over)
    }
}

/// Asks the system for a library that is there already, with an alarm that ends the process if it does not answer.
fn end_if_stuck(mut pen: Pen) {
    pen.note(Happened::HostHung, LoadStep::Opening);
    let _ = io::stderr().write_all(LAST_WORDS);
    // SAFETY: alarm only asks the system for a signal, which ends the process because the host has no handler for it.
    // Without a name, dlopen gives a handle of the program itself and runs nothing (`dlopen(3)`), but waits for the lock.
    unsafe {
        libc::alarm(GRACE_SECONDS);
        libc::dlopen(std::ptr::null(), libc::RTLD_NOW);
        libc::alarm(0);
    }
}
