//! Sessions, by the hash of their id.

use sqlx::Row;

use super::{Conn, StoreError};

/// A session to store. Times are milliseconds since 1970.
pub(crate) struct NewSession<'a> {
    pub(crate) id_hash: &'a str,
    pub(crate) user_id: &'a str,
    pub(crate) authenticator_id: &'a str,
    pub(crate) now: i64,
    pub(crate) expires_at: i64,
}

/// A session together with the person it belongs to, as a request needs them.
#[derive(Clone, Debug)]
pub(crate) struct SessionRow {
    pub(crate) user_id: String,
    pub(crate) username: String,
    pub(crate) nickname: String,
    pub(crate) authenticator_id: String,
    pub(crate) created_at: i64,
    pub(crate) seen_at: i64,
    pub(crate) expires_at: i64,
    /// Role names, separated by commas.
    pub(crate) roles: String,
}

pub(crate) async fn insert(conn: &mut Conn, session: &NewSession<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (id_hash, user_id, authenticator_id, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $4, $5)",
    )
    .bind(session.id_hash)
    .bind(session.user_id)
    .bind(session.authenticator_id)
    .bind(session.now)
    .bind(session.expires_at)
    .execute(conn)
    .await?;
    Ok(())
}

/// The session, if it exists and its user may use it.
pub(crate) async fn find(conn: &mut Conn, id_hash: &str) -> Result<Option<SessionRow>, StoreError> {
    let row = sqlx::query(
        "SELECT u.id, u.username, u.nickname, s.authenticator_id, s.created_at, s.seen_at, s.expires_at, r.role
         FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN user_roles r ON r.user_id = u.id
         WHERE s.id_hash = $1 AND u.disabled = 0",
    )
    .bind(id_hash)
    .fetch_all(conn)
    .await?;
    let Some(first) = row.first() else { return Ok(None) };
    let roles: Vec<String> = row.iter().filter_map(|row| row.try_get(7).ok()).collect();
    Ok(Some(SessionRow {
        user_id: first.try_get(0)?,
        username: first.try_get(1)?,
        nickname: first.try_get(2)?,
        authenticator_id: first.try_get(3)?,
        created_at: first.try_get(4)?,
        seen_at: first.try_get(5)?,
        expires_at: first.try_get(6)?,
        roles: roles.join(","),
    }))
}

/// Whose session one is.
pub(crate) struct Owner {
    pub(crate) user_id: String,
    /// The key of the person whom a provider's client named beside this session; empty if nobody was kept.
    pub(crate) client_key: String,
}

/// Whose session it is, if there is one.
pub(crate) async fn owner(conn: &mut Conn, id_hash: &str) -> Result<Option<Owner>, StoreError> {
    let row = sqlx::query("SELECT user_id, client_key FROM sessions WHERE id_hash = $1")
        .bind(id_hash)
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Owner { user_id: row.try_get(0)?, client_key: row.try_get(1)? }))
}

/// Keeps the key of the person whom the provider's client names beside this session.
pub(crate) async fn keep_client_key(conn: &mut Conn, id_hash: &str, key: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET client_key = $2 WHERE id_hash = $1").bind(id_hash).bind(key).execute(conn).await?;
    Ok(())
}

/// Notes that the session was used.
pub(crate) async fn touch(conn: &mut Conn, id_hash: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET seen_at = $2 WHERE id_hash = $1 AND seen_at < $2")
        .bind(id_hash)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends one session.
pub(crate) async fn delete(conn: &mut Conn, id_hash: &str) -> Result<u64, StoreError> {
    Ok(sqlx::query("DELETE FROM sessions WHERE id_hash = $1").bind(id_hash).execute(conn).await?.rows_affected())
}

/// Ends every session of a user, except the one with the hash `keep`.
pub(crate) async fn delete_of_user(conn: &mut Conn, user_id: &str, keep: &str) -> Result<u64, StoreError> {
    let done = sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND id_hash <> $2")
        .bind(user_id)
        .bind(keep)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// Ends the sessions of a user that began at one authenticator.
pub(crate) async fn delete_of_user_at(
    conn: &mut Conn,
    user_id: &str,
    authenticator_id: &str,
) -> Result<u64, StoreError> {
    let done = sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND authenticator_id = $2")
        .bind(user_id)
        .bind(authenticator_id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// Removes sessions that are over.
pub(crate) async fn sweep(conn: &mut Conn, now: i64, idle_since: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE expires_at < $1 OR seen_at < $2")
        .bind(now)
        .bind(idle_since)
        .execute(conn)
        .await?;
    Ok(())
}
