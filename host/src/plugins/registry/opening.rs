//! A library that is being opened, on a thread of its own.
//!
//! The thread is left behind if the library never lets go of it. Nobody can stop it; but it may be in a loop, so from
//! then on everybody else goes first.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::Builder;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::plugins::threads::{own_id, step_back};
use crate::plugins::{LoadStep, Refused};

/// The thread, and what it has come to.
pub(super) struct Opening<T> {
    answered: oneshot::Receiver<Result<T, Refused>>,
    seen: Arc<Seen>,
}

/// What can be seen of the thread from outside.
#[derive(Default)]
struct Seen {
    thread: AtomicU32,
    asking: AtomicBool,
}

impl<T: Send + 'static> Opening<T> {
    /// Starts to open. `open` calls what it is given once the library is open and is about to be asked.
    pub(super) fn begin(open: impl FnOnce(&dyn Fn()) -> Result<T, Refused> + Send + 'static) -> io::Result<Self> {
        let (answer, answered) = oneshot::channel();
        let seen = Arc::<Seen>::default();
        let shown = Arc::clone(&seen);
        Builder::new().name("plugin-open".to_owned()).spawn(move || {
            shown.thread.store(own_id(), Ordering::Relaxed);
            // Whoever waited may have given up.
            let _ = answer.send(open(&|| shown.asking.store(true, Ordering::Relaxed)));
        })?;
        Ok(Self { answered, seen })
    }

    /// Waits for the answer, but not longer than that; otherwise says how far it has come.
    pub(super) async fn within(self, patience: Duration) -> Result<Result<T, Refused>, LoadStep> {
        match timeout(patience, self.answered).await {
            Ok(Ok(outcome)) => Ok(outcome),
            Ok(Err(_)) => Ok(Err(Refused::CannotOpen("it panicked".to_owned()))),
            Err(_) => {
                step_back(self.seen.thread.load(Ordering::Relaxed));
                Err(if self.seen.asking.load(Ordering::Relaxed) { LoadStep::Asking } else { LoadStep::Opening })
            }
        }
    }
}
