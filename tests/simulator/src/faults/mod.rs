//! Misbehaviour on demand: what to do wrong, for which endpoint, how often.

mod barrier;
mod callback;
mod fault;
mod plan;
mod preset;

pub use barrier::Barrier;
pub(crate) use barrier::Barriers;
pub(crate) use callback::CallbackPlan;
pub use callback::{CallbackFault, Mutation};
pub use fault::{Fault, Reset};
pub(crate) use plan::{FaultPlan, Planned};
pub use preset::Preset;
