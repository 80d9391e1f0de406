//! The way of a library into this process: read and examine → private copy → trial in a child process → crash marker
//! → open → ask what it registers → threads, and a sign of life.
//!
//! Each step may refuse, and nothing is published before the last. A check of signatures belongs before the private
//! copy is written, and so does the refusal of an older version.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use plugin_api::{AuthenticatorType, PluginHandle, host};

use super::opening::Opening;
use super::{Setup, Summary};
use crate::plugins::inspect::{Inspected, inspect};
use crate::plugins::marker::{Marker, Markers};
use crate::plugins::refused::brief;
use crate::plugins::stage::Stage;
use crate::plugins::{Cause, Happened, LoadStep, LoadedPlugin, Refused, definition, lock};

/// On whose word a plug-in is enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnabledBy {
    /// An administrator says so now. It ends a quarantine.
    Administrator,
    /// It was enabled when the host last ran. A quarantine stands.
    Start,
}

/// Loads libraries, and keeps what was loaded: a copy is never unmapped, and never mapped twice.
pub(super) struct Loader {
    setup: Setup,
    stage: Stage,
    markers: Markers,
    copies: Mutex<HashMap<String, LoadedCopy>>,
}

/// A library that is mapped into this process, by the hash of its bytes.
#[derive(Clone)]
struct LoadedCopy {
    handle: Arc<dyn PluginHandle>,
    types: Vec<AuthenticatorType>,
}

impl Loader {
    pub(super) fn new(setup: Setup) -> io::Result<Self> {
        let stage = Stage::open(&setup.data.join("plugins-run"))?;
        let markers = Markers::open(setup.data.join("loading"))?;
        Ok(Self { setup, stage, markers, copies: Mutex::default() })
    }

    /// What these bytes did when they were loaded last, if it was harm. Blocks.
    pub(super) fn quarantine(&self, sha256: &str) -> Result<Option<Cause>, Refused> {
        self.markers.quarantine(sha256).map_err(storage)
    }

    /// The hashes of all copies in this process.
    pub(super) fn copies(&self) -> Vec<String> {
        lock(&self.copies).keys().cloned().collect()
    }

    /// Reads and examines one file.
    pub(super) async fn inspect(&self, path: PathBuf) -> Result<Inspected, Refused> {
        blocking(move || inspect(&path)).await?
    }

    /// Walks the whole way. Must not be dropped half-way: a marker would be left behind.
    pub(super) async fn load(
        self: &Arc<Self>,
        library: Inspected,
        by: EnabledBy,
    ) -> Result<Arc<LoadedPlugin>, Refused> {
        let summary = Arc::new(Summary::of(&library));
        let known = lock(&self.copies).get(&summary.sha256).cloned();
        let copy = match known {
            Some(copy) => copy,
            None => self.first_copy(library, by).await?,
        };
        self.start(summary, copy).await
    }

    /// Maps a library that this process has not seen before.
    async fn first_copy(self: &Arc<Self>, library: Inspected, by: EnabledBy) -> Result<LoadedCopy, Refused> {
        let sha256 = library.sha256.clone();
        let what = format!("{} {}", library.manifest.id, library.manifest.version);
        let path = self.prepare(library, by).await?;
        let _one_at_a_time = self.markers.turn().await;
        let marker = self.marking(&sha256, move |markers, sha256| markers.set(sha256, &what)).await?;
        let outcome = self.open(path, &marker).await;
        if let Ok(copy) = &outcome {
            lock(&self.copies).insert(sha256.clone(), copy.clone());
        }
        // A library that never let go of its thread may yet do harm: it stays marked.
        if !matches!(outcome, Err(Refused::Hangs)) {
            self.marking(&sha256, |markers, sha256| markers.clear(sha256)).await?;
        }
        outcome
    }

    /// A private copy that survived a trial in another process.
    async fn prepare(self: &Arc<Self>, library: Inspected, by: EnabledBy) -> Result<PathBuf, Refused> {
        let (loader, sha256) = (Arc::clone(self), library.sha256.clone());
        let path = blocking(move || {
            if by == EnabledBy::Start
                && let Some(cause) = loader.quarantine(&library.sha256)?
            {
                return Err(Refused::Quarantined(cause));
            }
            loader.stage.write(&library).map_err(storage)
        })
        .await??;
        if let Err(failed) = self.setup.probe.run(&path).await {
            let loader = Arc::clone(self);
            blocking(move || loader.stage.discard(&path)).await?;
            if let Some(cause) = failed.cause() {
                self.marking(&sha256, move |markers, sha256| markers.remember(sha256, &cause)).await?;
            }
            return Err(failed.why);
        }
        Ok(path)
    }

    /// Opens the private copy on a thread of its own, which is left behind if the library never lets go of it.
    async fn open(&self, path: PathBuf, marker: &Marker) -> Result<LoadedCopy, Refused> {
        let mut pen = marker.pen().map_err(storage)?;
        let opening = Opening::begin(move |asking| {
            open(&path, || {
                asking();
                pen.note(Happened::HostEnded, LoadStep::Asking);
            })
        });
        match opening.map_err(storage)?.within(self.setup.open).await {
            Ok(outcome) => outcome,
            Err(during) => {
                marker.pen().map_err(storage)?.note(Happened::HostHung, during);
                Err(Refused::Hangs)
            }
        }
    }

    /// Threads for a copy, and a first sign of life.
    async fn start(&self, summary: Arc<Summary>, copy: LoadedCopy) -> Result<Arc<LoadedPlugin>, Refused> {
        let means = self.setup.means.clone();
        let plugin = LoadedPlugin::new(summary, copy.handle, copy.types, self.setup.limits, means).map_err(storage)?;
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
fn open(path: &Path, asking: impl FnOnce()) -> Result<LoadedCopy, Refused> {
    let opened = host::open(path).map_err(|error| {
        tracing::debug!(report = error.full(), "a library could not be opened");
        Refused::CannotOpen(brief(&error.to_string()))
    })?;
    asking();
    let types = opened.handle.authenticator_types().map_err(|fault| Refused::BadTypes(brief(&fault.to_string())))?;
    definition::check(&types).map_err(Refused::BadTypes)?;
    Ok(LoadedCopy { handle: opened.handle, types })
}

/// Runs `work` on a thread where it may block.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Refused::Storage(error.to_string()))
}

fn storage(error: io::Error) -> Refused {
    Refused::Storage(error.to_string())
}
