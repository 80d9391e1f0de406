//! Which release of a plug-in runs: the first one, a later one, an earlier one.
//!
//! Everything that can refuse comes first, while whatever runs goes on. Then the database says what is true, and then
//! everybody is sent to the new copy at once. Calls under way come to their end at the old one.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::carry::{self, Carried};
use super::evidence::{Evidence, What};
use super::{ChangeRefused, decided, rehearse, written};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::authenticators::service as authenticators_service;
use crate::failure::Failure;
use crate::plugins::{LoadedPlugin, Wanted};
use crate::store::plugins::{self, PluginRow};
use crate::store::revisions::{self, Topic};

/// On what somebody insists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Insist {
    /// An older release than the one that was enabled last.
    pub(crate) older: bool,
    /// Authenticators whose settings do not fit are switched off.
    pub(crate) settings: bool,
}

/// A release that is about to take over.
struct Change {
    before: PluginRow,
    running: Option<Arc<LoadedPlugin>>,
    fresh: Arc<LoadedPlugin>,
    carried: Carried,
}

/// Makes the release that is meant the one that runs.
pub(crate) async fn choose(
    app: &App,
    actor: &str,
    id: &str,
    wanted: Wanted,
    insist: Insist,
) -> Result<(), ChangeRefused> {
    let _one_at_a_time = app.registry.deciding().lock().await;
    app.registry.scan().await?;
    let before = decided(app, id).await?;
    let change = match prepared(app, before.clone(), wanted, insist).await {
        Ok(change) => change,
        Err(refused) => return Err(held_back(app, actor, before, refused).await?),
    };
    let Some(kind) = kind_of(&change) else { return Ok(()) };
    let entry = Entry::new(kind).actor(actor).subject(id).detail(change.detail());
    let previous =
        if change.is_another_release() { change.before.sha256.clone() } else { change.before.previous.clone() };
    let row = PluginRow { previous, evidence: String::new(), ..change.row(app) };
    carry_out(app, change, row, entry, false).await
}

/// Goes back to the release before. `by_itself` says what the host saw, if nobody asked for it.
pub(crate) async fn roll_back(
    app: &App,
    actor: &str,
    id: &str,
    by_itself: Option<Evidence>,
) -> Result<(), ChangeRefused> {
    let _one_at_a_time = app.registry.deciding().lock().await;
    app.registry.scan().await?;
    let before = decided(app, id).await?;
    if before.previous.is_empty() {
        return Err(ChangeRefused::NoWayBack);
    }
    let running = app.registry.plugin(id);
    let fresh = app.registry.load_beside(id, Wanted::Exactly(before.previous.clone())).await?;
    // What the settings were is put back below; what was saved since is tried on.
    let carried = carry::try_on(app, &fresh, "").await?;
    let change = Change { before, running, fresh, carried };
    let mut detail = change.detail();
    if let Some(evidence) = &by_itself {
        detail["calls"] = evidence.calls.into();
        detail["failed"] = evidence.failed.into();
    }
    let instead = change.fresh.manifest().version.clone();
    let evidence = by_itself.map(|evidence| Evidence { instead, ..evidence }.text()).unwrap_or_default();
    let entry = Entry::new("plugin.rolled-back").actor(actor).subject(id).detail(detail);
    let row = PluginRow { previous: String::new(), evidence, ..change.row(app) };
    carry_out(app, change, row, entry, true).await
}

/// Everything that can refuse.
async fn prepared(app: &App, before: PluginRow, wanted: Wanted, insist: Insist) -> Result<Change, ChangeRefused> {
    let release = app.registry.release(&before.id, &wanted).ok_or(ChangeRefused::NotFound)?;
    let is_older = version_of(&before.version).is_some_and(|last| release.version() < last);
    if is_older && !insist.older {
        return Err(ChangeRefused::Older { than: before.version.clone() });
    }
    let running = app.registry.plugin(&before.id);
    let fresh = app.registry.load_beside(&before.id, Wanted::Exactly(release.sha256.clone())).await?;
    let carried = carry::try_on(app, &fresh, &before.version).await?;
    let change = Change { before, running, fresh, carried };
    if change.is_another_release() {
        let unfit = change.carried.unfit();
        if !unfit.is_empty() && !insist.settings {
            return Err(ChangeRefused::Settings(unfit));
        }
        rehearse::rehearse(app, &change.fresh, change.running.as_ref(), &change.carried).await?;
    }
    Ok(change)
}

/// The kind of the journal entry; none if nothing changes.
fn kind_of(change: &Change) -> Option<&'static str> {
    let version = change.fresh.release().version();
    match &change.running {
        Some(running) if running.copy() == change.fresh.copy() && change.before.enabled => None,
        None => Some("plugin.enabled"),
        Some(running) if version < running.release().version() => Some("plugin.downgraded"),
        Some(_) => Some("plugin.upgraded"),
    }
}

impl Change {
    /// Whether an administrator said yes to another one before.
    fn is_another_release(&self) -> bool {
        !self.before.sha256.is_empty() && self.before.sha256 != self.fresh.release().sha256
    }

    fn row(&self, app: &App) -> PluginRow {
        PluginRow {
            enabled: true,
            sha256: self.fresh.release().sha256.clone(),
            version: self.fresh.manifest().version.clone(),
            updated_at: app.clock.now_ms(),
            ..self.before.clone()
        }
    }

    fn detail(&self) -> Value {
        let before = self.running.as_ref().map(|running| running.manifest().version.clone());
        let off = self.carried.parts.iter().filter(|part| part.goes_off());
        let off: Vec<&str> = off.map(|part| part.one.uid.as_str()).collect();
        let mut detail = json!({"version": self.fresh.manifest().version, "sha256": self.fresh.release().sha256});
        if let Some(before) = before {
            detail["before"] = before.into();
        }
        if !off.is_empty() {
            detail["switched_off"] = off.join(", ").into();
        }
        detail
    }
}

/// One transaction, one swap.
async fn carry_out(app: &App, change: Change, row: PluginRow, entry: Entry, back: bool) -> Result<(), ChangeRefused> {
    app.registry.check_types(&change.fresh)?;
    let (inner, now) = (app.clone(), row.updated_at);
    let Change { before, running, fresh, carried } = change;
    let (id, release) = (row.id.clone(), row.sha256.clone());
    let written = app.store.write(move |conn| {
        Box::pin(async move {
            revisions::raise(conn, Topic::Plugins).await?;
            revisions::raise(conn, Topic::Authenticators).await?;
            plugins::put(conn, &row).await?;
            let restored = if back { written::put_back(conn, &release, now).await? } else { BTreeSet::new() };
            for part in carried.parts.iter().filter(|part| !restored.contains(&part.one.id)) {
                written::put_part(conn, part, &before.sha256, now).await?;
                if part.goes_off() {
                    authenticators_service::check_another_way(conn, &inner, None).await?;
                }
            }
            Ok::<_, ChangeRefused>(audit::insert(conn, &inner, entry).await?)
        })
    });
    written.await?;
    if running.as_ref().is_some_and(|running| running.copy() != fresh.copy()) && !back {
        fresh.watch_first_calls();
    }
    // Both in one breath: a sign-in between the two would see new settings in the old release.
    app.registry.swap(&fresh).await?;
    app.authenticators.reload(&app.store).await?;
    if let Some(running) = running.filter(|running| running.copy() != fresh.copy()) {
        tokio::spawn(super::watch::retire(id, running));
    }
    Ok(())
}

/// Notes that a release did not take over, in the journal and, while another one runs, on its card.
async fn held_back(
    app: &App,
    actor: &str,
    before: PluginRow,
    refused: ChangeRefused,
) -> Result<ChangeRefused, Failure> {
    let (what, cause, detail) = match &refused {
        ChangeRefused::Plugin(why) => (What::HeldBack, why.key(), why.detail().unwrap_or_default().to_owned()),
        ChangeRefused::Rehearsal { said, .. } => (What::Rehearsal, "", said.clone()),
        // A question, not a failure.
        _ => return Ok(refused),
    };
    let entry = Entry::new("plugin.failed").refused().actor(actor).subject(&before.id);
    let entry = entry.detail(json!({"cause": if cause.is_empty() { "rehearsal" } else { cause }, "detail": detail}));
    let Some(running) = app.registry.plugin(&before.id) else {
        if let ChangeRefused::Plugin(why) = &refused {
            app.registry.refuse(&before.id, why);
        }
        audit::record(app, entry).await?;
        return Ok(refused);
    };
    let evidence = Evidence {
        what,
        version: String::new(),
        instead: running.manifest().version.clone(),
        at: app.clock.now_ms(),
        cause: cause.to_owned(),
        detail,
        calls: 0,
        failed: 0,
    };
    super::watch::note(app, before, evidence, entry).await?;
    Ok(refused)
}

/// `MAJOR.MINOR.PATCH` as numbers, which compare as versions do.
pub(crate) fn version_of(text: &str) -> Option<[u32; 3]> {
    let numbers: Vec<u32> = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}
