//! A plug-in goes, or one of its releases.

use std::sync::Arc;

use serde_json::json;

use super::{ChangeRefused, decided};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::plugins::{Origin, Release};
use crate::store::revisions::{self, Topic};
use crate::store::{plugin_packages, plugins};

/// Removes the installed packages of the plug-in `id`: all of them, or the one whose file is `only`. What runs, and
/// what lies in the folder of the server, stays. Authenticators and links to users stay too.
pub(crate) async fn remove(app: &App, actor: &str, id: &str, only: Option<&str>) -> Result<(), ChangeRefused> {
    let _one_at_a_time = app.registry.deciding().lock().await;
    app.registry.scan().await?;
    let listing = app.registry.list();
    let entry = listing.plugins.iter().find(|entry| entry.id == id).ok_or(ChangeRefused::NotFound)?;
    let row = decided(app, id).await?;
    let meant = |release: &&Arc<Release>| only.is_none_or(|only| release.sha256 == only);
    let meant: Vec<&Arc<Release>> = entry.releases.iter().filter(meant).collect();
    if meant.is_empty() {
        return Err(ChangeRefused::NotFound);
    }
    if row.enabled && meant.iter().any(|release| only.is_none() || release.sha256 == row.sha256) {
        return Err(ChangeRefused::StillEnabled);
    }
    let installed = meant.into_iter().filter(|release| release.origin != Origin::Folder);
    let installed: Vec<String> = installed.map(|release| release.sha256.clone()).collect();
    if installed.is_empty() {
        return Err(ChangeRefused::InFolder);
    }
    let forget = !row.enabled && entry.releases.iter().all(|release| installed.contains(&release.sha256));
    let entry = Entry::new("plugin.removed").actor(actor).subject(id).detail(json!({"sha256": installed}));
    let (inner, id) = (app.clone(), id.to_owned());
    let removed = app.store.write(move |conn| {
        Box::pin(async move {
            revisions::raise(conn, Topic::Plugins).await?;
            for digest in &installed {
                plugin_packages::delete(conn, digest).await?;
            }
            if forget {
                plugins::delete(conn, &id).await?;
            }
            Ok::<_, ChangeRefused>(audit::insert(conn, &inner, entry).await?)
        })
    });
    removed.await?;
    app.registry.scan().await?;
    Ok(())
}
