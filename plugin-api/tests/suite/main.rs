//! The door, from both sides: example libraries are opened and called the way a host does it.

mod calls;
mod cancel;
mod conformance;
mod lending;
mod libraries;
mod panics;
mod refusals;
mod sections;
mod testing;
