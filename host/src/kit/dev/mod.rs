//! `gatehouse plugin dev`: from a change of the source to a library, again and again.
//!
//! [`watch`] finds out that something changed, [`build`] lets cargo build. What becomes of the library is the
//! command's business: it walks the same way as any package.

mod build;
mod watch;

pub(crate) use build::{Trouble, build};
pub(crate) use watch::Watch;
