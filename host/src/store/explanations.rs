//! What led to refused sign-ins, by reference code.

use sqlx::{Row, query};

use super::{Conn, StoreError};

/// One refused sign-in, as the journal and the explanation tell it.
pub(crate) struct ExplanationRow {
    pub(crate) at: i64,
    /// JSON object, see [`crate::signin::explanation::Report`]; `None` once it is no longer kept.
    pub(crate) report: Option<String>,
    /// Details of the journal entry: a JSON object.
    pub(crate) detail: String,
}

pub(crate) async fn insert(conn: &mut Conn, reference: &str, at: i64, report: &str) -> Result<(), StoreError> {
    query("INSERT INTO explanations (reference, at, report) VALUES ($1, $2, $3)")
        .bind(reference)
        .bind(at)
        .bind(report)
        .execute(conn)
        .await?;
    Ok(())
}

/// The refused sign-in with this code, with its steps if it was not before `since`.
pub(crate) async fn find(conn: &mut Conn, reference: &str, since: i64) -> Result<Option<ExplanationRow>, StoreError> {
    let row = query(
        "SELECT j.at, e.report, j.detail FROM journal j LEFT JOIN explanations e ON e.reference = j.reference AND e.at >= $2
         WHERE j.reference = $1 AND j.kind = 'signin.refused' LIMIT 1",
    )
    .bind(reference)
    .bind(since)
    .fetch_optional(conn)
    .await?;
    let row =
        row.map(|row| Ok(ExplanationRow { at: row.try_get(0)?, report: row.try_get(1)?, detail: row.try_get(2)? }));
    row.transpose()
}

/// Removes what is older than `before`; the journal keeps its entries.
pub(crate) async fn sweep(conn: &mut Conn, before: i64) -> Result<(), StoreError> {
    query("DELETE FROM explanations WHERE at < $1").bind(before).execute(conn).await?;
    Ok(())
}
