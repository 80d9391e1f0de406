//! The path of a sign-in, straight down.
//!
//! A person opens the [sign-in page](page) and clicks a button. [`start`] checks that the authenticator is there,
//! asks its plug-in where to go, and keeps an [`attempt`]: the state that went along (as a hash), the cookie that ties
//! it to this browser (as a hash), what the settings were, where the person wanted to go. Ten minutes later at most
//! the provider sends the person back to [`callback`], which takes the attempt out of the database, so that nobody
//! can come twice, checks the query's grammar, and lets the plug-in turn it into an identity. [`admit`] decides, in
//! one transaction with its journal entry, whose account that is: link, verified phone, sign-up, or a refusal. Out of
//! it comes an [`Admitted`], and only that makes a session. [`password`] is the other way to an `Admitted`.
//!
//! Inside a provider's own client there is no click and no attempt: the client tells a page of ours who is there
//! ([`client`]), and what it says is admitted in the same way.
//!
//! An attempt may also be made to link the account of somebody who is signed in ([`linking`]), or by an administrator who
//! wants to see what a sign-in would come to ([`rehearsal`]). Each refusal leaves an [`explanation`] for administrators.
//!
//! Each step takes the previous step's value, so none can be skipped:
//! `Attempt → Redeemed → Identity → Admitted → Session`. Whatever fails on the way is a [`Refused`]: a
//! [`Refusal`](refusal::Refusal) out of a closed set for the person, and a chain for the log.

pub(crate) mod admit;
pub(crate) mod attempt;
pub(crate) mod callback;
pub mod client;
pub(crate) mod explanation;
pub(crate) mod handlers;
pub(crate) mod linking;
pub(crate) mod outcome;
pub mod page;
pub mod panel;
pub(crate) mod password;
pub(crate) mod phone;
pub(crate) mod policy;
pub(crate) mod redirect;
pub mod refusal;
pub(crate) mod rehearsal;
pub(crate) mod shelf;
pub(crate) mod start;

pub(crate) use admit::Admitted;
pub(crate) use outcome::Refused;
