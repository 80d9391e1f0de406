//! What is true at one moment: what could be loaded, what runs, what failed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use plugin_api::AuthenticatorType;

use crate::plugins::catalogue::{RefusedFile, Release, Shelf};
use crate::plugins::{Cause, LoadedPlugin, Refused};

/// A state of the registry; never changed, only followed by the next one.
#[derive(Clone, Default)]
pub(super) struct Snapshot {
    generation: u64,
    shelf: Arc<Shelf>,
    /// Libraries in quarantine, and why.
    quarantined: BTreeMap<String, Cause>,
    enabled: BTreeMap<String, Arc<LoadedPlugin>>,
    failed: BTreeMap<String, Refused>,
    types: BTreeMap<String, (Arc<LoadedPlugin>, Arc<AuthenticatorType>)>,
}

/// Everything that there is to show.
#[derive(Clone, Default)]
pub struct Listing {
    /// The plug-ins, in the order of their ids.
    pub plugins: Vec<Entry>,
    /// Files that are none, in the order of their names.
    pub refused: Vec<RefusedFile>,
}

/// One plug-in.
#[derive(Clone)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The release that runs; otherwise the one that would be enabled, if there is any.
    pub release: Option<Arc<Release>>,
    /// All its releases, the latest version first.
    pub releases: Vec<Arc<Release>>,
    /// Whether it runs.
    pub state: State,
    /// Why the release that was to take the place of the running one does not.
    pub held_back: Option<Refused>,
}

/// Whether a plug-in runs.
#[derive(Clone)]
pub enum State {
    /// It could be enabled.
    Available,
    /// It runs.
    Enabled(Arc<LoadedPlugin>),
    /// It should run and does not, and why.
    Failed(Refused),
    /// It did harm when it was loaded before; it waits for an administrator's word.
    Quarantined(Cause),
}

impl Snapshot {
    /// The beginning of the next state.
    pub(super) fn next(&self) -> Self {
        Self { generation: self.generation + 1, ..self.clone() }
    }

    /// Notes what could be loaded, and what of it is in quarantine, by its hash.
    pub(super) fn find(&mut self, shelf: &Arc<Shelf>, quarantined: &BTreeMap<String, Cause>) {
        self.shelf = Arc::clone(shelf);
        self.quarantined.clone_from(quarantined);
    }

    /// Registers the types of `plugin`, in the place of those of its predecessor.
    pub(super) fn enable(&mut self, plugin: &Arc<LoadedPlugin>) {
        let id = plugin.manifest().id.clone();
        self.disable(&id);
        self.quarantined.remove(&plugin.release().library);
        for one in plugin.types() {
            self.types.insert(one.id.clone(), (Arc::clone(plugin), Arc::clone(one)));
        }
        self.enabled.insert(id, Arc::clone(plugin));
    }

    pub(super) fn disable(&mut self, id: &str) {
        self.types.retain(|_, (plugin, _)| plugin.manifest().id != id);
        self.enabled.remove(id);
        self.failed.remove(id);
    }

    /// Notes that `id` could not be loaded. If an earlier copy of it runs, that goes on.
    pub(super) fn fail(&mut self, id: &str, why: &Refused) {
        self.failed.insert(id.to_owned(), why.clone());
    }

    /// A type belongs to one plug-in: the first that came.
    pub(super) fn check_types(&self, plugin: &LoadedPlugin) -> Result<(), Refused> {
        for one in plugin.types() {
            if let Some((owner, _)) = self.types.get(&one.id) {
                let owner = &owner.manifest().id;
                if *owner != plugin.manifest().id {
                    return Err(Refused::TypeTaken { type_id: one.id.clone(), plugin: owner.clone() });
                }
            }
        }
        Ok(())
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    pub(super) fn plugin(&self, id: &str) -> Option<Arc<LoadedPlugin>> {
        self.enabled.get(id).cloned()
    }

    pub(super) fn failure(&self, id: &str) -> Option<Refused> {
        self.failed.get(id).cloned()
    }

    pub(super) fn types(&self) -> Vec<(Arc<LoadedPlugin>, Arc<AuthenticatorType>)> {
        self.types.values().cloned().collect()
    }

    pub(super) fn type_of(&self, id: &str) -> Option<(Arc<LoadedPlugin>, Arc<AuthenticatorType>)> {
        self.types.get(id).cloned()
    }

    /// Whether a running plug-in uses this copy.
    pub(super) fn uses(&self, copy: u64) -> bool {
        self.enabled.values().any(|plugin| plugin.copy() == copy)
    }

    pub(super) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    pub(super) fn list(&self) -> Listing {
        let ids: BTreeSet<&String> =
            self.shelf.releases.keys().chain(self.enabled.keys()).chain(self.failed.keys()).collect();
        Listing { plugins: ids.into_iter().map(|id| self.entry(id)).collect(), refused: self.shelf.refused.clone() }
    }

    fn entry(&self, id: &str) -> Entry {
        let releases = self.shelf.of(id).to_vec();
        let running = self.enabled.get(id);
        let failed = self.failed.get(id);
        let release = running.map(|plugin| Arc::clone(plugin.release())).or_else(|| best(&releases));
        let state = match (failed, running) {
            (_, Some(plugin)) => State::Enabled(Arc::clone(plugin)),
            (Some(Refused::Quarantined(cause)), None) => State::Quarantined(cause.clone()),
            (Some(why), None) => State::Failed(why.clone()),
            (None, None) => match release.as_ref().and_then(|one| self.quarantined.get(&one.library)) {
                Some(cause) => State::Quarantined(cause.clone()),
                None => State::Available,
            },
        };
        let held_back = running.and(failed).cloned();
        Entry { id: id.to_owned(), release, releases, state, held_back }
    }
}

/// What is enabled if nobody says which: the latest that somebody vouches for, otherwise the latest.
pub(super) fn best(releases: &[Arc<Release>]) -> Option<Arc<Release>> {
    let trusted = releases.iter().find(|release| release.trust.is_trusted());
    trusted.or_else(|| releases.first()).cloned()
}
