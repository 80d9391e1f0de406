//! The way of a library into this process: read and examine → is it let in? → private copy → trial in a child process →
//! crash marker → open → ask what it registers → threads, and a sign of life.
//!
//! Each step may refuse, and nothing is published before the last.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use plugin_api::{AuthenticatorType, PluginHandle, host};

use super::Setup;
use super::lookout::Lookout;
use super::mapped::{Mapped, MappedCopies};
use super::opening::Opening;
use crate::plugins::catalogue::{Opened, Release};
use crate::plugins::events::Tell;
use crate::plugins::inspect::Inspected;
use crate::plugins::marker::{Marker, Markers};
use crate::plugins::refused::brief;
use crate::plugins::stage::Stage;
use crate::plugins::{Cause, Happened, LoadStep, LoadedPlugin, Refused, blocking, definition};

/// On whose word a plug-in is enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnabledBy {
    /// An administrator says so now. It ends a quarantine.
    Administrator,
    /// It was enabled when the host last ran. A quarantine stands.
    Start,
}

/// A plug-in, and what it registers.
type Answers = (Arc<dyn PluginHandle>, Vec<AuthenticatorType>);

/// Loads libraries, and keeps what was loaded: a copy is never unmapped.
pub(super) struct Loader {
    setup: Setup,
    stage: Stage,
    markers: Markers,
    mapped: MappedCopies,
    copies: AtomicU64,
    tell: Tell,
}

impl Loader {
    pub(super) fn new(setup: Setup, tell: Tell) -> io::Result<Self> {
        let stage = Stage::open(&setup.data.join("plugins-run"))?;
        let markers = Markers::open(setup.data.join("loading"))?;
        Ok(Self { setup, stage, markers, mapped: MappedCopies::default(), copies: AtomicU64::new(1), tell })
    }

    /// What these bytes did when they were loaded last, if it was harm. Blocks.
    pub(super) fn quarantine(&self, sha256: &str) -> Result<Option<Cause>, Refused> {
        self.markers.quarantine(sha256).map_err(storage)
    }

    /// What is mapped into this process.
    pub(super) fn mapped(&self) -> &MappedCopies {
        &self.mapped
    }

    /// Walks the whole way. Must not be dropped half-way: a marker would be left behind.
    pub(super) async fn load(self: &Arc<Self>, opened: Opened, by: EnabledBy) -> Result<Arc<LoadedPlugin>, Refused> {
        let Opened { release, library } = opened;
        self.setup.policy.admit(&release.trust)?;
        let copy = match self.mapped.usable(&library.sha256) {
            Some(copy) => copy,
            None => {
                let path = self.tried(library.clone(), by).await?;
                self.map(&library, path).await?
            }
        };
        self.start(release, copy).await
    }

    /// Maps the library once more, from a new path: a copy whose threads hang may hold its own locks for ever.
    pub(super) async fn load_afresh(self: &Arc<Self>, opened: Opened) -> Result<Arc<LoadedPlugin>, Refused> {
        let Opened { release, library } = opened;
        self.setup.policy.admit(&release.trust)?;
        let path = self.staged(library.clone()).await?;
        let copy = self.map(&library, path).await?;
        self.start(release, copy).await
    }

    /// Maps the private copy at `path`, with a marker as long as that takes.
    async fn map(self: &Arc<Self>, library: &Inspected, path: PathBuf) -> Result<Mapped, Refused> {
        let what = format!("{} {}", library.manifest.id, library.manifest.version);
        let _one_at_a_time = self.markers.turn().await;
        let marker = self.marking(&library.sha256, move |markers, sha256| markers.set(sha256, &what)).await?;
        let outcome = self.open(path, &marker).await;
        // A library that never let go of its thread may yet do harm: it stays marked.
        if !matches!(outcome, Err(Refused::Hangs)) {
            self.marking(&library.sha256, |markers, sha256| markers.clear(sha256)).await?;
        }
        let (handle, types) = outcome?;
        let number = self.copies.fetch_add(1, Ordering::Relaxed);
        let copy =
            Mapped { number, plugin: library.manifest.id.clone(), library: library.sha256.clone(), handle, types };
        self.mapped.add(copy.clone());
        Ok(copy)
    }

    /// A private copy that survived a trial in another process.
    async fn tried(self: &Arc<Self>, library: Inspected, by: EnabledBy) -> Result<PathBuf, Refused> {
        let (loader, sha256) = (Arc::clone(self), library.sha256.clone());
        let known = blocking(move || loader.quarantine(&sha256)).await??;
        if let Some(cause) = known.filter(|_| by == EnabledBy::Start) {
            return Err(Refused::Quarantined(cause));
        }
        let sha256 = library.sha256.clone();
        let path = self.staged(library).await?;
        let Err(failed) = self.setup.probe.run(&path).await else { return Ok(path) };
        let loader = Arc::clone(self);
        blocking(move || loader.stage.discard(&path)).await?;
        if let Some(cause) = failed.cause() {
            self.marking(&sha256, move |markers, sha256| markers.remember(sha256, &cause)).await?;
        }
        Err(failed.why)
    }

    /// A private copy at a path that was never used.
    async fn staged(self: &Arc<Self>, library: Inspected) -> Result<PathBuf, Refused> {
        let loader = Arc::clone(self);
        blocking(move || loader.stage.write(&library).map_err(storage)).await?
    }

    /// Opens the private copy on a thread of its own, which is left behind if the library never lets go of it.
    async fn open(&self, path: PathBuf, marker: &Marker) -> Result<Answers, Refused> {
        let mut pen = marker.pen().map_err(storage)?;
        let lookout = Lookout::keep(marker.pen().map_err(storage)?, self.setup.open).map_err(storage)?;
        let opening = Opening::begin(move |asking| {
            open(&path, || {
                drop(lookout);
                asking();
                pen.note(Happened::HostEnded, LoadStep::Asking);
            })
        });
        let opened = opening.map_err(storage)?.within(self.setup.open).await;
        opened.unwrap_or_else(|during| {
            marker.pen().map_err(storage)?.note(Happened::HostHung, during);
            Err(Refused::Hangs)
        })
    }

    /// Threads for a copy, and a first sign of life.
    async fn start(&self, release: Arc<Release>, copy: Mapped) -> Result<Arc<LoadedPlugin>, Refused> {
        let plugin = LoadedPlugin::new(release, copy, self.setup.limits, self.setup.means.clone(), self.tell.clone());
        let plugin = plugin.map_err(storage)?;
        if plugin.calls().answers(self.setup.open).await { Ok(Arc::new(plugin)) } else { Err(Refused::Hangs) }
    }

    async fn marking<T: Send + 'static>(
        self: &Arc<Self>,
        sha256: &str,
        mark: impl FnOnce(&Markers, &str) -> io::Result<T> + Send + 'static,
    ) -> Result<T, Refused> {
        let (loader, sha256) = (Arc::clone(self), sha256.to_owned());
        blocking(move || mark(&loader.markers, &sha256)).await?.map_err(storage)
    }
}

/// Opens a library and asks what it registers; `asking` is called in between.
fn open(path: &Path, asking: impl FnOnce()) -> Result<Answers, Refused> {
    let opened = host::open(path).map_err(|error| {
        tracing::debug!(report = error.full(), "a library could not be opened");
        Refused::CannotOpen(brief(&error.to_string()))
    })?;
    asking();
    let types = opened.handle.authenticator_types().map_err(|fault| Refused::BadTypes(brief(&fault.to_string())))?;
    definition::check(&types).map_err(Refused::BadTypes)?;
    Ok((opened.handle, types))
}

fn storage(error: io::Error) -> Refused {
    Refused::Storage(error.to_string())
}
