//! The API against a host of its own, without plug-ins. What plug-ins add is tested from outside.

mod access;
mod bodies;
mod description;
mod house;
mod secrets;
mod stories;
