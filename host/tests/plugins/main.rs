//! Plug-ins from outside: real library files, real child processes, real connections on loopback.
//!
//! The library is the example `smallest` of `plugin-api`; build it first with
//! `cargo build --package plugin-api --examples`. What is broken is made from it by changing bytes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod calls;
mod files;
mod http;
mod legs;
mod lend;
mod registry;
mod support;
