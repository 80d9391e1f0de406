//! Packages that administrators installed. A package is known by the SHA-256 of its bytes and never changes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sqlx::{Row, query};

use super::{Conn, StoreError};

/// Bytes of a package in one row of its parts.
const PART: usize = 1 << 20;

/// One installed package, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PackageRow {
    pub(crate) digest: String,
    /// Id of the plug-in.
    pub(crate) plugin: String,
    pub(crate) version: String,
    pub(crate) size: i64,
    /// Who installed it: a user's id, or the name of a command.
    pub(crate) installed_by: String,
    pub(crate) installed_at: i64,
}

/// All packages, the newest first.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<PackageRow>, StoreError> {
    let rows = query(
        "SELECT digest, plugin, version, size, installed_by, installed_at FROM plugin_packages
         ORDER BY installed_at DESC, digest",
    )
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(PackageRow {
                digest: row.try_get(0)?,
                plugin: row.try_get(1)?,
                version: row.try_get(2)?,
                size: row.try_get(3)?,
                installed_by: row.try_get(4)?,
                installed_at: row.try_get(5)?,
            })
        })
        .collect()
}

/// The bytes of a package. Whoever uses them compares their hash with `digest` first.
pub(crate) async fn content(conn: &mut Conn, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let parts = query("SELECT data FROM plugin_package_parts WHERE digest = $1 ORDER BY part");
    let parts = parts.bind(digest).fetch_all(conn).await?;
    if parts.is_empty() {
        return Ok(None);
    }
    let mut content = Vec::with_capacity(parts.len() * PART);
    for part in &parts {
        // What is no base64 has another hash.
        let _ = STANDARD.decode_vec(part.try_get::<String, _>(0)?, &mut content);
    }
    Ok(Some(content))
}

/// Stores a package; nothing happens if it is there already.
pub(crate) async fn insert(conn: &mut Conn, row: &PackageRow, content: &[u8]) -> Result<(), StoreError> {
    let made = query(
        "INSERT INTO plugin_packages (digest, plugin, version, size, installed_by, installed_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (digest) DO NOTHING",
    )
    .bind(&row.digest)
    .bind(&row.plugin)
    .bind(&row.version)
    .bind(row.size)
    .bind(&row.installed_by)
    .bind(row.installed_at)
    .execute(&mut *conn)
    .await?;
    if made.rows_affected() == 0 {
        return Ok(());
    }
    for (part, bytes) in (0_i64..).zip(content.chunks(PART)) {
        query("INSERT INTO plugin_package_parts (digest, part, data) VALUES ($1, $2, $3)")
            .bind(&row.digest)
            .bind(part)
            .bind(STANDARD.encode(bytes))
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Removes a package with its bytes.
pub(crate) async fn delete(conn: &mut Conn, digest: &str) -> Result<(), StoreError> {
    query("DELETE FROM plugin_packages WHERE digest = $1").bind(digest).execute(conn).await?;
    Ok(())
}
