//! The journal: every sign-in and every administrative change, written in the same transaction as the change.

pub(crate) mod handlers;
pub mod page;

use serde_json::{Value, json};

use crate::app::App;
use crate::failure::Failure;
use crate::ids;
use crate::store::Conn;
use crate::store::journal::{self, JournalRow};

/// An entry to be written.
pub(crate) struct Entry {
    kind: &'static str,
    outcome: &'static str,
    actor: Option<String>,
    subject: Option<String>,
    reference: Option<String>,
    detail: Value,
}

impl Entry {
    /// Something of the kind `kind` succeeded, for example `authenticator.created`.
    pub(crate) fn new(kind: &'static str) -> Self {
        Self { kind, outcome: "done", actor: None, subject: None, reference: None, detail: json!({}) }
    }

    /// It was refused.
    pub(crate) fn refused(mut self) -> Self {
        self.outcome = "refused";
        self
    }

    /// Whose doing it was: a user's id.
    pub(crate) fn actor(mut self, user_id: &str) -> Self {
        self.actor = Some(user_id.to_owned());
        self
    }

    /// What it was done to: an authenticator's uid, a plug-in's id, a user's name.
    pub(crate) fn subject(mut self, name: &str) -> Self {
        self.subject = Some(name.to_owned());
        self
    }

    /// The code that the person was shown.
    pub(crate) fn reference(mut self, code: &str) -> Self {
        self.reference = Some(code.to_owned());
        self
    }

    /// More about it: a JSON object without secrets, codes, tokens, passwords or telephone numbers.
    pub(crate) fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}

/// Writes an entry as part of a transaction.
pub(crate) async fn insert(conn: &mut Conn, app: &App, entry: Entry) -> Result<(), Failure> {
    let row = JournalRow {
        id: ids::row_id(&*app.clock, &*app.entropy),
        at: app.clock.now_ms(),
        kind: entry.kind.into(),
        outcome: entry.outcome.into(),
        actor: entry.actor,
        actor_name: None,
        subject: entry.subject,
        reference: entry.reference,
        detail: entry.detail.to_string(),
    };
    Ok(journal::insert(conn, &row).await?)
}

/// Writes an entry by itself: something was refused, and there is no change to go with it.
pub(crate) async fn record(app: &App, entry: Entry) -> Result<(), Failure> {
    let app = app.clone();
    let store = app.store.clone();
    store.write(move |conn| Box::pin(async move { insert(conn, &app, entry).await })).await
}
