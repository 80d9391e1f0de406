//! The page of the person who is signed in.

pub(crate) mod handlers;
pub mod page;
mod ways;
