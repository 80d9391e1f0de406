//! One try to sign in, from the click to the callback.
//!
//! The state that travels and the cookie that stays are 256 random bits each; the database holds their hashes. The
//! settings that the attempt began with are kept with it, sealed, so that it ends with what it began with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ui_schema::Language;

use super::Refused;
use super::refusal::Refusal;
use crate::app::App;
use crate::failure::Failure;
use crate::ids::{self, Token};
use crate::session::cookie;
use crate::store::attempts::{self, AttemptRow};

/// How long a person may take at the provider, in milliseconds.
pub(crate) const LIFETIME: i64 = 10 * 60 * 1000;

/// What a person goes to the provider for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To get a session.
    SignIn,
    /// To link the account of the session with this hash; only that session can end it.
    Link(String),
    /// To see what a sign-in would come to; only the administrator's session with this hash can end it.
    Rehearsal(String),
}

impl Purpose {
    fn columns(self) -> (&'static str, String) {
        match self {
            Self::SignIn => ("sign-in", String::new()),
            Self::Link(session) => ("link", session),
            Self::Rehearsal(session) => ("rehearsal", session),
        }
    }

    fn of_columns(purpose: &str, session: String) -> Option<Self> {
        match purpose {
            "sign-in" => Some(Self::SignIn),
            "link" => Some(Self::Link(session)),
            "rehearsal" => Some(Self::Rehearsal(session)),
            _ => None,
        }
    }
}

/// What an attempt remembers of its beginning.
pub(crate) struct Attempt {
    pub(crate) purpose: Purpose,
    pub(crate) authenticator_id: String,
    pub(crate) snapshot: Snapshot,
    pub(crate) redirect: String,
    pub(crate) language: Language,
}

/// The settings that the attempt began with, and the plug-in's memo.
#[derive(Serialize, Deserialize)]
pub(crate) struct Snapshot {
    /// Settings with the secrets in clear; the whole snapshot is sealed.
    pub(crate) settings: Value,
    /// The same without secrets and without the choices that concern the decision only: if these change, the attempt
    /// ends.
    pub(crate) fingerprint: Value,
    memo: String,
}

impl Snapshot {
    pub(crate) fn new(settings: Value, fingerprint: Value, memo: &[u8]) -> Self {
        Self { settings, fingerprint, memo: BASE64.encode(memo) }
    }

    pub(crate) fn memo(&self) -> Vec<u8> {
        BASE64.decode(&self.memo).unwrap_or_default()
    }
}

/// An attempt that this browser began, within its time, taken out for good.
pub(crate) struct Redeemed {
    pub(crate) attempt: Attempt,
}

impl Attempt {
    /// Stores the attempt under `state` and returns the cookie that ties it to the browser.
    pub(crate) async fn keep(self, app: &App, state: &Token) -> Result<String, Failure> {
        let browser = Token::new(&*app.entropy);
        let state_hash = state.hash();
        let snapshot = serde_json::to_vec(&self.snapshot)?;
        let sealed = app.vault.seal(&*app.entropy, &place(&state_hash), &snapshot)?;
        let (purpose, session_hash) = self.purpose.columns();
        let row = AttemptRow {
            purpose: purpose.to_owned(),
            session_hash,
            browser_hash: browser.hash(),
            authenticator_id: self.authenticator_id,
            snapshot: format!("{}:{}", sealed.key_id, sealed.text),
            redirect: self.redirect,
            language: self.language.tag().into(),
            expires_at: app.clock.now_ms().saturating_add(LIFETIME),
            state_hash,
        };
        let cookie = cookie::set(&cookie_name(&row.state_hash), browser.text(), Some(LIFETIME / 1000));
        app.store
            .write_one(move |conn| Box::pin(async move { Ok::<_, Failure>(attempts::insert(conn, &row).await?) }))
            .await?;
        Ok(cookie)
    }
}

impl Redeemed {
    /// Takes the attempt of `state` out, if the cookies say that it began in this browser. Whatever happens later, it
    /// cannot be taken out again.
    pub(crate) async fn take(app: &App, headers: &http::HeaderMap, state: &str) -> Result<Self, Refused> {
        let state_hash = ids::hash_of_presented(state).ok_or(Refusal::AttemptUnknown)?;
        let browser = cookie::read(headers, &cookie_name(&state_hash)).unwrap_or_default();
        let browser_hash = ids::hash_of_presented(browser).ok_or(Refusal::AttemptUnknown)?;
        let row = app
            .store
            .write_one(move |conn| {
                Box::pin(async move { Ok::<_, Failure>(attempts::take(conn, &state_hash, &browser_hash).await?) })
            })
            .await?
            .ok_or(Refusal::AttemptUnknown)?;
        if app.clock.now_ms() > row.expires_at {
            return Err(Refusal::AttemptExpired.into());
        }
        Ok(Self { attempt: opened(app, row)? })
    }
}

/// The name of the cookie of one attempt.
pub(crate) fn cookie_name(state_hash: &str) -> String {
    format!("{}{}", cookie::ATTEMPT, state_hash.get(..12).unwrap_or(state_hash))
}

/// Whether a cookie's name is one of [`cookie_name`].
pub(crate) fn is_cookie_name(name: &str) -> bool {
    name.strip_prefix(cookie::ATTEMPT)
        .is_some_and(|rest| rest.len() == 12 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn opened(app: &App, row: AttemptRow) -> Result<Attempt, Failure> {
    let (key_id, sealed) =
        row.snapshot.split_once(':').ok_or_else(|| Failure::new("a stored attempt has no key id"))?;
    let snapshot = app.vault.open(&place(&row.state_hash), key_id, sealed)?;
    let purpose = Purpose::of_columns(&row.purpose, row.session_hash)
        .ok_or_else(|| Failure::new("a stored attempt has an unknown purpose"))?;
    Ok(Attempt {
        purpose,
        authenticator_id: row.authenticator_id,
        snapshot: serde_json::from_slice(&snapshot)?,
        redirect: row.redirect,
        language: Language::from_tag(&row.language).unwrap_or_default(),
    })
}

fn place(state_hash: &str) -> String {
    format!("attempts/{state_hash}/snapshot")
}
