//! What people do with their own links.

use sqlx::{Row, query};

use super::{Conn, StoreError};

/// Removes every link of a user to an authenticator. Returns how many there were.
pub(crate) async fn remove(conn: &mut Conn, authenticator_id: &str, user_id: &str) -> Result<u64, StoreError> {
    let done = query("DELETE FROM bindings WHERE authenticator_id = $1 AND user_id = $2")
        .bind(authenticator_id)
        .bind(user_id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// Whether a user has a link to any authenticator that is switched on.
pub(crate) async fn any_in_use(conn: &mut Conn, user_id: &str) -> Result<bool, StoreError> {
    let row = query(
        "SELECT COUNT(*) FROM bindings b JOIN authenticators a ON a.id = b.authenticator_id
         WHERE b.user_id = $1 AND a.enabled = 1",
    )
    .bind(user_id)
    .fetch_one(conn)
    .await?;
    Ok(row.try_get::<i64, _>(0)? > 0)
}
