//! Which plug-ins there are, and which of them run.
//!
//! Whoever serves a page reads a [`Snapshot`] that never changes under their hands; whoever changes something makes
//! the next one. Enabling walks the whole way of a library (see [`loading`]) on other threads and publishes its types
//! at the end; disabling takes them away at once, and lets calls that are under way come to their end.
//!
//! What an administrator decided is remembered elsewhere; this is only what is true in this process.

mod folder;
mod loading;
mod opening;
mod snapshot;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use plugin_api::AuthenticatorType;
use tokio::sync::Mutex;

use super::{CallLimits, Inspected, LoadedPlugin, Means, Probe, Refused};
use folder::Found;
use loading::Loader;
use snapshot::Snapshot;

pub use folder::Summary;
pub use loading::EnabledBy;
pub use snapshot::{Entry, Listing, RefusedFile, State};

/// What a [`Registry`] needs.
pub struct Setup {
    /// The folder that libraries are dropped into.
    pub folder: PathBuf,
    /// The host's private data folder.
    pub data: PathBuf,
    /// How libraries are tried out.
    pub probe: Probe,
    /// How long a library may take to open in this process.
    pub open: Duration,
    /// What a plug-in may use up.
    pub limits: CallLimits,
    /// What plug-ins borrow from.
    pub means: Means,
}

/// The plug-ins of this process.
pub struct Registry {
    folder: PathBuf,
    loader: Arc<Loader>,
    now: ArcSwap<Snapshot>,
    changing: Mutex<()>,
    deciding: Mutex<()>,
}

impl Registry {
    /// A registry in which nothing is enabled yet. Makes its folders, and cleans up after earlier processes. Blocks.
    ///
    /// # Errors
    /// When a folder cannot be made or cleaned.
    pub fn new(setup: Setup) -> io::Result<Arc<Self>> {
        std::fs::create_dir_all(&setup.folder)?;
        let folder = setup.folder.clone();
        let loader = Arc::new(Loader::new(setup)?);
        Ok(Arc::new(Self {
            folder,
            loader,
            now: ArcSwap::default(),
            changing: Mutex::default(),
            deciding: Mutex::default(),
        }))
    }

    /// To be held by whoever decides which plug-ins run, until this process and the database say the same.
    pub(super) const fn deciding(&self) -> &Mutex<()> {
        &self.deciding
    }

    /// Looks into the folder, and examines every library there.
    ///
    /// # Errors
    /// [`Refused::Unreadable`] when the folder cannot be read.
    pub async fn scan(&self) -> Result<Listing, Refused> {
        let _one_at_a_time = self.changing.lock().await;
        self.scan_now().await?;
        Ok(self.list())
    }

    /// Every plug-in known since the last [`scan`](Self::scan), and every file that is none.
    pub fn list(&self) -> Listing {
        self.now.load().list()
    }

    /// Loads the plug-in `id` and registers its types. Goes on to its end even if the caller goes away. A plug-in that
    /// runs already is replaced if its file has changed, and stays as it is if the new one is refused.
    ///
    /// # Errors
    /// Why it was refused; [`list`](Self::list) shows that too from then on.
    pub async fn enable(self: &Arc<Self>, id: &str, by: EnabledBy) -> Result<Arc<LoadedPlugin>, Refused> {
        let (registry, id) = (Arc::clone(self), id.to_owned());
        let whole_way = tokio::spawn(async move {
            let _one_at_a_time = registry.changing.lock().await;
            let outcome = registry.load(&id, by).await;
            match &outcome {
                Ok(plugin) => tracing::info!(plugin = id, version = plugin.manifest().version, "plug-in enabled"),
                Err(why) => tracing::error!(plugin = id, %why, "plug-in refused"),
            }
            registry.change(|next| match &outcome {
                Ok(plugin) => next.enable(plugin),
                Err(why) => next.fail(&id, why),
            });
            outcome
        });
        whole_way.await.unwrap_or_else(|error| Err(Refused::CannotOpen(error.to_string())))
    }

    /// Takes the types of the plug-in `id` away, at once. Its copy stays mapped, and is used again if the same bytes
    /// are enabled again.
    pub async fn disable(&self, id: &str) {
        self.change(|next| next.disable(id));
        // And once more after an enabling that was under way.
        let _one_at_a_time = self.changing.lock().await;
        self.change(|next| next.disable(id));
        tracing::info!(plugin = id, "plug-in disabled");
    }

    /// The enabled plug-in `id`.
    pub fn plugin(&self, id: &str) -> Option<Arc<LoadedPlugin>> {
        self.now.load().plugin(id)
    }

    /// Every registered authenticator type with its plug-in, in the order of the types' ids.
    pub fn types(&self) -> Vec<(Arc<LoadedPlugin>, Arc<AuthenticatorType>)> {
        self.now.load().types()
    }

    /// The authenticator type `id` and its plug-in.
    pub fn type_of(&self, id: &str) -> Option<(Arc<LoadedPlugin>, Arc<AuthenticatorType>)> {
        self.now.load().type_of(id)
    }

    /// A number that grows with every change, for whoever keeps something made from the types.
    pub fn generation(&self) -> u64 {
        self.now.load().generation()
    }

    /// How many copies are mapped that no enabled plug-in uses. Each costs about a megabyte until the host restarts.
    pub fn retired_copies(&self) -> usize {
        let now = self.now.load();
        self.loader.copies().iter().filter(|sha256| !now.uses(sha256)).count()
    }

    async fn scan_now(&self) -> Result<(), Refused> {
        let (folder, loader) = (self.folder.clone(), Arc::clone(&self.loader));
        let look = move || {
            let found = folder::scan(&folder)?;
            let mut quarantined = BTreeMap::new();
            for summary in found.iter().filter_map(|found| found.outcome.as_ref().ok()) {
                if let Some(cause) = loader.quarantine(&summary.sha256)? {
                    quarantined.insert(summary.sha256.clone(), cause);
                }
            }
            Ok((Arc::from(found), quarantined))
        };
        let (found, quarantined) = loading::blocking(look).await??;
        self.change(|next| next.find(&found, &quarantined));
        Ok(())
    }

    async fn load(&self, id: &str, by: EnabledBy) -> Result<Arc<LoadedPlugin>, Refused> {
        let library = self.library(id).await?;
        if let Some(running) = self.plugin(id).filter(|running| running.summary().sha256 == library.sha256) {
            return Ok(running);
        }
        let plugin = self.loader.load(library, by).await?;
        self.now.load().check_types(&plugin)?;
        Ok(plugin)
    }

    /// The library file of the plug-in `id`, read and examined now; the folder is searched again if it moved.
    async fn library(&self, id: &str) -> Result<Inspected, Refused> {
        let known = self.now.load().path(id);
        if let Some(path) = known {
            match self.loader.inspect(path).await {
                Ok(library) if library.manifest.id == id => return Ok(library),
                _ => {}
            }
        }
        self.scan_now().await?;
        let path = self.now.load().path(id).ok_or(Refused::NotFound)?;
        let library = self.loader.inspect(path).await?;
        if library.manifest.id == id { Ok(library) } else { Err(Refused::NotFound) }
    }

    fn change(&self, change: impl Fn(&mut Snapshot)) {
        self.now.rcu(|now| {
            let mut next = now.next();
            change(&mut next);
            next
        });
    }
}
