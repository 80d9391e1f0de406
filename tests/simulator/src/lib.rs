//! A strict simulator of the part of DingTalk that a sign-in needs, on loopback.
//!
//! A [`Scenario`] says who exists: organisations, apps, people. [`Simulator::start`] puts them behind one port that
//! answers as DingTalk's three hosts do: the authorize page of `login.`, the "new" API of `api.` and the "legacy" API
//! of `oapi.`. What the real service refuses is refused here with the same status, body, key order and content type;
//! where its behaviour is not known, a [`Quirks`] switch says which way the simulator goes.
//!
//! A request travels straight down: `serve` (the socket) → `front` (count, fault, record) → `login`, `api` or `oapi`
//! (the answer) → `world` (codes, tokens, clock, people). Beside it, `control` is the simulator's own interface under
//! `/_sim/`, which does over HTTP what the methods of [`Simulator`] do in-process.
//!
//! The simulator listens on loopback addresses only, and refuses to start anywhere else: its people can be signed in
//! by anybody who reaches it.

mod api;
mod control;
mod endpoint;
mod faults;
mod front;
mod login;
mod oapi;
mod pages;
mod records;
mod scenario;
mod serve;
mod simulator;
mod world;

pub use endpoint::{Endpoint, Family};
pub use faults::{Barrier, CallbackFault, Fault, Mutation, Preset, Reset};
pub use records::{Counters, RecordedRequest};
pub use scenario::{
    App, ContactType, DepartmentSeat, ExclusiveAccount, ExclusiveKind, Membership, Note, Organisation, Permission,
    Person, Phone, Quirks, Role, Scenario, ScenarioError,
};
pub use simulator::{Simulator, StartError};
pub use world::{CodeKind, EditError};
