//! Users: who they are, what they may do, how they prove it.

mod claims;
mod draft;
pub(crate) mod first;
pub mod form_page;
pub(crate) mod handlers;
pub(crate) mod links;
pub(crate) mod names;
pub(crate) mod newcomer;
pub(crate) mod own_password;
pub mod page;
pub(crate) mod passwords;
pub(crate) mod refresh;
pub(crate) mod service;
