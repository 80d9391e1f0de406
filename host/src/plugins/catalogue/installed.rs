//! Packages in the database.

use std::sync::Arc;

use super::examine::{self, Memory};
use super::{Origin, Release};
use crate::plugins::package::TrustedKeys;
use crate::plugins::{Refused, blocking, lock};
use crate::store::plugin_packages::{self, PackageRow};
use crate::store::{Store, StoreError};

/// Every installed package that can be read. One that cannot (a row of a restored database may say anything) is left out,
/// and the log tells.
pub(super) async fn all(
    packages: Option<&Store>,
    keys: &TrustedKeys,
    memory: &Arc<Memory>,
) -> Result<Vec<Arc<Release>>, Refused> {
    let Some(store) = packages else { return Ok(Vec::new()) };
    let rows = rows(store).await.map_err(storage)?;
    lock(&memory.packages).retain(|digest, _| rows.iter().any(|row| row.digest == *digest));
    let mut releases = Vec::new();
    for row in rows {
        match release(store, row, keys, memory).await {
            Ok(release) => releases.push(release),
            Err((digest, why)) => tracing::error!(%digest, %why, "an installed package cannot be used"),
        }
    }
    Ok(releases)
}

/// The bytes of one package; they are checked by whoever opens them.
pub(super) async fn content(packages: Option<&Store>, digest: &str) -> Result<Vec<u8>, Refused> {
    let store = packages.ok_or(Refused::NotFound)?;
    let mut conn = store.read().await.map_err(storage)?;
    plugin_packages::content(&mut conn, digest).await.map_err(storage)?.ok_or(Refused::NotFound)
}

async fn rows(store: &Store) -> Result<Vec<PackageRow>, StoreError> {
    let mut conn = store.read().await?;
    plugin_packages::all(&mut conn).await
}

async fn release(
    store: &Store,
    row: PackageRow,
    keys: &TrustedKeys,
    memory: &Arc<Memory>,
) -> Result<Arc<Release>, (String, Refused)> {
    let digest = row.digest.clone();
    let known = lock(&memory.packages).get(&digest).cloned();
    let outcome = match known {
        Some(known) => known,
        None => {
            let outcome = examined(store, row, keys).await;
            // A database that does not answer says nothing about the package.
            if !matches!(outcome, Err(Refused::Storage(_))) {
                lock(&memory.packages).insert(digest.clone(), outcome.clone());
            }
            outcome
        }
    };
    outcome.map_err(|why| (digest, why))
}

async fn examined(store: &Store, row: PackageRow, keys: &TrustedKeys) -> Result<Arc<Release>, Refused> {
    let bytes = content(Some(store), &row.digest).await?;
    let keys = keys.clone();
    blocking(move || {
        let file = format!("{:.16}.tar.gz", row.digest);
        let origin = Origin::Installed { by: row.installed_by, at: row.installed_at };
        let mut release = Release::clone(&*examine::open(&bytes, &file, origin, &keys)?.release);
        if release.sha256 != row.digest {
            return Err(Refused::Changed);
        }
        release.file = format!("{}-{}.tar.gz", release.manifest.id, release.manifest.version);
        Ok(Arc::new(release))
    })
    .await?
}

fn storage(error: StoreError) -> Refused {
    Refused::Storage(error.to_string())
}
