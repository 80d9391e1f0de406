//! The product, from outside.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod browser;
mod cli;
mod client;
mod explained;
mod faults;
mod forms;
mod identity;
mod invariants;
mod keys;
mod kit;
mod linking;
mod matching;
mod misbehaving;
mod operating;
mod outage;
mod packages;
mod refusals;
mod releases;
mod secrets;
mod sessions;
mod story;
mod surface;
mod vendored;
mod web;
