//! The plug-in as its host sees it: settings, queries and wire bodies in, addresses, identities and faults out.
//!
//! The bodies are shapes that DingTalk documents or was seen to send; identifiers, numbers and tokens are made up.
#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

mod authorize;
mod backoff;
mod callback;
mod catalogue;
mod client;
mod conformance;
mod doctor;
mod explained;
mod former;
mod keys;
mod membership;
mod profile;
mod refusals;
mod secrecy;
mod sign_in;
mod support;
mod tokens;
