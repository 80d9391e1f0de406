//! What a monitoring system reads at `/metrics`: how the legs to other servers fare, by which ways people come in,
//! and which plug-ins run.
//!
//! [`exposition`] knows the text format, [`collect`] what there is to tell, [`handlers`] who may read it. Everything
//! comes from memory, so that it can be read while the database is away, and speaks of this process only. Labels name
//! authenticators, legs and servers; nothing here is about a person.

mod collect;
mod exposition;
pub(crate) mod handlers;
mod sign_ins;
mod token;

pub(crate) use sign_ins::SignIns;

use crate::config::{Config, ConfigError};
use token::ReadingToken;

/// What is counted nowhere else, and the token of whoever may read it.
pub(crate) struct Metrics {
    /// How sign-ins ended.
    pub(crate) sign_ins: SignIns,
    token: Option<ReadingToken>,
    started_ms: i64,
}

impl Metrics {
    /// Counters that begin now.
    ///
    /// # Errors
    /// When the file with the token is missing, can be read by others, or holds no good token.
    pub(crate) fn open(config: &Config, now_ms: i64) -> Result<Self, ConfigError> {
        let token = config.metrics_token_file.as_deref().map(ReadingToken::from_file).transpose()?;
        Ok(Self { sign_ins: SignIns::default(), token, started_ms: now_ms })
    }

    /// Whether this is the token of the configuration; without one there, nothing is.
    fn admits(&self, presented: &str) -> bool {
        self.token.as_ref().is_some_and(|token| token.is(presented))
    }
}
