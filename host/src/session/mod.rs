//! What the browser holds after a sign-in: a cookie with 256 random bits, of which we store the hash.
//!
//! [`open`] is the only function that makes a session, and it takes an [`Admitted`](crate::signin::Admitted), which
//! only a completed sign-in produces. Every later request passes [`guard`].

pub(crate) mod cookie;
pub(crate) mod guard;

use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::ids::Token;
use crate::signin::Admitted;
use crate::store::revisions::{self, Topic};
use crate::store::sessions::{self, NewSession};
use crate::store::{Conn, StoreError};

/// The authenticator id of sessions that began with a password; it is also that authenticator's uid.
pub(crate) const PASSWORD: &str = "password";

/// A session that was just made; the id exists here and in the browser only.
pub(crate) struct Session {
    pub(crate) id: Token,
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
pub(crate) async fn open(
    conn: &mut Conn,
    id: Token,
    admitted: &Admitted,
    presented: Option<&str>,
    now: i64,
    limits: Limits,
) -> Result<Session, Failure> {
    if let Some(old) = presented {
        end(conn, old).await?;
    }
    let row = NewSession {
        id_hash: &id.hash(),
        user_id: admitted.user_id(),
        authenticator_id: admitted.authenticator_id(),
        now,
        expires_at: now.saturating_add(limits.absolute),
    };
    sessions::insert(conn, &row).await?;
    Ok(Session { id })
}

/// Signs somebody out.
pub(crate) async fn leave(app: &App, visit: &guard::Visit) -> Result<(), Failure> {
    let (inner, id_hash, user_id) = (app.clone(), visit.id_hash.clone(), visit.user_id.clone());
    app.store
        .write(move |conn| {
            Box::pin(async move {
                end(conn, &id_hash).await?;
                audit::insert(conn, &inner, Entry::new("session.ended").actor(&user_id)).await
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
