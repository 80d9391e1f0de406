//! Ways to sign in: configured instances of the types that plug-ins register, and the built-in password.

pub(crate) mod assurance;
mod carried;
pub(crate) mod directory;
pub(crate) mod doctor;
pub(crate) mod draft;
pub mod form_page;
pub(crate) mod handlers;
pub(crate) mod one_client;
pub(crate) mod order;
pub mod page;
pub(crate) mod panel;
mod rows;
pub(crate) mod seal;
pub(crate) mod service;
pub(crate) mod view;

/// The type and the uid of the built-in authenticator.
pub(crate) const PASSWORD: &str = crate::session::PASSWORD;
