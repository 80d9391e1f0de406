//! Which plug-ins an administrator has enabled, and in which release.

use sqlx::any::AnyRow;
use sqlx::{Row, query};

use super::{Conn, StoreError};

/// What was decided about one plug-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PluginRow {
    pub(crate) id: String,
    pub(crate) enabled: bool,
    /// SHA-256 of the file that was said yes to: a package, or a library in the folder.
    pub(crate) sha256: String,
    /// Its version; empty if that was said before versions were remembered.
    pub(crate) version: String,
    /// The file before it, to go back to; empty if there is none.
    pub(crate) previous: String,
    /// What the host last did by itself, as JSON; empty if nothing.
    pub(crate) evidence: String,
    pub(crate) updated_at: i64,
}

macro_rules! select_plugins {
    () => {
        "SELECT id, enabled, sha256, version, previous, evidence, updated_at FROM plugins"
    };
}

fn plugin(row: &AnyRow) -> Result<PluginRow, StoreError> {
    Ok(PluginRow {
        id: row.try_get(0)?,
        enabled: row.try_get::<i64, _>(1)? != 0,
        sha256: row.try_get(2)?,
        version: row.try_get(3)?,
        previous: row.try_get(4)?,
        evidence: row.try_get(5)?,
        updated_at: row.try_get(6)?,
    })
}

pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<PluginRow>, StoreError> {
    query(concat!(select_plugins!(), " ORDER BY id")).fetch_all(conn).await?.iter().map(plugin).collect()
}

pub(crate) async fn find(conn: &mut Conn, id: &str) -> Result<Option<PluginRow>, StoreError> {
    let row = query(concat!(select_plugins!(), " WHERE id = $1")).bind(id).fetch_optional(conn).await?;
    row.as_ref().map(plugin).transpose()
}

/// Remembers what was decided about a plug-in.
pub(crate) async fn put(conn: &mut Conn, row: &PluginRow) -> Result<(), StoreError> {
    query(
        "INSERT INTO plugins (id, enabled, sha256, version, previous, evidence, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET enabled = excluded.enabled, sha256 = excluded.sha256,
             version = excluded.version, previous = excluded.previous, evidence = excluded.evidence,
             updated_at = excluded.updated_at",
    )
    .bind(&row.id)
    .bind(i64::from(row.enabled))
    .bind(&row.sha256)
    .bind(&row.version)
    .bind(&row.previous)
    .bind(&row.evidence)
    .bind(row.updated_at)
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets what was decided about a plug-in that is removed.
pub(crate) async fn delete(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    query("DELETE FROM plugins WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}
