//! Which plug-ins there are, and which of them run.
//!
//! Whoever serves a page reads a [`Snapshot`] that never changes under their hands; whoever changes something makes
//! the next one. Enabling walks the whole way of a library (see [`loading`]) on other threads and publishes its types
//! at the end; disabling takes them away at once, and lets calls that are under way come to their end. A new release is
//! loaded beside the one that runs, and takes its place in one step.
//!
//! What an administrator decided is remembered elsewhere; this is only what is true in this process.

mod loading;
mod lookout;
mod mapped;
mod opening;
mod snapshot;
mod turns;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex as BlockingMutex};
use std::time::Duration;

use arc_swap::ArcSwap;
use plugin_api::AuthenticatorType;
use tokio::sync::{Mutex, OwnedMutexGuard, mpsc};

use super::catalogue::{Catalogue, Release};
use super::{CallLimits, Event, LoadedPlugin, Means, Policy, Probe, Refused, blocking, lock};
use crate::store::Store;
use loading::Loader;
use snapshot::Snapshot;

pub use loading::EnabledBy;
pub use mapped::Mapped;
pub use snapshot::{Entry, Listing, State};

/// What a [`Registry`] needs.
pub struct Setup {
    /// The folder that packages and libraries are put into.
    pub folder: PathBuf,
    /// Where installed packages are, if any can be.
    pub packages: Option<Store>,
    /// Who is let in.
    pub policy: Policy,
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

/// Which release of a plug-in is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The latest that somebody vouches for.
    Best,
    /// The one whose file has this SHA-256.
    Exactly(String),
}

/// The plug-ins of this process.
pub struct Registry {
    catalogue: Catalogue,
    policy: Policy,
    loader: Arc<Loader>,
    now: ArcSwap<Snapshot>,
    /// One at a time looks around.
    looking: Mutex<()>,
    /// For each plug-in, one at a time changes it.
    changing: BlockingMutex<BTreeMap<String, Arc<Mutex<()>>>>,
    /// Held from looking at the types to publishing more of them.
    publishing: BlockingMutex<()>,
    deciding: Mutex<()>,
    events: Mutex<mpsc::UnboundedReceiver<Event>>,
}

impl Registry {
    /// A registry in which nothing is enabled yet. Makes its folders, and cleans up after earlier processes. Blocks.
    ///
    /// # Errors
    /// When a folder cannot be made or cleaned.
    pub fn new(setup: Setup) -> io::Result<Arc<Self>> {
        std::fs::create_dir_all(&setup.folder)?;
        let policy = setup.policy.clone();
        let catalogue = Catalogue::new(setup.folder.clone(), setup.packages.clone(), policy.keys.clone());
        let (tell, events) = mpsc::unbounded_channel();
        Ok(Arc::new(Self {
            catalogue,
            policy,
            loader: Arc::new(Loader::new(setup, tell)?),
            now: ArcSwap::default(),
            looking: Mutex::default(),
            changing: BlockingMutex::default(),
            publishing: BlockingMutex::default(),
            deciding: Mutex::default(),
            events: Mutex::new(events),
        }))
    }

    /// Who is let in.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// To be held by whoever decides which plug-ins run, until this process and the database say the same.
    pub(super) const fn deciding(&self) -> &Mutex<()> {
        &self.deciding
    }

    /// Waits for what happens to running plug-ins without anybody asking.
    pub(super) async fn event(&self) -> Option<Event> {
        self.events.lock().await.recv().await
    }

    /// Looks around, and examines every release there is.
    ///
    /// # Errors
    /// [`Refused::Unreadable`] when the folder cannot be read, [`Refused::Storage`] when the database cannot.
    pub async fn scan(&self) -> Result<Listing, Refused> {
        let _one_at_a_time = self.looking.lock().await;
        let shelf = Arc::new(self.catalogue.look().await?);
        let (loader, all) = (Arc::clone(&self.loader), Arc::clone(&shelf));
        let quarantined = blocking(move || {
            let libraries: BTreeSet<&String> = all.releases.values().flatten().map(|one| &one.library).collect();
            let mut quarantined = BTreeMap::new();
            for library in libraries {
                if let Some(cause) = loader.quarantine(library)? {
                    quarantined.insert(library.clone(), cause);
                }
            }
            Ok::<_, Refused>(quarantined)
        })
        .await??;
        self.change(|next| next.find(&shelf, &quarantined));
        Ok(self.list())
    }

    /// Every plug-in known since the last [`scan`](Self::scan), and every file that is none.
    pub fn list(&self) -> Listing {
        self.now.load().list()
    }

    /// Loads the plug-in `id` and registers its types. Goes on to its end even if the caller goes away. A release that
    /// runs already is left as it is; another one that runs gives way, and goes on if the new one is refused.
    ///
    /// # Errors
    /// Why it was refused; [`list`](Self::list) shows that too from then on.
    pub async fn enable(
        self: &Arc<Self>,
        id: &str,
        wanted: Wanted,
        by: EnabledBy,
    ) -> Result<Arc<LoadedPlugin>, Refused> {
        let (registry, id) = (Arc::clone(self), id.to_owned());
        let whole_way = tokio::spawn(async move {
            let _one_at_a_time = registry.alone(&id).await;
            let outcome = registry.load(&id, &wanted, by).await.and_then(|plugin| registry.publish(&plugin));
            if let Err(why) = &outcome {
                registry.refuse(&id, why);
            }
            outcome
        });
        whole_way.await.unwrap_or_else(|error| Err(Refused::CannotOpen(error.to_string())))
    }

    /// Takes the types of the plug-in `id` away, at once. Its copy stays mapped, and is used again if the same bytes
    /// are enabled again.
    pub async fn disable(&self, id: &str) {
        self.change(|next| next.disable(id));
        // And once more after an enabling that was under way.
        let _one_at_a_time = self.alone(id).await;
        self.change(|next| next.disable(id));
        tracing::info!(plugin = id, "plug-in disabled");
    }

    /// The enabled plug-in `id`.
    pub fn plugin(&self, id: &str) -> Option<Arc<LoadedPlugin>> {
        self.now.load().plugin(id)
    }

    /// Why the plug-in `id` was refused or stopped here, if it was.
    pub(super) fn failure(&self, id: &str) -> Option<Refused> {
        self.now.load().failure(id)
    }

    /// The release of `id` that is meant, if it is known.
    pub fn release(&self, id: &str, wanted: &Wanted) -> Option<Arc<Release>> {
        let now = self.now.load();
        let releases = now.shelf().of(id);
        match wanted {
            Wanted::Best => snapshot::best(releases),
            Wanted::Exactly(sha256) => releases.iter().find(|release| release.sha256 == *sha256).cloned(),
        }
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

    /// How many copies of the plug-in `id` are mapped that nobody is sent to. Each costs about a megabyte until the host
    /// restarts.
    pub fn retired_copies(&self, id: &str) -> usize {
        let now = self.now.load();
        self.loader.mapped().all().iter().filter(|(plugin, copy)| plugin == id && !now.uses(*copy)).count()
    }

    async fn load(&self, id: &str, wanted: &Wanted, by: EnabledBy) -> Result<Arc<LoadedPlugin>, Refused> {
        if self.policy.safe_mode {
            return Err(Refused::SafeMode);
        }
        let release = self.found(id, wanted).await?;
        let opened = self.catalogue.open(&release).await?;
        if opened.release.manifest.id != id {
            return Err(Refused::NotFound);
        }
        let running = self.plugin(id).filter(|running| running.release().sha256 == release.sha256);
        match running {
            Some(running) => Ok(running),
            None => self.loader.load(opened, by).await,
        }
    }

    /// The release that is meant; everything is looked through once more if it is not known, or not there any more.
    async fn found(&self, id: &str, wanted: &Wanted) -> Result<Arc<Release>, Refused> {
        if let Wanted::Exactly(_) = wanted
            && let Some(release) = self.release(id, wanted)
        {
            return Ok(release);
        }
        self.scan().await?;
        match self.release(id, wanted) {
            Some(release) => Ok(release),
            // There is one, but not the one that an administrator said yes to.
            None if !self.now.load().shelf().of(id).is_empty() => Err(Refused::Changed),
            None => Err(Refused::NotFound),
        }
    }

    fn publish(&self, plugin: &Arc<LoadedPlugin>) -> Result<Arc<LoadedPlugin>, Refused> {
        let _nobody_else_publishes = lock(&self.publishing);
        self.now.load().check_types(plugin)?;
        let manifest = plugin.manifest();
        tracing::info!(plugin = manifest.id, version = manifest.version, copy = plugin.copy(), "plug-in enabled");
        self.change(|next| next.enable(plugin));
        Ok(Arc::clone(plugin))
    }

    /// Waits until nobody else changes the plug-in `id`.
    async fn alone(&self, id: &str) -> OwnedMutexGuard<()> {
        let one = Arc::clone(lock(&self.changing).entry(id.to_owned()).or_default());
        one.lock_owned().await
    }

    fn change(&self, change: impl Fn(&mut Snapshot)) {
        self.now.rcu(|now| {
            let mut next = now.next();
            change(&mut next);
            next
        });
    }
}
