//! What every request and every response have in common.

pub(crate) mod gate;
pub(crate) mod packed;
pub(crate) mod peer;
pub(crate) mod policy;
pub(crate) mod preferences;
pub(crate) mod problem;
pub mod server;
pub(crate) mod visitor;
