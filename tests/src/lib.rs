//! What the tests share: a host with its simulator, a browser-like client, pages as a person reads them, the log.
//!
//! [`World::new`] starts a host on loopback and a DingTalk simulator beside it, both inside the test's process, with a
//! clock that only the test moves. [`World::signing_in`] also walks an administrator's way: enable the plug-in, add an
//! authenticator, register its Redirect URL. A [`Client`] is one browser: it keeps cookies, says where it comes from,
//! and follows no redirect by itself.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

pub mod chromium;
mod client;
mod cluster;
mod culprit;
mod files;
mod headers;
pub mod hostile;
mod logs;
mod machine;
mod packages;
mod page;
mod postgres;
mod process;
mod raw;
mod world;

pub use client::{Client, Reply};
pub use cluster::{Cluster, eventually};
pub use culprit::{Culprit, altered, keep};
pub use files::{example_plugin, gatehouse_program, plugin_library, simulator_program, skips, wants_pictures};
pub use logs::logged;
pub use machine::{Host, Machine, Outcome};
pub use packages::{KEY_NAME, Signer, package_of};
pub use page::Page;
pub use postgres::Postgres;
pub use process::{Process, refuses_to_start};
pub use raw::raw;
pub use world::{CLIENT_ID, CLIENT_SECRET, CORP_ID, MEMBERS_ONLY, Options, World, upload_body};
