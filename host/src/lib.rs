//! Gatehouse: the front door of an admin platform. People sign in, administrators decide how.
//!
//! `ARCHITECTURE.md` at the top of the repository draws the map; [`signin`] tells the story of a sign-in.

pub(crate) mod api;
pub mod app;
pub(crate) mod audit;
pub(crate) mod authenticators;
pub mod cli;
pub mod clock;
pub mod config;
pub mod failure;
pub(crate) mod follow;
pub(crate) mod home;
pub(crate) mod ids;
pub(crate) mod keys;
pub(crate) mod kit;
pub(crate) mod metrics;
pub(crate) mod outage;
pub mod outbound;
pub mod plugins;
pub(crate) mod session;
pub(crate) mod signin;
pub(crate) mod store;
pub(crate) mod ui;
pub(crate) mod urls;
pub(crate) mod users;
pub mod vault;
pub(crate) mod web;

pub use web::server;
