//! The table of faults: everything that can go wrong at DingTalk in a sign-in where only members may come in, and what
//! a few oddities come to that are no faults.
//!
//! Of every row [`stage`] asserts four things: what the person sees, what the administrator sees under the reference
//! code (in both languages), what was called at DingTalk and how often, and what was written. A new fault is a new row.

mod callback;
mod client;
mod member;
mod people;
mod stage;
mod together;
mod web;

/// Rows: `name: who signs in by which way, what it comes to, what was called, DingTalk's code, what goes wrong`.
macro_rules! rows {
    ($($(#[$about:meta])* $name:ident: $way:ident $person:literal, $end:expr, $calls:literal, $code:literal, $wrong:expr;)*) => {$(
        $(#[$about])*
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            use crate::faults::stage::{Row, Way, plays};
            plays(Row { way: Way::$way, person: $person, end: $end, calls: $calls, code: $code, wrong: $wrong }).await;
        }
    )*};
}
use rows;
