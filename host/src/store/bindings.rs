//! Stored links from a provider's subject to a user, and the locks that keep decisions about one person in line.

use sqlx::Row;

use super::{Conn, StoreError, has_one_writer};

/// The key of a link.
#[derive(Clone, Debug)]
pub(crate) struct BindingKey {
    pub(crate) authenticator_id: String,
    pub(crate) namespace: String,
    pub(crate) subject: String,
}

/// A link, as the user's page lists it.
pub(crate) struct BindingRow {
    pub(crate) authenticator_uid: String,
    pub(crate) authenticator_title_en: String,
    pub(crate) authenticator_title_zh: String,
    pub(crate) how: String,
    pub(crate) created_at: i64,
    pub(crate) used_at: i64,
}

/// The user that a subject is linked to; notes that the link was used, and for which tenant.
pub(crate) async fn follow(
    conn: &mut Conn,
    key: &BindingKey,
    tenant: Option<&str>,
    now: i64,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query(
        "UPDATE bindings SET used_at = $4, tenant = $5
         WHERE authenticator_id = $1 AND namespace = $2 AND subject = $3 RETURNING user_id",
    )
    .bind(&key.authenticator_id)
    .bind(&key.namespace)
    .bind(&key.subject)
    .bind(now)
    .bind(tenant)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// Whether a user is already linked to some subject of an authenticator.
pub(crate) async fn user_is_bound(conn: &mut Conn, authenticator_id: &str, user_id: &str) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 FROM bindings WHERE authenticator_id = $1 AND user_id = $2 LIMIT 1")
        .bind(authenticator_id)
        .bind(user_id)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Links a subject to a user. `how` says by which rule.
pub(crate) async fn insert(
    conn: &mut Conn,
    key: &BindingKey,
    user_id: &str,
    tenant: Option<&str>,
    how: &str,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO bindings (authenticator_id, namespace, subject, user_id, tenant, how, created_at, used_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(&key.authenticator_id)
    .bind(&key.namespace)
    .bind(&key.subject)
    .bind(user_id)
    .bind(tenant)
    .bind(how)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// The links of one user.
pub(crate) async fn of_user(conn: &mut Conn, user_id: &str) -> Result<Vec<BindingRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT a.uid, a.title_en, a.title_zh, b.how, b.created_at, b.used_at
         FROM bindings b JOIN authenticators a ON a.id = b.authenticator_id
         WHERE b.user_id = $1 ORDER BY b.created_at",
    )
    .bind(user_id)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(BindingRow {
                authenticator_uid: row.try_get(0)?,
                authenticator_title_en: row.try_get(1)?,
                authenticator_title_zh: row.try_get(2)?,
                how: row.try_get(3)?,
                created_at: row.try_get(4)?,
                used_at: row.try_get(5)?,
            })
        })
        .collect()
}

/// Waits until nobody else decides about `name`, and keeps others waiting until the transaction ends. SQLite has one
/// writer at a time anyway.
pub(crate) async fn lock(conn: &mut Conn, name: &str) -> Result<(), StoreError> {
    if has_one_writer(conn) {
        return Ok(());
    }
    sqlx::query("INSERT INTO decision_locks (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = excluded.name")
        .bind(name)
        .execute(conn)
        .await?;
    Ok(())
}

/// Removes the row of [`lock`]; the lock itself is held until the transaction ends.
pub(crate) async fn unlock(conn: &mut Conn, name: &str) -> Result<(), StoreError> {
    if has_one_writer(conn) {
        return Ok(());
    }
    sqlx::query("DELETE FROM decision_locks WHERE name = $1").bind(name).execute(conn).await?;
    Ok(())
}

impl BindingRow {
    /// Title of the authenticator.
    pub(crate) fn title(&self) -> ui_schema::Text {
        ui_schema::Text::new(&self.authenticator_title_en, &self.authenticator_title_zh)
    }
}

/// How many links an authenticator has.
pub(crate) async fn count_of(conn: &mut Conn, authenticator_id: &str) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) FROM bindings WHERE authenticator_id = $1").bind(authenticator_id);
    Ok(row.fetch_one(conn).await?.try_get(0)?)
}
