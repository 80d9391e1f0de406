//! What is true at one moment: what lies in the folder, what runs, what failed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use plugin_api::AuthenticatorType;

use super::{Found, Summary};
use crate::plugins::{Cause, LoadedPlugin, Refused};

/// A state of the registry; never changed, only followed by the next one.
#[derive(Clone, Default)]
pub(super) struct Snapshot {
    generation: u64,
    found: Arc<[Found]>,
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
    /// What is known about its file: the running one if it runs, otherwise the one in the folder, if there is one.
    pub summary: Option<Arc<Summary>>,
    /// Whether it runs.
    pub state: State,
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

/// A file in the folder that is no plug-in.
#[derive(Clone, Debug)]
pub struct RefusedFile {
    /// Name of the file.
    pub file: String,
    /// Why.
    pub why: Refused,
}

impl Snapshot {
    /// The beginning of the next state.
    pub(super) fn next(&self) -> Self {
        Self { generation: self.generation + 1, ..self.clone() }
    }

    /// Notes what lies in the folder, and what of it is in quarantine and why, by its hash.
    pub(super) fn find(&mut self, found: &Arc<[Found]>, quarantined: &BTreeMap<String, Cause>) {
        self.found = Arc::clone(found);
        self.quarantined.clone_from(quarantined);
    }

    /// Registers the types of `plugin`, in the place of those of its predecessor.
    pub(super) fn enable(&mut self, plugin: &Arc<LoadedPlugin>) {
        let id = plugin.manifest().id.clone();
        self.disable(&id);
        self.quarantined.remove(&plugin.summary().sha256);
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

    pub(super) fn types(&self) -> Vec<(Arc<LoadedPlugin>, Arc<AuthenticatorType>)> {
        self.types.values().cloned().collect()
    }

    pub(super) fn type_of(&self, id: &str) -> Option<(Arc<LoadedPlugin>, Arc<AuthenticatorType>)> {
        self.types.get(id).cloned()
    }

    /// Whether a running plug-in uses the copy with this hash.
    pub(super) fn uses(&self, sha256: &str) -> bool {
        self.enabled.values().any(|plugin| plugin.summary().sha256 == sha256)
    }

    /// Where the library of `id` was last seen.
    pub(super) fn path(&self, id: &str) -> Option<PathBuf> {
        self.file_of(id).map(|found| found.path.clone())
    }

    pub(super) fn list(&self) -> Listing {
        let in_folder = self.found.iter().filter_map(|found| found.outcome.as_ref().ok());
        let in_folder = in_folder.map(|summary| &summary.manifest.id);
        let ids: BTreeSet<&String> = in_folder.chain(self.enabled.keys()).chain(self.failed.keys()).collect();
        let refused = self.found.iter().filter_map(|found| {
            let why = found.outcome.as_ref().err()?.clone();
            Some(RefusedFile { file: found.file(), why })
        });
        Listing { plugins: ids.into_iter().map(|id| self.entry(id)).collect(), refused: refused.collect() }
    }

    fn entry(&self, id: &str) -> Entry {
        let in_folder = self.file_of(id).and_then(|found| found.outcome.as_ref().ok());
        let running = self.enabled.get(id);
        let summary = running.map(|plugin| plugin.summary()).or(in_folder).cloned();
        let state = match (self.failed.get(id), running) {
            (_, Some(plugin)) => State::Enabled(Arc::clone(plugin)),
            (Some(Refused::Quarantined(cause)), None) => State::Quarantined(cause.clone()),
            (Some(why), None) => State::Failed(why.clone()),
            (None, None) => match in_folder.and_then(|summary| self.quarantined.get(&summary.sha256)) {
                Some(cause) => State::Quarantined(cause.clone()),
                None => State::Available,
            },
        };
        Entry { id: id.to_owned(), summary, state }
    }

    fn file_of(&self, id: &str) -> Option<&Found> {
        self.found.iter().find(|found| found.outcome.as_ref().is_ok_and(|summary| summary.manifest.id == id))
    }
}
