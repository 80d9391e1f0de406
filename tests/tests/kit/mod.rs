//! The author's kit: a new crate, the list with the form, and the guide that leads from nothing to a sign-in.

mod check;
mod guide;
mod new;
