//! What rehearsals came to.

use sqlx::{Row, query};

use super::{Conn, StoreError};

/// A stored report. Times are milliseconds since 1970.
pub(crate) struct RehearsalRow {
    pub(crate) id: String,
    pub(crate) authenticator_id: String,
    /// The administrator who rehearsed, and the only one who may read it.
    pub(crate) user_id: String,
    pub(crate) at: i64,
    /// JSON object, see [`crate::signin::rehearsal::Report`].
    pub(crate) report: String,
}

pub(crate) async fn insert(conn: &mut Conn, row: &RehearsalRow) -> Result<(), StoreError> {
    query("INSERT INTO rehearsals (id, authenticator_id, user_id, at, report) VALUES ($1, $2, $3, $4, $5)")
        .bind(&row.id)
        .bind(&row.authenticator_id)
        .bind(&row.user_id)
        .bind(row.at)
        .bind(&row.report)
        .execute(conn)
        .await?;
    Ok(())
}

/// The report `id` of the administrator `user_id`, if it was not made before `since`.
pub(crate) async fn find(
    conn: &mut Conn,
    id: &str,
    user_id: &str,
    since: i64,
) -> Result<Option<RehearsalRow>, StoreError> {
    let row = query(
        "SELECT id, authenticator_id, user_id, at, report FROM rehearsals
         WHERE id = $1 AND user_id = $2 AND at >= $3",
    )
    .bind(id)
    .bind(user_id)
    .bind(since)
    .fetch_optional(conn)
    .await?;
    let row = row.map(|row| {
        Ok(RehearsalRow {
            id: row.try_get(0)?,
            authenticator_id: row.try_get(1)?,
            user_id: row.try_get(2)?,
            at: row.try_get(3)?,
            report: row.try_get(4)?,
        })
    });
    row.transpose()
}

/// Removes what is older than `before`.
pub(crate) async fn sweep(conn: &mut Conn, before: i64) -> Result<(), StoreError> {
    query("DELETE FROM rehearsals WHERE at < $1").bind(before).execute(conn).await?;
    Ok(())
}
