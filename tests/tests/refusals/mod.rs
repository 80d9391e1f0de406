//! The table of refusals: each row is one way in which a sign-in can go wrong, played over HTTP in both languages.
//!
//! Of every row [`stage`] asserts the status, title and sentence, the reference code in page, journal and log, that
//! nobody was created, linked or signed in, how often the provider was asked, and that neither page nor journal nor
//! log tells the secret, the code, the state, the cookie or the telephone number. A new attack is a new row.

mod callback;
mod changes;
mod people;
mod provider;
mod stage;
pub mod told;

/// Rows: `name: what the person is told, (token requests, profile requests), what happens`.
macro_rules! rows {
    ($($(#[$about:meta])* $name:ident: $told:expr, $calls:expr, $provoke:expr;)*) => {$(
        $(#[$about])*
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            crate::refusals::stage::refuses(&$told, $calls, $provoke).await;
        }
    )*};
}
use rows;
