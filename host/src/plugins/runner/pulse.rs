//! Whether the threads of a copy still run.
//!
//! They are asked every few seconds, and whenever a call has missed its deadline. Once they did not answer twice in a
//! row the copy is wedged, and stays so: it is called no more, whoever waits for it is told at once, and the one who
//! watches over plug-ins is told to put a fresh copy in its place.

use std::future::Future;
use std::sync::{Arc, Weak};
use std::time::Duration;

use plugin_api::PluginHandle;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use super::worker::Worker;
use crate::plugins::{CallLimits, Event, Tell};

/// The threads of one copy, and what is known of their health.
pub(super) struct Pulse {
    plugin: String,
    copy: u64,
    handle: Arc<dyn PluginHandle>,
    worker: Worker,
    limits: CallLimits,
    wedged: watch::Sender<bool>,
    asking: tokio::sync::Mutex<()>,
    tell: Tell,
}

impl Pulse {
    /// Begins to ask. It ends when the value is dropped, or the copy is wedged.
    pub(super) fn start(
        plugin: &str,
        copy: u64,
        handle: Arc<dyn PluginHandle>,
        worker: Worker,
        limits: CallLimits,
        tell: Tell,
    ) -> Arc<Self> {
        let (plugin, asking, wedged) = (plugin.to_owned(), tokio::sync::Mutex::default(), watch::Sender::new(false));
        let pulse = Arc::new(Self { plugin, copy, handle, worker, limits, wedged, asking, tell });
        tokio::spawn(ask_again_and_again(Arc::downgrade(&pulse), limits.ping_every));
        pulse
    }

    pub(super) fn worker(&self) -> &Worker {
        &self.worker
    }

    pub(super) fn is_wedged(&self) -> bool {
        *self.wedged.borrow()
    }

    /// Ready as soon as the copy is wedged.
    pub(super) fn when_wedged(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut wedged = self.wedged.subscribe();
        async move {
            // The sender lives as long as the calls that wait here; if it is gone, so are they.
            let _ = wedged.wait_for(|wedged| *wedged).await;
        }
    }

    /// Whether the threads answer within that time.
    pub(super) async fn answers(&self, within: Duration) -> bool {
        let handle = Arc::clone(&self.handle);
        let ping = self.worker.spawn(async move { handle.ping().await });
        matches!(timeout(within, ping).await, Ok(Some(Ok(()))))
    }

    /// Asks, and says what follows from no answer. One at a time.
    pub(super) async fn ask(&self) {
        let Ok(_only_one) = self.asking.try_lock() else { return };
        if self.is_wedged() || self.answers(self.limits.ping).await || self.answers(self.limits.ping).await {
            return;
        }
        let (plugin, copy) = (self.plugin.clone(), self.copy);
        tracing::error!(%plugin, copy, "the plug-in's threads hang");
        self.worker.step_back();
        self.wedged.send_replace(true);
        // Nobody may listen: a command of the shell has nothing to watch over.
        let _ = self.tell.send(Event::Wedged { plugin, copy });
    }
}

async fn ask_again_and_again(pulse: Weak<Pulse>, every: Duration) {
    let mut next = Instant::now() + every;
    loop {
        sleep(next.saturating_duration_since(Instant::now())).await;
        match pulse.upgrade() {
            Some(pulse) if !pulse.is_wedged() => pulse.ask().await,
            _ => return,
        }
        next = Instant::now() + every;
    }
}
