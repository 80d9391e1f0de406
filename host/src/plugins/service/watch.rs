//! Watching over running plug-ins: going back when a new release fails, a fresh copy for one that hangs.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::evidence::{Evidence, What};
use super::{ChangeRefused, decided, roll_back};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::plugins::{Event, LoadedPlugin, Refused};
use crate::store::plugins::{self, PluginRow};
use crate::store::revisions::{self, Topic};

/// The host itself, in the journal.
const HOST: &str = "host";

/// How long the calls of a copy that gave way may take to come to their end. None takes longer than its own deadline.
const DRAIN: Duration = Duration::from_secs(15);

/// Answers what happens to running plug-ins, for as long as the host serves.
pub(crate) async fn watch(app: App) {
    while let Some(event) = app.registry.event().await {
        let answered = match &event {
            Event::Wedged { plugin, copy } => wedged(&app, plugin, *copy).await,
            Event::Failing { plugin, copy, calls, failed } => failing(&app, plugin, *copy, *calls, *failed).await,
        };
        if let Err(failure) = answered {
            tracing::error!(?event, error = %failure, "what happened to a plug-in could not be answered");
        }
    }
}

/// The copy that an event is about, if everybody is still sent to it.
fn still_runs(app: &App, plugin: &str, copy: u64) -> Option<Arc<LoadedPlugin>> {
    app.registry.plugin(plugin).filter(|running| running.copy() == copy)
}

/// Too many of the first calls of a release failed: back to the one before.
async fn failing(app: &App, plugin: &str, copy: u64, calls: u32, failed: u32) -> Result<(), Failure> {
    let Some(running) = still_runs(app, plugin, copy) else { return Ok(()) };
    let version = running.manifest().version.clone();
    tracing::error!(plugin, version, calls, failed, "too many of its first calls failed; going back");
    let mut evidence = Evidence::of(app, What::RolledBack, version);
    (evidence.calls, evidence.failed) = (calls, failed);
    match roll_back(app, HOST, plugin, Some(evidence)).await {
        Ok(()) => Ok(()),
        Err(ChangeRefused::Failure(failure)) => Err(failure),
        Err(refused) => {
            tracing::error!(plugin, ?refused, "there is no way back");
            Ok(())
        }
    }
}

/// The threads of a copy hang: a fresh copy, once; then it is stopped.
async fn wedged(app: &App, plugin: &str, copy: u64) -> Result<(), Failure> {
    let Some(running) = still_runs(app, plugin, copy) else { return Ok(()) };
    let version = running.manifest().version.clone();
    let entry = |kind| Entry::new(kind).actor(HOST).subject(plugin).detail(json!({"version": version}));
    let row = decided(app, plugin).await?;
    if running.is_second_copy() {
        app.registry.stop(plugin, &Refused::Wedged).await;
        let evidence = Evidence::of(app, What::Stopped, version.clone());
        return note(app, row, evidence, entry("plugin.stopped")).await;
    }
    match app.registry.revive(&running).await {
        Ok(_) => note(app, row, Evidence::of(app, What::Revived, version.clone()), entry("plugin.revived")).await,
        Err(why) => {
            app.registry.stop(plugin, &why).await;
            let mut evidence = Evidence::of(app, What::Stopped, version.clone());
            evidence.cause = why.key().to_owned();
            note(app, row, evidence, entry("plugin.stopped")).await
        }
    }
}

/// Writes down what the host did by itself.
pub(super) async fn note(app: &App, row: PluginRow, evidence: Evidence, entry: Entry) -> Result<(), Failure> {
    let (inner, row) = (app.clone(), PluginRow { evidence: evidence.text(), ..row });
    let written = app.store.write(move |conn| {
        Box::pin(async move {
            revisions::raise(conn, Topic::Plugins).await?;
            plugins::put(conn, &row).await?;
            audit::insert(conn, &inner, entry).await
        })
    });
    written.await
}

/// Lets the calls of a copy that gave way come to their end.
pub(super) async fn retire(id: String, old: Arc<LoadedPlugin>) {
    let (version, copy) = (old.manifest().version.clone(), old.copy());
    let drained = old.calls().drained(DRAIN).await;
    tracing::info!(plugin = id, version, copy, drained, "a copy is retired; it stays mapped until the host restarts");
}

impl Evidence {
    fn of(app: &App, what: What, version: String) -> Self {
        Self {
            what,
            version,
            instead: String::new(),
            at: app.clock.now_ms(),
            cause: String::new(),
            detail: String::new(),
            calls: 0,
            failed: 0,
        }
    }
}
