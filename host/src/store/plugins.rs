//! Which plug-ins an administrator has enabled.

use sqlx::Row;

use super::{Conn, StoreError};

/// What was decided about one plug-in.
pub(crate) struct PluginRow {
    pub(crate) id: String,
    pub(crate) enabled: bool,
}

pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<PluginRow>, StoreError> {
    let rows = sqlx::query("SELECT id, enabled FROM plugins ORDER BY id").fetch_all(conn).await?;
    rows.iter().map(|row| Ok(PluginRow { id: row.try_get(0)?, enabled: row.try_get::<i64, _>(1)? != 0 })).collect()
}

/// Remembers that `id` is enabled or not, and which bytes that was said of.
pub(crate) async fn set(conn: &mut Conn, id: &str, enabled: bool, sha256: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO plugins (id, enabled, sha256, updated_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET enabled = excluded.enabled, sha256 = excluded.sha256,
             updated_at = excluded.updated_at",
    )
    .bind(id)
    .bind(i64::from(enabled))
    .bind(sha256)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}
