//! What happened, for tests to look at: how often which endpoint was called, and with what, without the secrets.

mod counters;
mod journal;
mod redact;

pub(crate) use counters::CounterBoard;
pub use counters::Counters;
pub(crate) use journal::Journal;
pub use journal::RecordedRequest;
