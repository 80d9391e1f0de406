//! Secrets that an administrator typed, carried through a question.
//!
//! When a form is answered with a question instead of being saved, what was typed into it is shown again, except
//! secrets. They travel to the browser and back sealed: only this host can open them, only for the session and the form
//! they were typed in, and only for a few minutes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::failure::Failure;

/// How long somebody may think about the question, in milliseconds.
const LIFETIME: i64 = 10 * 60 * 1000;
/// The sealed text tells no more about the length of the secrets than how many times they fill this, in bytes.
const BLOCK: usize = 1024;

/// Field by field, in clear.
pub(super) type Secrets = BTreeMap<String, String>;

/// Typed secrets on their way.
pub(super) struct Carried {
    /// Names of their fields.
    pub(super) fields: Vec<String>,
    pub(super) sealed: String,
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Parcel {
    until: i64,
    secrets: Secrets,
    /// Fills the block.
    rest: String,
}

/// Seals `secrets`; `place` names session and form.
pub(super) fn seal(app: &App, place: &str, secrets: Secrets) -> Result<String, Failure> {
    let until = app.clock.now_ms().saturating_add(LIFETIME);
    let mut parcel = Parcel { until, secrets, rest: String::new() };
    let length = serde_json::to_vec(&parcel)?.len();
    parcel.rest = " ".repeat(length.next_multiple_of(BLOCK) - length);
    let sealed = app.vault.seal(&*app.entropy, place, &serde_json::to_vec(&parcel)?)?;
    Ok(format!("{}:{}", sealed.key_id, sealed.text))
}

/// Opens what [`seal`] sealed for the same `place`, while there is time.
pub(super) fn open(app: &App, place: &str, text: &str) -> Option<Secrets> {
    let (key_id, sealed) = text.split_once(':')?;
    let clear = app.vault.open(place, key_id, sealed).ok()?;
    let parcel: Parcel = serde_json::from_slice(&clear).ok()?;
    (app.clock.now_ms() <= parcel.until).then_some(parcel.secrets)
}

/// Where the secrets of a form belong: to the session that typed them, and to an authenticator or a new one of a type.
pub(super) fn place(session_hash: &str, form: &str) -> String {
    format!("authenticators/typed/{session_hash}/{form}")
}
