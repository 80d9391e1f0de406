//! Plug-ins from outside: real library files, real child processes, real connections on loopback.
//!
//! The library is the example `smallest` of `plugin-api`; build it first with
//! `cargo build --package plugin-api --examples`. What is broken is made from it by changing bytes.

mod calls;
mod files;
mod http;
mod registry;
mod support;
