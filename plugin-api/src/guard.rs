//! Panics become values: around a call, around each poll of a future, and around its drop.
//!
//! A panic that reaches the door ends the process, so nothing may get there. The same guard stands where a plug-in
//! runs without a door, so that a test sees what production would see.
//!
//! What no guard can hold: a second panic while the first one unwinds, a stack overflow, `abort`, `exit`.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Once;
use std::task::{Context, Poll};

use serde_json::json;

use crate::{Fault, FaultKind, Lender, Level};

/// A panic that was caught.
#[derive(Debug)]
pub(crate) struct Panic {
    /// What the code said.
    pub(crate) message: String,
    /// `file:line:column`, where [`install_hook`] was called before.
    pub(crate) location: Option<String>,
}

impl std::fmt::Display for Panic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.location {
            Some(location) => write!(f, "panicked at {location}: {}", self.message),
            None => write!(f, "panicked: {}", self.message),
        }
    }
}

impl Panic {
    /// The line of the log that says so.
    pub(crate) const LOGGED: &'static str = "the plug-in panicked";

    /// The panic as the fault of a call.
    pub(crate) fn into_fault(self) -> Fault {
        Fault::new(FaultKind::Internal, format!("the plug-in {self}"))
    }

    /// The same, and a line in the host's log: after a panic in a drop, it is all that is left.
    pub(crate) fn reported(self, lender: &dyn Lender) -> Fault {
        lender.log(Level::Error, Self::LOGGED, &json!({ "panic": self.to_string() }));
        self.into_fault()
    }
}

/// A future whose panics become ordinary output. A panic in its drop is reported too, but its output has nowhere to go.
pub(crate) struct Guarded<F: Future, R: FnMut(Panic) -> F::Output> {
    future: Option<Pin<Box<F>>>,
    report: R,
}

impl<F: Future, R: FnMut(Panic) -> F::Output> Guarded<F, R> {
    /// Guards `future`; `report` turns a panic into the output.
    pub(crate) fn new(future: F, report: R) -> Self {
        Self { future: Some(Box::pin(future)), report }
    }

    /// Ends the inner future and reports a panic of its drop.
    fn finish(&mut self) {
        if let Err(panic) = catch(|| drop(self.future.take())) {
            drop((self.report)(panic));
        }
    }
}

impl<F: Future, R: FnMut(Panic) -> F::Output + Unpin> Future for Guarded<F, R> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        let Some(future) = this.future.as_mut() else { return Poll::Pending };
        let output = match catch(|| future.as_mut().poll(cx)) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => output,
            Err(panic) => (this.report)(panic),
        };
        this.finish();
        Poll::Ready(output)
    }
}

impl<F: Future, R: FnMut(Panic) -> F::Output> Drop for Guarded<F, R> {
    fn drop(&mut self) {
        self.finish();
    }
}

thread_local! {
    /// How many guards this thread is inside of.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    /// Where the last panic inside a guard happened.
    static LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `code`; a panic comes back as a value.
pub(crate) fn catch<T>(code: impl FnOnce() -> T) -> Result<T, Panic> {
    // What an earlier panic left that was caught by somebody else.
    drop(take_location());
    DEPTH.set(DEPTH.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(code));
    DEPTH.set(DEPTH.get() - 1);
    result.map_err(|payload| Panic { location: take_location(), message: message_of(payload) })
}

/// Nothing while the thread ends: its locals are gone then.
fn take_location() -> Option<String> {
    LOCATION.try_with(RefCell::take).ok().flatten()
}

/// Replaces this copy's panic hook, once: a panic inside a guard leaves no trace but its location for the guard; one
/// outside of any guard, say on a thread of the plug-in's own, is one line on standard error.
///
/// Only a library may call it: there it does not touch the hook of the host, which has a copy of its own.
pub(crate) fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            let location = info.location().map(ToString::to_string);
            if DEPTH.try_with(Cell::get).unwrap_or(0) > 0 {
                let _ = LOCATION.try_with(|cell| cell.replace(location));
            } else {
                let message = info.payload_as_str().unwrap_or("(no message)");
                eprintln!("plug-in thread panicked at {}: {message}", location.unwrap_or_default());
            }
        }));
    });
}

/// The text of a panic. Its payload may itself panic when dropped.
fn message_of(payload: Box<dyn Any + Send>) -> String {
    let message = match payload.downcast_ref::<&'static str>() {
        Some(text) => (*text).to_owned(),
        None => payload.downcast_ref::<String>().cloned().unwrap_or_else(|| "(no message)".to_owned()),
    };
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(second);
    }
    message
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::task::Waker;

    use super::*;

    fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
        Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
    }

    struct Bomb(&'static str);

    impl Drop for Bomb {
        fn drop(&mut self) {
            if !std::thread::panicking() {
                std::panic::panic_any(self.0);
            }
        }
    }

    #[test]
    fn catches_any_payload() {
        assert_eq!(catch(|| 1).unwrap(), 1);
        assert_eq!(catch(|| panic!("a text")).unwrap_err().message, "a text");
        assert_eq!(catch(|| panic!("{}", 7)).unwrap_err().message, "7");
        assert_eq!(catch(|| std::panic::panic_any(7)).unwrap_err().message, "(no message)");
        assert_eq!(catch(|| std::panic::panic_any(Bomb("payload"))).unwrap_err().message, "(no message)");
    }

    #[test]
    fn a_future_that_panics_has_output() {
        let mut good = Guarded::new(ready(1), |_| 0);
        assert_eq!(poll(&mut good), Poll::Ready(1));
        let mut bad = Guarded::new(async { panic!("in poll") }, |panic| panic.to_string());
        assert_eq!(poll(&mut bad), Poll::Ready("panicked: in poll".to_owned()));
    }

    #[test]
    fn a_panic_in_the_drop_is_reported_once() {
        let mut reports = Vec::new();
        let mut guarded = Guarded::new(
            async {
                let _bomb = Bomb("in drop");
                pending::<()>().await;
            },
            |panic| reports.push(panic.message),
        );
        assert_eq!(poll(&mut guarded), Poll::Pending);
        drop(guarded);
        assert_eq!(reports, ["in drop"]);
    }
}
