//! A package comes in. It is read, checked and stored; nothing of it is run before somebody chooses it.

use std::sync::Arc;

use serde_json::json;

use super::ChangeRefused;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::plugins::{Refused, Release, Trust, Wanted};
use crate::store::plugin_packages::{self, PackageRow};
use crate::store::revisions::{self, Topic};

/// Installs the package in `bytes`. Installing it once more changes nothing.
pub(crate) async fn install(app: &App, actor: &str, bytes: Vec<u8>) -> Result<Arc<Release>, ChangeRefused> {
    let bytes: Arc<[u8]> = bytes.into();
    match app.registry.examine_package(Arc::clone(&bytes)).await {
        Ok(release) => store(app, actor, release, bytes).await,
        Err(why) => {
            let entry = Entry::new("plugin.installed").refused().actor(actor);
            audit::record(app, entry.detail(json!({"cause": why.key(), "detail": why.detail()}))).await?;
            Err(ChangeRefused::Plugin(why))
        }
    }
}

async fn store(app: &App, actor: &str, release: Arc<Release>, bytes: Arc<[u8]>) -> Result<Arc<Release>, ChangeRefused> {
    let manifest = &release.manifest;
    let row = PackageRow {
        digest: release.sha256.clone(),
        plugin: manifest.id.clone(),
        version: manifest.version.clone(),
        size: i64::try_from(release.size).unwrap_or(i64::MAX),
        installed_by: actor.to_owned(),
        installed_at: app.clock.now_ms(),
    };
    let detail = json!({"version": row.version, "sha256": row.digest, "signed": signature(&release.trust)});
    let entry = Entry::new("plugin.installed").actor(actor).subject(&row.plugin).detail(detail);
    let inner = app.clone();
    let stored = app.store.write(move |conn| {
        Box::pin(async move {
            revisions::raise(conn, Topic::Plugins).await?;
            plugin_packages::insert(conn, &row, &bytes).await?;
            Ok::<_, ChangeRefused>(audit::insert(conn, &inner, entry).await?)
        })
    });
    stored.await?;
    app.registry.scan().await?;
    let wanted = Wanted::Exactly(release.sha256.clone());
    app.registry.release(&manifest.id, &wanted).ok_or(ChangeRefused::Plugin(Refused::NotFound))
}

/// By whom, in the words of the journal.
fn signature(trust: &Trust) -> String {
    match trust {
        Trust::Trusted { key, key_id } => format!("{key} ({key_id})"),
        Trust::UnknownKey { key_id } => format!("unknown key {key_id}"),
        Trust::Unsigned | Trust::Invalid | Trust::Modified { .. } => "no".to_owned(),
    }
}
