//! The plug-in against a provider that is a closure and signs real tokens.
#![expect(clippy::unwrap_used, reason = "whatever goes wrong in a test is a failure")]

mod callback;
mod conformance;
mod doctor;
mod forged;
mod provider;
mod sign_in;
