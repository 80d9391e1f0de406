//! Plug-ins: libraries in a folder that teach the host new ways of signing in.
//!
//! The way of a library, in reading order: [`catalogue`] finds packages and libraries; [`package`] opens a package and
//! says who signed it; [`policy`] says who is let in; [`inspect`] examines the library's bytes without running any of its
//! code; [`stage`] writes those bytes to a private copy; [`probe`] opens the copy in a child process first;
//! [`marker`] notes what is being loaded in case this process does not survive it; [`registry`] leads through all that
//! and publishes the types that the plug-in registers. From then on [`loaded`] calls it: through [`runner`], which
//! keeps its trouble its own, with what [`lend`] lends for the length of one call; what it asks of other servers goes
//! along its [`legs`].
//!
//! The trust model in one sentence: an enabled plug-in has all rights of this process. What is here keeps faults
//! apart, not enemies; enemies are kept out by who may write into the folder and who may enable.

mod cache;
mod catalogue;
mod definition;
mod events;
pub(crate) mod handlers;
pub mod inspect;
mod legs;
mod lend;
mod limits;
mod loaded;
mod marker;
pub mod package;
pub mod page;
mod policy;
mod probation;
pub mod probe;
mod quarantine;
mod refused;
mod registry;
mod runner;
pub(crate) mod scripts;
pub(crate) mod service;
mod stage;
mod threads;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use catalogue::{Origin, Papers, RefusedFile, Release};
pub use events::{Event, Tell};
pub use inspect::{Inspected, inspect};
pub use legs::{BreakerState, Leg, Legs, Reading, Tally, Verdict};
pub use lend::{Means, Step, StepOutcome, Trace};
pub use limits::CallLimits;
pub use loaded::{LoadedPlugin, OnBehalf};
pub use package::Trust;
pub use policy::Policy;
pub use probe::Probe;
pub use quarantine::{Cause, Happened, Step as LoadStep};
pub use refused::Refused;
pub use registry::{EnabledBy, Entry, Listing, Mapped, Registry, Setup, State, Wanted};
pub use runner::Runner;

/// Locks; what a panicking holder left behind is still whole, because nobody panics half-way through a change.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `work` on a thread where it may block.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Refused::Storage(error.to_string()))
}
