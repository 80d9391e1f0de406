//! The product, from outside.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod refusals;
mod identity;
mod sessions;
mod web;
