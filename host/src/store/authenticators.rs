//! Authenticators and their sealed secrets.

use sqlx::any::AnyRow;
use sqlx::{Row, query};

use super::{Conn, StoreError};

/// An authenticator as stored, without its secrets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AuthenticatorRow {
    pub(crate) id: String,
    pub(crate) uid: String,
    pub(crate) kind: String,
    /// Id of the plug-in that registers the type; empty for the built-in one.
    pub(crate) plugin: String,
    pub(crate) title_en: String,
    pub(crate) title_zh: String,
    pub(crate) description_en: String,
    pub(crate) description_zh: String,
    pub(crate) enabled: bool,
    pub(crate) position: i64,
    /// JSON object: what is not secret.
    pub(crate) settings: String,
    /// Which fields of a user a sign-in refreshes: see [`crate::users::refresh::Fields`].
    pub(crate) refresh: String,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

/// One sealed secret.
#[derive(Clone, Debug)]
pub(crate) struct SecretRow {
    pub(crate) authenticator_id: String,
    pub(crate) field: String,
    pub(crate) key_id: String,
    pub(crate) sealed: String,
}

macro_rules! select_authenticators {
    () => {
        "SELECT id, uid, type, title_en, title_zh, description_en, description_zh, enabled, position, settings,
             created_at, updated_at, plugin, refresh FROM authenticators"
    };
}

fn authenticator(row: &AnyRow) -> Result<AuthenticatorRow, StoreError> {
    Ok(AuthenticatorRow {
        id: row.try_get(0)?,
        uid: row.try_get(1)?,
        kind: row.try_get(2)?,
        title_en: row.try_get(3)?,
        title_zh: row.try_get(4)?,
        description_en: row.try_get(5)?,
        description_zh: row.try_get(6)?,
        enabled: row.try_get::<i64, _>(7)? != 0,
        position: row.try_get(8)?,
        settings: row.try_get(9)?,
        created_at: row.try_get(10)?,
        updated_at: row.try_get(11)?,
        plugin: row.try_get(12)?,
        refresh: row.try_get(13)?,
    })
}

/// All authenticators, in the administrator's order.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<AuthenticatorRow>, StoreError> {
    let sql = concat!(select_authenticators!(), " ORDER BY position, id");
    query(sql).fetch_all(conn).await?.iter().map(authenticator).collect()
}

/// One authenticator, seen from inside a transaction.
pub(crate) async fn find(conn: &mut Conn, id: &str) -> Result<Option<AuthenticatorRow>, StoreError> {
    let row = query(concat!(select_authenticators!(), " WHERE id = $1")).bind(id).fetch_optional(conn).await?;
    row.as_ref().map(authenticator).transpose()
}

pub(crate) async fn insert(conn: &mut Conn, row: &AuthenticatorRow) -> Result<(), StoreError> {
    query(
        "INSERT INTO authenticators (id, uid, type, title_en, title_zh, description_en, description_zh, enabled,
             position, settings, created_at, updated_at, plugin, refresh)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(&row.id)
    .bind(&row.uid)
    .bind(&row.kind)
    .bind(&row.title_en)
    .bind(&row.title_zh)
    .bind(&row.description_en)
    .bind(&row.description_zh)
    .bind(i64::from(row.enabled))
    .bind(row.position)
    .bind(&row.settings)
    .bind(row.created_at)
    .bind(row.updated_at)
    .bind(&row.plugin)
    .bind(&row.refresh)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what an administrator may change; id, uid, type and position stay.
pub(crate) async fn update(conn: &mut Conn, row: &AuthenticatorRow) -> Result<(), StoreError> {
    query(
        "UPDATE authenticators SET title_en = $2, title_zh = $3, description_en = $4, description_zh = $5,
             enabled = $6, settings = $7, updated_at = $8, refresh = $9 WHERE id = $1",
    )
    .bind(&row.id)
    .bind(&row.title_en)
    .bind(&row.title_zh)
    .bind(&row.description_en)
    .bind(&row.description_zh)
    .bind(i64::from(row.enabled))
    .bind(&row.settings)
    .bind(row.updated_at)
    .bind(&row.refresh)
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts an authenticator at a place among the others.
pub(crate) async fn put_position(conn: &mut Conn, id: &str, position: i64) -> Result<(), StoreError> {
    query("UPDATE authenticators SET position = $2 WHERE id = $1").bind(id).bind(position).execute(conn).await?;
    Ok(())
}

pub(crate) async fn delete(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    query("DELETE FROM authenticators WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}

/// Whether the authenticator is enabled at this moment, seen from inside a transaction.
pub(crate) async fn is_enabled(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    let row = query("SELECT enabled FROM authenticators WHERE id = $1").bind(id).fetch_optional(conn).await?;
    Ok(match row {
        Some(row) => row.try_get::<i64, _>(0)? != 0,
        None => false,
    })
}

/// Every sealed secret.
pub(crate) async fn secrets(conn: &mut Conn) -> Result<Vec<SecretRow>, StoreError> {
    let rows = query("SELECT authenticator_id, field, key_id, sealed FROM authenticator_secrets").fetch_all(conn);
    rows.await?
        .iter()
        .map(|row| {
            Ok(SecretRow {
                authenticator_id: row.try_get(0)?,
                field: row.try_get(1)?,
                key_id: row.try_get(2)?,
                sealed: row.try_get(3)?,
            })
        })
        .collect()
}

/// Removes every sealed secret of an authenticator.
pub(crate) async fn delete_secrets(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    query("DELETE FROM authenticator_secrets WHERE authenticator_id = $1").bind(id).execute(conn).await?;
    Ok(())
}

/// Stores a secret, in place of an older one of the same field.
pub(crate) async fn put_secret(conn: &mut Conn, secret: &SecretRow) -> Result<(), StoreError> {
    query(
        "INSERT INTO authenticator_secrets (authenticator_id, field, key_id, sealed) VALUES ($1, $2, $3, $4)
         ON CONFLICT (authenticator_id, field) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed",
    )
    .bind(&secret.authenticator_id)
    .bind(&secret.field)
    .bind(&secret.key_id)
    .bind(&secret.sealed)
    .execute(conn)
    .await?;
    Ok(())
}
