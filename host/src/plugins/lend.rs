//! What the host lends to a plug-in for the length of one call.
//!
//! A [`HostLender`] is made for each call and knows for whom: which plug-in, which authenticator, which addresses.
//! Whatever takes time (HTTP, sleeping) runs on the host's own threads and is listed in the call's [`Tab`]; when the
//! call ends, in whichever way, the tab is closed: what still runs is aborted, leases are given back, and a plug-in
//! that hangs in a thread of its own can borrow nothing more.

mod exchanges;
mod journal;
mod reach;
mod tab;
mod trace;

use std::sync::Arc;
use std::time::Duration;

use plugin_api::{CacheClaim, Fault, HttpFault, HttpFaultKind, HttpReply, HttpRequest, Lender, Lent, Level};
use serde_json::Value;
use tokio::runtime::Handle;

use super::cache::{Cache, Claim, Place};
use super::legs::Legs;
use crate::clock::{Clock, Entropy};
use crate::outbound::Outbound;

use exchanges::{Errand, Exchanges};
pub(super) use journal::Journal;
pub(super) use reach::Reach;
use tab::Tab;
pub use trace::{Step, StepOutcome, Trace};

/// What every call of every plug-in borrows from.
#[derive(Clone)]
pub struct Means {
    /// The host's threads, with timers and sockets.
    pub runtime: Handle,
    /// The host's HTTP client.
    pub outbound: Arc<Outbound>,
    /// The host's clock.
    pub clock: Arc<dyn Clock>,
    /// The host's source of randomness.
    pub entropy: Arc<dyn Entropy>,
}

/// For whom something is borrowed.
pub(super) struct Borrower {
    /// The authenticator's id.
    pub(super) authenticator: String,
    /// When its settings were saved.
    pub(super) settings_ms: i64,
    /// The authenticator's partition of the cache.
    pub(super) cache_key: String,
    /// Which addresses may be called.
    pub(super) reach: Reach,
    /// The cache, if the manifest asks for it.
    pub(super) cache: Option<Arc<Cache>>,
    /// Along which its requests go.
    pub(super) legs: Arc<Legs>,
    /// Whether the call is made to see whether servers answer.
    pub(super) check: bool,
    /// Where its lines go.
    pub(super) journal: Arc<Journal>,
    /// Where its requests are noted.
    pub(super) trace: Trace,
}

/// The host's side of [`Lender`], for one call.
pub(super) struct HostLender {
    means: Means,
    borrower: Borrower,
    exchanges: Arc<Exchanges>,
    tab: Arc<Tab>,
}

impl HostLender {
    /// Opens the tab of one call. It is closed when the returned [`OpenTab`] is dropped.
    pub(super) fn open(means: Means, borrower: Borrower) -> (Arc<Self>, OpenTab) {
        let exchanges = Arc::new(Exchanges::new(&borrower));
        let lender = Arc::new(Self { means, borrower, exchanges, tab: Arc::new(Tab::default()) });
        (Arc::clone(&lender), OpenTab(lender))
    }

    fn close(&self) {
        for (place, lease) in self.tab.close() {
            self.give_back(&place, lease, None);
        }
        self.exchanges.close();
    }

    fn give_back(&self, place: &Place, lease: u64, value: Option<(Vec<u8>, Duration)>) {
        if let Some(cache) = &self.borrower.cache {
            cache.settle(place, lease, value, self.means.clock.now_ms());
        }
    }

    fn place(&self, key: &str) -> Place {
        Place::of(&self.borrower.cache_key, key)
    }
}

/// Held by the caller for as long as the call lasts.
pub(super) struct OpenTab(Arc<HostLender>);

impl OpenTab {
    /// Whether the plug-in waits for another server, or for another call that does, or did so a moment ago.
    pub(super) fn waits(&self) -> bool {
        self.0.tab.waits()
    }
}

impl Drop for OpenTab {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Lender for HostLender {
    fn log(&self, level: Level, message: &str, fields: &Value) {
        self.borrower.journal.write(&self.borrower.authenticator, level, message, fields);
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.means.clock.now_ms()).unwrap_or_default()
    }

    fn http(&self, request: HttpRequest) -> Lent<Result<HttpReply, HttpFault>> {
        let errand = Errand::of(&request);
        if let Err(why) = self.borrower.reach.may_send(&request) {
            self.exchanges.refuse(errand);
            return Box::pin(std::future::ready(Err(HttpFault {
                kind: HttpFaultKind::NotAllowed,
                detail: why.into(),
            })));
        }
        let (outbound, exchanges) = (Arc::clone(&self.means.outbound), Arc::clone(&self.exchanges));
        let slots = self.tab.http_slots();
        let work = self.tab.run(&self.means.runtime, async move {
            // Never closed, so it is always granted; and without a slot nothing would be worse.
            let _slot = slots.acquire_owned().await.ok();
            let exchange = exchanges.begin(errand).ok_or_else(paused)?;
            let outcome = outbound.send(request).await;
            exchange.end(&outcome);
            outcome
        });
        let tab = Arc::clone(&self.tab);
        Box::pin(async move {
            let _waiting = tab.wait();
            work.await.unwrap_or_else(|| Err(call_is_over()))
        })
    }

    fn sleep(&self, duration: Duration) -> Lent<()> {
        let work = self.tab.run(&self.means.runtime, async move { tokio::time::sleep(duration).await });
        Box::pin(async move { work.await.unwrap_or_default() })
    }

    fn cache_claim(&self, key: &str) -> Lent<CacheClaim> {
        let Some(cache) = self.borrower.cache.clone() else {
            return Box::pin(std::future::ready(CacheClaim::Lease(Cache::NOT_KEPT)));
        };
        let (clock, tab) = (Arc::clone(&self.means.clock), Arc::clone(&self.tab));
        let place = self.place(key);
        Box::pin(async move {
            loop {
                // A lease is taken and noted in one step without waiting, so that it cannot be lost on the way.
                match cache.claim(&place, clock.now_ms()) {
                    Claim::Hit(value) => return CacheClaim::Hit(value),
                    Claim::Taken(change) => {
                        let _waiting = tab.wait();
                        change.await;
                    }
                    Claim::Lease(lease) if tab.note_lease(&place, lease) => return CacheClaim::Lease(lease),
                    Claim::Lease(lease) => {
                        cache.settle(&place, lease, None, clock.now_ms());
                        return CacheClaim::Lease(Cache::NOT_KEPT);
                    }
                }
            }
        })
    }

    fn cache_settle(&self, key: &str, lease: u64, value: Option<(Vec<u8>, Duration)>) {
        self.tab.strike_lease(lease);
        self.give_back(&self.place(key), lease, value);
    }

    fn cache_forget(&self, key: &str) {
        if let Some(cache) = &self.borrower.cache {
            cache.forget(&self.place(key));
        }
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        self.means.entropy.fill(bytes);
        Ok(())
    }
}

fn paused() -> HttpFault {
    let detail = "the server failed several times in a row and is not asked for a moment";
    HttpFault { kind: HttpFaultKind::Paused, detail: detail.into() }
}

fn call_is_over() -> HttpFault {
    HttpFault { kind: HttpFaultKind::Broken, detail: "the call is over".into() }
}
