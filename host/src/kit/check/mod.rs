//! `gatehouse plugin check`: what can be said of a library without its provider.
//!
//! The library is opened in a child process ([`child`]), which goes through the list of the contract with settings that
//! fit the form ([`samples`]) and a provider that always fails ([`judge`]); this process only listens ([`trial`]) and
//! draws the form as people will see it ([`drawing`]). Rules that need a provider which behaves are for the plug-in's
//! own tests, and said to be not tried.

mod child;
pub(crate) mod drawing;
mod judge;
mod samples;
mod trial;

use plugin_api::AuthenticatorType;
use serde::{Deserialize, Serialize};

pub use child::child_main;
pub(crate) use trial::{Trouble, examine};

/// The hidden subcommand of the child.
pub const SUBCOMMAND: &str = "check-plugin";

/// What came of the list.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Examination {
    /// Every rule, in the order of the list.
    pub(crate) rules: Vec<Judged>,
    /// How many calls were made.
    pub(crate) calls: usize,
    /// Fields for which there were no fitting settings.
    pub(crate) unfilled: Vec<String>,
    /// What the plug-in registers.
    pub(crate) types: Vec<AuthenticatorType>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Judged {
    /// Its name, for example `authorize-url`.
    pub(crate) rule: String,
    /// The rule as a sentence.
    pub(crate) sentence: String,
    /// Whether it is kept.
    pub(crate) outcome: Outcome,
    /// What broke it, or why it was not tried.
    pub(crate) said: Vec<String>,
}

/// Whether a rule is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// It is.
    Ok,
    /// That takes a provider.
    NotTried,
    /// It is not.
    Failed,
}

impl Examination {
    /// How many rules ended so.
    pub(crate) fn count(&self, outcome: Outcome) -> usize {
        self.rules.iter().filter(|judged| judged.outcome == outcome).count()
    }
}
