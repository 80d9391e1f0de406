//! Locks that keep decisions about one person in line.

use crate::store::{Conn, StoreError, has_one_writer};

/// Waits until nobody else decides about `name`, and keeps others waiting until the transaction ends. Tells whether
/// somebody else may have written since the transaction began; not on SQLite, which has one writer at a time anyway.
pub(crate) async fn lock(conn: &mut Conn, name: &str) -> Result<bool, StoreError> {
    if has_one_writer(conn) {
        return Ok(false);
    }
    sqlx::query("INSERT INTO decision_locks (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = excluded.name")
        .bind(name)
        .execute(conn)
        .await?;
    Ok(true)
}

/// Removes the row of [`lock`]; the lock itself is held until the transaction ends.
pub(crate) async fn unlock(conn: &mut Conn, name: &str) -> Result<(), StoreError> {
    if has_one_writer(conn) {
        return Ok(());
    }
    sqlx::query("DELETE FROM decision_locks WHERE name = $1").bind(name).execute(conn).await?;
    Ok(())
}
