//! Links by another identifier than the subject, for the identity-key assistant.

use sqlx::Row;

use super::bindings::BindingKey;
use super::{Conn, StoreError};

/// A link with whom it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct KeyRow {
    pub(crate) namespace: String,
    pub(crate) subject: String,
    pub(crate) kind: String,
    pub(crate) user_id: String,
    pub(crate) username: String,
}

/// Every link of an authenticator, those by other identifiers first.
pub(crate) async fn all(conn: &mut Conn, authenticator_id: &str) -> Result<Vec<KeyRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT b.namespace, b.subject, b.key_kind, b.user_id, u.username
         FROM bindings b JOIN users u ON u.id = b.user_id WHERE b.authenticator_id = $1
         ORDER BY CASE WHEN b.key_kind = 'subject' THEN 1 ELSE 0 END, b.key_kind, u.username, b.subject",
    )
    .bind(authenticator_id)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(KeyRow {
                namespace: row.try_get(0)?,
                subject: row.try_get(1)?,
                kind: row.try_get(2)?,
                user_id: row.try_get(3)?,
                username: row.try_get(4)?,
            })
        })
        .collect()
}

/// Makes a link that an administrator brings along.
pub(crate) async fn insert(
    conn: &mut Conn,
    key: &BindingKey,
    kind: &str,
    user_id: &str,
    made_by: &str,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO bindings (authenticator_id, namespace, subject, user_id, tenant, how, created_at, used_at,
             key_kind, realm, made_by)
         VALUES ($1, $2, $3, $4, NULL, 'imported', $5, 0, $6, '', $7)",
    )
    .bind(&key.authenticator_id)
    .bind(&key.namespace)
    .bind(&key.subject)
    .bind(user_id)
    .bind(now)
    .bind(kind)
    .bind(made_by)
    .execute(conn)
    .await?;
    Ok(())
}

/// Moves the link of `user_id` from one key to another, which becomes its subject. Tells whether it was still there.
pub(crate) async fn move_to_subject(
    conn: &mut Conn,
    from: &BindingKey,
    user_id: &str,
    to: &BindingKey,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE bindings SET namespace = $5, subject = $6, key_kind = 'subject', how = 'moved'
         WHERE authenticator_id = $1 AND namespace = $2 AND subject = $3 AND user_id = $4",
    )
    .bind(&from.authenticator_id)
    .bind(&from.namespace)
    .bind(&from.subject)
    .bind(user_id)
    .bind(&to.namespace)
    .bind(&to.subject)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
