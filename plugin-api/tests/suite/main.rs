//! The door, from both sides: example libraries are opened and called the way a host does it.
#![expect(clippy::unwrap_used, reason = "whatever goes wrong in a test is a failure")]

mod calls;
mod cancel;
mod conformance;
mod earlier_host;
mod kept;
mod lending;
mod libraries;
mod nightly;
mod panics;
mod refusals;
mod sections;
mod testing;
