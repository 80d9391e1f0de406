//! The journal: sign-ins and administrative changes. Rows are only ever added.

use sqlx::Row;

use super::{Conn, StoreError};

/// One entry. Ids rise with time, so their order is the order of events.
#[derive(Clone, Debug)]
pub(crate) struct JournalRow {
    pub(crate) id: String,
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) outcome: String,
    /// A user's id, or the name of a command.
    pub(crate) actor: Option<String>,
    /// The nickname of that user, when reading.
    pub(crate) actor_name: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) reference: Option<String>,
    /// JSON object.
    pub(crate) detail: String,
}

/// Which entries to read, newest first.
#[derive(Default)]
pub(crate) struct JournalFilter {
    /// Start of the kind, for example `signin`.
    pub(crate) kind: String,
    /// A reference code, or part of a name.
    pub(crate) text: String,
    /// Only entries older than this id.
    pub(crate) before: Option<String>,
    pub(crate) limit: i64,
}

pub(crate) async fn insert(conn: &mut Conn, row: &JournalRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO journal (id, at, kind, outcome, actor, subject, reference, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&row.id)
    .bind(row.at)
    .bind(&row.kind)
    .bind(&row.outcome)
    .bind(&row.actor)
    .bind(&row.subject)
    .bind(&row.reference)
    .bind(&row.detail)
    .execute(conn)
    .await?;
    Ok(())
}

pub(crate) async fn list(conn: &mut Conn, filter: &JournalFilter) -> Result<Vec<JournalRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT j.id, j.at, j.kind, j.outcome, j.actor, j.subject, j.reference, j.detail, u.nickname
         FROM journal j LEFT JOIN users u ON u.id = j.actor
         WHERE ($1 = '' OR j.kind LIKE $1 || '%')
           AND ($2 = '' OR j.reference = $2 OR u.username_key LIKE '%' || $3 || '%' ESCAPE '!'
                OR u.nickname LIKE '%' || $3 || '%' ESCAPE '!' OR j.subject LIKE '%' || $3 || '%' ESCAPE '!')
           AND ($4 = '' OR j.id < $4)
         ORDER BY j.id DESC LIMIT $5",
    )
    .bind(&filter.kind)
    .bind(&filter.text)
    .bind(super::users::escape_like(&filter.text))
    .bind(filter.before.clone().unwrap_or_default())
    .bind(filter.limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(JournalRow {
                id: row.try_get(0)?,
                at: row.try_get(1)?,
                kind: row.try_get(2)?,
                outcome: row.try_get(3)?,
                actor: row.try_get(4)?,
                subject: row.try_get(5)?,
                reference: row.try_get(6)?,
                detail: row.try_get(7)?,
                actor_name: row.try_get(8)?,
            })
        })
        .collect()
}

/// How many people signed in through each authenticator (by uid) since `since`.
pub(crate) async fn sign_ins_since(conn: &mut Conn, since: i64) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = sqlx::query(
        "SELECT subject, COUNT(*) FROM journal
         WHERE kind = 'signin.completed' AND at >= $1 AND subject IS NOT NULL GROUP BY subject",
    )
    .bind(since)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}
