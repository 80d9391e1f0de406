//! The product, from outside.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod browser;
mod cli;
mod forms;
mod identity;
mod invariants;
mod misbehaving;
mod refusals;
mod secrets;
mod sessions;
mod story;
mod surface;
mod web;
