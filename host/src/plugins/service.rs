//! What an administrator decides about plug-ins: remembered in the database, made true in this process.

use serde_json::json;

use super::{EnabledBy, Refused};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::authenticators::service::{self as authenticators, Refused as AuthenticatorsRefused};
use crate::failure::Failure;
use crate::store::plugins;
use crate::store::revisions::{self, Topic};

/// Why nothing was changed.
#[derive(Debug)]
pub(crate) enum ChangeRefused {
    /// There is no plug-in of this id.
    NotFound,
    /// It was refused or failed; its card tells why.
    Plugin(Refused),
    /// Without it nobody could sign in.
    LastWayIn,
    /// A fault of ours.
    Failure(Failure),
}

impl From<Failure> for ChangeRefused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<crate::store::StoreError> for ChangeRefused {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<AuthenticatorsRefused> for ChangeRefused {
    fn from(refused: AuthenticatorsRefused) -> Self {
        match refused {
            AuthenticatorsRefused::LastWayIn => Self::LastWayIn,
            AuthenticatorsRefused::Failure(failure) => Self::Failure(failure),
            _ => Self::NotFound,
        }
    }
}

/// Looks into the folder and enables what was enabled when the host last ran. A plug-in that is refused now stays
/// off, with the reason on its card; the host starts all the same.
pub(crate) async fn start(app: &App) -> Result<(), Failure> {
    if let Err(why) = app.registry.scan().await {
        tracing::error!(%why, "the plug-in folder cannot be read");
    }
    reconcile(app).await?;
    Ok(())
}

/// Makes this process agree with the database. Leaves everything as it is, and says `false`, while somebody decides
/// here: what the database says may not be true any more by the time it would be done.
pub(crate) async fn reconcile(app: &App) -> Result<bool, Failure> {
    let Ok(_nobody_decides) = app.registry.deciding().try_lock() else { return Ok(false) };
    let rows = {
        let mut conn = app.store.read().await?;
        plugins::all(&mut conn).await?
    };
    for row in rows {
        let runs = app.registry.plugin(&row.id).is_some();
        if row.enabled && !runs {
            // The registry has logged the reason, and the card shows it.
            let _ = app.registry.enable(&row.id, EnabledBy::Start).await;
        } else if !row.enabled && runs {
            app.registry.disable(&row.id).await;
        }
    }
    Ok(true)
}

/// Enables a plug-in: it has to load here before anything is remembered.
pub(crate) async fn enable(app: &App, actor: &str, id: &str) -> Result<(), ChangeRefused> {
    let _one_at_a_time = app.registry.deciding().lock().await;
    match app.registry.enable(id, EnabledBy::Administrator).await {
        Ok(plugin) => {
            let detail = json!({"version": plugin.manifest().version, "sha256": plugin.summary().sha256});
            let entry = Entry::new("plugin.enabled").actor(actor).subject(id).detail(detail);
            remember(app, id, true, plugin.summary().sha256.clone(), entry).await
        }
        Err(Refused::NotFound) => Err(ChangeRefused::NotFound),
        Err(why) => {
            let entry = Entry::new("plugin.failed").refused().actor(actor).subject(id);
            audit::record(app, entry.detail(json!({"cause": why.key()}))).await?;
            Err(ChangeRefused::Plugin(why))
        }
    }
}

/// Disables a plug-in: its types are gone at once, its authenticators stay.
pub(crate) async fn disable(app: &App, actor: &str, id: &str) -> Result<(), ChangeRefused> {
    let _one_at_a_time = app.registry.deciding().lock().await;
    let known = app.registry.list().plugins.into_iter().find(|entry| entry.id == id);
    let entry = known.ok_or(ChangeRefused::NotFound)?;
    let sha256 = entry.summary.as_ref().map(|summary| summary.sha256.clone()).unwrap_or_default();
    let journal = Entry::new("plugin.disabled").actor(actor).subject(id);
    remember(app, id, false, sha256, journal).await?;
    app.registry.disable(id).await;
    Ok(())
}

async fn remember(app: &App, id: &str, enabled: bool, sha256: String, entry: Entry) -> Result<(), ChangeRefused> {
    let (inner, id, now) = (app.clone(), id.to_owned(), app.clock.now_ms());
    app.store
        .write(move |conn| {
            Box::pin(async move {
                revisions::raise(conn, Topic::Plugins).await?;
                plugins::set(conn, &id, enabled, &sha256, now).await?;
                if !enabled {
                    authenticators::check_another_way(conn, &inner, Some(&id)).await?;
                }
                Ok::<_, ChangeRefused>(audit::insert(conn, &inner, entry).await?)
            })
        })
        .await
}
