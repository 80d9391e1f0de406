//! People whom a provider named and whom nobody here is yet, until somebody confirms that they are the same person.

use sqlx::any::AnyRow;
use sqlx::{Row, query};

use super::{Conn, StoreError};

/// A person whom a provider named. `token_hash` is SHA-256 in hex; the token itself is only in the browser's cookie.
pub(crate) struct PendingLinkRow {
    pub(crate) token_hash: String,
    pub(crate) authenticator_id: String,
    /// The session that may confirm; empty until a sign-in in the same browser claims it.
    pub(crate) session_hash: String,
    /// Sealed: the identity.
    pub(crate) sealed: String,
    pub(crate) expires_at: i64,
}

fn pending(row: &AnyRow) -> Result<PendingLinkRow, StoreError> {
    Ok(PendingLinkRow {
        token_hash: row.try_get(0)?,
        authenticator_id: row.try_get(1)?,
        session_hash: row.try_get(2)?,
        sealed: row.try_get(3)?,
        expires_at: row.try_get(4)?,
    })
}

pub(crate) async fn insert(conn: &mut Conn, link: &PendingLinkRow) -> Result<(), StoreError> {
    query(
        "INSERT INTO pending_links (token_hash, authenticator_id, session_hash, sealed, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&link.token_hash)
    .bind(&link.authenticator_id)
    .bind(&link.session_hash)
    .bind(&link.sealed)
    .bind(link.expires_at)
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives what no session has claimed yet to `session_hash`: whoever is first is the only one.
pub(crate) async fn claim(
    conn: &mut Conn,
    token_hash: &str,
    session_hash: &str,
    now: i64,
) -> Result<Option<PendingLinkRow>, StoreError> {
    let row = query(
        "UPDATE pending_links SET session_hash = $2
         WHERE token_hash = $1 AND session_hash = '' AND expires_at >= $3
         RETURNING token_hash, authenticator_id, session_hash, sealed, expires_at",
    )
    .bind(token_hash)
    .bind(session_hash)
    .bind(now)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(pending).transpose()
}

/// What `session_hash` may confirm.
pub(crate) async fn find(
    conn: &mut Conn,
    token_hash: &str,
    session_hash: &str,
    now: i64,
) -> Result<Option<PendingLinkRow>, StoreError> {
    let row = query(
        "SELECT token_hash, authenticator_id, session_hash, sealed, expires_at FROM pending_links
         WHERE token_hash = $1 AND session_hash = $2 AND expires_at >= $3",
    )
    .bind(token_hash)
    .bind(session_hash)
    .bind(now)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(pending).transpose()
}

/// Takes out what `session_hash` may confirm: whoever gets the row is the only one who ever will.
pub(crate) async fn take(
    conn: &mut Conn,
    token_hash: &str,
    session_hash: &str,
    now: i64,
) -> Result<Option<PendingLinkRow>, StoreError> {
    let row = query(
        "DELETE FROM pending_links WHERE token_hash = $1 AND session_hash = $2 AND expires_at >= $3
         RETURNING token_hash, authenticator_id, session_hash, sealed, expires_at",
    )
    .bind(token_hash)
    .bind(session_hash)
    .bind(now)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(pending).transpose()
}

/// Removes what nobody can confirm any more.
pub(crate) async fn sweep(conn: &mut Conn, now: i64) -> Result<(), StoreError> {
    query("DELETE FROM pending_links WHERE expires_at < $1").bind(now).execute(conn).await?;
    Ok(())
}
