//! The product, from outside.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod identity;
mod refusals;
mod secrets;
mod sessions;
mod web;
