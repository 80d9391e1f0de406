//! The kit of whoever writes a plug-in: a crate to begin with ([`new`]), the list that every plug-in has to pass and
//! its form as people will see it ([`check`]), and the short way from a change to a running host ([`dev`]).
//!
//! The kit is for the author's own machine. It runs the author's code with the author's rights; only what would take
//! this process along happens in another one.

pub mod check;
pub(crate) mod dev;
mod lock;
mod name;
pub(crate) mod new;
mod sdk;
mod template;

pub(crate) use name::Name;
