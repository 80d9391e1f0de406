//! The simulator from outside, over HTTP: what it answers is compared with the protocol byte by byte.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

mod app_token;
mod authorize;
mod callback_faults;
mod contact;
mod control;
mod directory;
mod faults;
mod frame;
mod legacy;
mod member;
mod program;
mod scenario;
mod support;
mod user_token;
