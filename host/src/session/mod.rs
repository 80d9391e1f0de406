//! What the browser holds after a sign-in: a cookie with 256 random bits, of which we store the hash.
//!
//! [`open`] is the only function that makes a session, and it takes an [`Admitted`](crate::signin::Admitted), which
//! only a completed sign-in produces. Every later request passes [`guard`].

pub(crate) mod cookie;
pub(crate) mod guard;

use axum::response::Response;
use plugin_api::Channel;
use serde_json::{Value, json};

use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::ids::Token;
use crate::signin::Admitted;
use crate::store::revisions::{self, Topic};
use crate::store::sessions::{self, NewSession};
use crate::store::{Conn, StoreError};
use crate::web::peer::Caller;
use crate::web::preferences::with_cookie;

/// The authenticator id of sessions that began with a password; it is also that authenticator's uid.
pub(crate) const PASSWORD: &str = "password";

/// The session of somebody who was just admitted.
pub(crate) struct Session {
    /// The id, if the session was just made; it exists here and in the browser only.
    id: Option<Token>,
    id_hash: String,
}

impl Session {
    /// The response with the session's cookie, unless the browser has it already.
    pub(crate) fn on(&self, response: Response) -> Response {
        match &self.id {
            Some(id) => with_cookie(response, &cookie::set(cookie::SESSION, id.text(), None)),
            None => response,
        }
    }

    /// Whether it was just made; else it is the one that the browser had.
    pub(crate) fn is_new(&self) -> bool {
        self.id.is_some()
    }

    /// The hash of its id.
    pub(crate) fn id_hash(&self) -> &str {
        &self.id_hash
    }
}

/// How long sessions last, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Without a request.
    pub(crate) idle: i64,
    /// Since the sign-in.
    pub(crate) absolute: i64,
}

/// Makes the session of an admitted person, and ends the one that the browser presented before, whoever's it was.
///
/// Only inside a provider's client, where people are admitted again at every entry, a session of the same person stays.
pub(crate) async fn open(
    conn: &mut Conn,
    id: Token,
    admitted: &Admitted,
    caller: &Caller,
    now: i64,
    limits: Limits,
) -> Result<Session, Failure> {
    let mut client_key = String::new();
    if let Some(old) = &caller.presented {
        let owner = sessions::owner(conn, old).await?;
        if let Some(same) = owner.filter(|owner| owner.user_id == admitted.user_id()) {
            if caller.channel == Some(Channel::Client) {
                return Ok(Session { id: None, id_hash: old.clone() });
            }
            client_key = same.client_key;
        }
        end(conn, old).await?;
    }
    let id_hash = id.hash();
    let row = NewSession {
        id_hash: &id_hash,
        user_id: admitted.user_id(),
        authenticator_id: admitted.authenticator_id(),
        now,
        expires_at: now.saturating_add(limits.absolute),
    };
    sessions::insert(conn, &row).await?;
    if !client_key.is_empty() {
        sessions::keep_client_key(conn, &id_hash, &client_key).await?;
    }
    Ok(Session { id: Some(id), id_hash })
}

/// The session that is there, as that of somebody who may go on.
pub(crate) fn stay(visit: &guard::Visit) -> Session {
    Session { id: None, id_hash: visit.id_hash.clone() }
}

/// Signs somebody out.
pub(crate) async fn leave(app: &App, visit: &guard::Visit) -> Result<(), Failure> {
    part(app, visit, json!({})).await
}

/// Ends the session because a provider's client named somebody else.
pub(crate) async fn give_way(app: &App, visit: &guard::Visit) -> Result<(), Failure> {
    part(app, visit, json!({"channel": Channel::Client})).await
}

async fn part(app: &App, visit: &guard::Visit, detail: Value) -> Result<(), Failure> {
    let (inner, id_hash, user_id) = (app.clone(), visit.id_hash.clone(), visit.user_id.clone());
    app.store
        .write(move |conn| {
            Box::pin(async move {
                end(conn, &id_hash).await?;
                audit::insert(conn, &inner, Entry::new("session.ended").actor(&user_id).detail(detail)).await
            })
        })
        .await?;
    app.guard.forget_all();
    Ok(())
}

/// Ends one session, by the hash of its id.
pub(crate) async fn end(conn: &mut Conn, id_hash: &str) -> Result<(), StoreError> {
    if sessions::delete(conn, id_hash).await? > 0 {
        revisions::raise(conn, Topic::Sessions).await?;
    }
    Ok(())
}
