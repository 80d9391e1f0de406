//! Attempts to sign in: one row from the click to the callback.

use sqlx::Row;

use super::{Conn, StoreError};

/// A stored attempt. `state_hash` and `browser_hash` are SHA-256 in hex; the values themselves are only with the
/// browser and the provider.
pub(crate) struct AttemptRow {
    pub(crate) state_hash: String,
    pub(crate) browser_hash: String,
    pub(crate) authenticator_id: String,
    /// Sealed: settings, memo.
    pub(crate) snapshot: String,
    pub(crate) redirect: String,
    pub(crate) language: String,
    pub(crate) expires_at: i64,
    /// `sign-in`, `link` or `rehearsal`.
    pub(crate) purpose: String,
    /// The session that a link or a rehearsal belongs to; empty for a sign-in.
    pub(crate) session_hash: String,
}

pub(crate) async fn insert(conn: &mut Conn, attempt: &AttemptRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO attempts (state_hash, browser_hash, authenticator_id, snapshot, redirect, language, expires_at,
             purpose, session_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&attempt.state_hash)
    .bind(&attempt.browser_hash)
    .bind(&attempt.authenticator_id)
    .bind(&attempt.snapshot)
    .bind(&attempt.redirect)
    .bind(&attempt.language)
    .bind(attempt.expires_at)
    .bind(&attempt.purpose)
    .bind(&attempt.session_hash)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes the attempt out: whoever gets the row is the only one who ever will.
pub(crate) async fn take(
    conn: &mut Conn,
    state_hash: &str,
    browser_hash: &str,
) -> Result<Option<AttemptRow>, StoreError> {
    let row = sqlx::query(
        "DELETE FROM attempts WHERE state_hash = $1 AND browser_hash = $2
         RETURNING authenticator_id, snapshot, redirect, language, expires_at, purpose, session_hash",
    )
    .bind(state_hash)
    .bind(browser_hash)
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(AttemptRow {
        state_hash: state_hash.to_owned(),
        browser_hash: browser_hash.to_owned(),
        authenticator_id: row.try_get(0)?,
        snapshot: row.try_get(1)?,
        redirect: row.try_get(2)?,
        language: row.try_get(3)?,
        expires_at: row.try_get(4)?,
        purpose: row.try_get(5)?,
        session_hash: row.try_get(6)?,
    }))
}

/// Removes attempts that nobody can finish any more.
pub(crate) async fn sweep(conn: &mut Conn, now: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM attempts WHERE expires_at < $1").bind(now).execute(conn).await?;
    Ok(())
}
