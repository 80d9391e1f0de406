//! What an administrator decides about plug-ins: remembered in the database, made true in this process.
//!
//! Installing ([`install`]) only puts a package into the database. [`choose`] says which release runs, whether that is
//! the first one, a later one or an earlier one: the release is loaded beside whatever runs ([`carry`] tries the
//! settings of its authenticators on it, [`rehearse`] calls it once), then one transaction and one swap. The host goes back by itself
//! when the first calls fail, and replaces a copy that hangs ([`watch`]).

mod begin;
mod carry;
mod choose;
mod evidence;
mod install;
mod refused;
mod rehearse;
mod remove;
mod watch;
mod written;

use futures_util::future::join_all;
use serde_json::json;

use super::{EnabledBy, Refused, Wanted};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::authenticators::service as authenticators;
use crate::failure::Failure;
use crate::store::plugins::{self, PluginRow};
use crate::store::revisions::{self, Topic};

pub(crate) use begin::begin;
pub(crate) use carry::Unfit;
pub(crate) use choose::{Insist, choose, roll_back, version_of};
pub(crate) use evidence::{Evidence, What};
pub(crate) use install::install;
pub(crate) use refused::ChangeRefused;
pub(crate) use remove::remove;
pub(crate) use watch::watch;

/// Looks around and enables what was enabled when the host last ran. A plug-in that is refused now stays off, with the
/// reason on its card; the host starts all the same.
pub(crate) async fn start(app: &App) -> Result<(), Failure> {
    if app.registry.policy().safe_mode {
        tracing::warn!("safe mode: no plug-in is loaded");
    }
    if let Err(why) = app.registry.scan().await {
        tracing::error!(%why, "the plug-ins cannot be looked through");
    }
    reconcile(app).await?;
    Ok(())
}

/// Makes this process agree with the database. Leaves everything as it is, and says `false`, while somebody decides
/// here: what the database says may not be true any more by the time it would be done.
pub(crate) async fn reconcile(app: &App) -> Result<bool, Failure> {
    let Ok(_nobody_decides) = app.registry.deciding().try_lock() else { return Ok(false) };
    let rows = all(app).await?;
    // All at once: one that hangs while it loads does not make the others wait.
    join_all(rows.into_iter().map(|row| agree(app, row))).await;
    Ok(true)
}

async fn agree(app: &App, row: PluginRow) {
    let running = app.registry.plugin(&row.id);
    let is_chosen = |sha256: &str| row.sha256.is_empty() || row.sha256 == sha256;
    match &running {
        Some(running) if row.enabled && is_chosen(&running.release().sha256) => {}
        // It hung here, twice: only an administrator's word brings it back before the next start.
        None if row.enabled && app.registry.failure(&row.id) == Some(Refused::Wedged) => {}
        _ if row.enabled => {
            let wanted = wanted(&row);
            let takes_over = running.is_some();
            match app.registry.enable(&row.id, wanted, EnabledBy::Start).await {
                // Chosen at another node: its first calls count here too.
                Ok(plugin) if takes_over => plugin.watch_first_calls(),
                // The registry has logged the reason of a refusal, and the card shows it.
                Ok(_) | Err(_) => {}
            }
        }
        Some(_) => app.registry.disable(&row.id).await,
        None => {}
    }
}

fn wanted(row: &PluginRow) -> Wanted {
    if row.sha256.is_empty() { Wanted::Best } else { Wanted::Exactly(row.sha256.clone()) }
}

/// What was decided about every plug-in.
pub(crate) async fn all(app: &App) -> Result<Vec<PluginRow>, Failure> {
    let mut conn = app.store.read().await?;
    Ok(plugins::all(&mut conn).await?)
}

/// What was decided about one plug-in; the default if nothing was.
pub(crate) async fn decided(app: &App, id: &str) -> Result<PluginRow, Failure> {
    let mut conn = app.store.read().await?;
    let row = plugins::find(&mut conn, id).await?;
    Ok(row.unwrap_or_else(|| PluginRow { id: id.to_owned(), ..PluginRow::default() }))
}

/// Enables a plug-in: the release that was chosen before if it is still there, otherwise the latest that somebody
/// vouches for. It has to load here before anything is remembered.
pub(crate) async fn enable(app: &App, actor: &str, id: &str) -> Result<(), ChangeRefused> {
    app.registry.scan().await?;
    let row = decided(app, id).await?;
    let chosen = wanted(&row);
    let wanted = if app.registry.release(id, &chosen).is_some() { chosen } else { Wanted::Best };
    choose(app, actor, id, wanted, Insist::default()).await
}

/// Disables a plug-in: its types are gone at once, its authenticators stay.
pub(crate) async fn disable(app: &App, actor: &str, id: &str) -> Result<(), ChangeRefused> {
    let _one_at_a_time = app.registry.deciding().lock().await;
    let known = app.registry.list().plugins.into_iter().find(|entry| entry.id == id);
    let entry = known.ok_or(ChangeRefused::NotFound)?;
    let version = entry.release.as_ref().map(|release| release.manifest.version.clone());
    let journal = Entry::new("plugin.disabled").actor(actor).subject(id).detail(json!({"version": version}));
    let row = PluginRow { enabled: false, updated_at: app.clock.now_ms(), ..decided(app, id).await? };
    let inner = app.clone();
    let id = row.id.clone();
    let remembered = app.store.write(move |conn| {
        Box::pin(async move {
            revisions::raise(conn, Topic::Plugins).await?;
            plugins::put(conn, &row).await?;
            authenticators::check_another_way(conn, &inner, Some(&row.id)).await?;
            Ok::<_, ChangeRefused>(audit::insert(conn, &inner, journal).await?)
        })
    });
    remembered.await?;
    app.registry.disable(&id).await;
    Ok(())
}
