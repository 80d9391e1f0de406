//! What settings were before an upgrade of their plug-in changed them, for the way back.

use sqlx::{Row, query};

use super::{Conn, StoreError};

/// The settings of one authenticator before an upgrade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormerSettings {
    pub(crate) authenticator_id: String,
    /// SHA-256 of the release whose form they fit.
    pub(crate) sha256: String,
    /// JSON.
    pub(crate) settings: String,
    /// Whether it was switched on.
    pub(crate) enabled: bool,
    /// The sealed secrets as JSON.
    pub(crate) secrets: String,
    /// When the upgrade changed them, in milliseconds: the `updated_at` that the authenticator has had since.
    pub(crate) changed_at: i64,
}

/// Those that fit the release `sha256`.
pub(crate) async fn of_release(conn: &mut Conn, sha256: &str) -> Result<Vec<FormerSettings>, StoreError> {
    let sql = "SELECT authenticator_id, sha256, settings, enabled, secrets, changed_at FROM former_settings WHERE sha256 = $1";
    let rows = query(sql).bind(sha256).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(FormerSettings {
                authenticator_id: row.try_get(0)?,
                sha256: row.try_get(1)?,
                settings: row.try_get(2)?,
                enabled: row.try_get::<i64, _>(3)? != 0,
                secrets: row.try_get(4)?,
                changed_at: row.try_get(5)?,
            })
        })
        .collect()
}

/// Keeps settings, in place of older ones of the same authenticator.
pub(crate) async fn put(conn: &mut Conn, row: &FormerSettings) -> Result<(), StoreError> {
    query(
        "INSERT INTO former_settings (authenticator_id, sha256, settings, enabled, secrets, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (authenticator_id) DO UPDATE SET sha256 = excluded.sha256, settings = excluded.settings,
             enabled = excluded.enabled, secrets = excluded.secrets, changed_at = excluded.changed_at",
    )
    .bind(&row.authenticator_id)
    .bind(&row.sha256)
    .bind(&row.settings)
    .bind(i64::from(row.enabled))
    .bind(&row.secrets)
    .bind(row.changed_at)
    .execute(conn)
    .await?;
    Ok(())
}
