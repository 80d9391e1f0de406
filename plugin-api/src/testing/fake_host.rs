//! The fake host: what a plug-in borrows, from a closure and memory.

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::cache::Cache;
use super::clock::Clock;
use super::lock;
use super::randomness::Randomness;
use super::run::{self, Stalled};
use crate::{
    CacheClaim, Context, Fault, HttpFault, HttpFaultKind, HttpReply, HttpRequest, Lender, Lent, Level, Method,
};

/// What a scripted server answers.
pub type ScriptedReply = Result<HttpReply, HttpFault>;

/// A scripted server: every request through the lent client ends here.
pub type Script = Arc<dyn Fn(&HttpRequest) -> ScriptedReply + Send + Sync>;

/// A host for tests. Clones share everything; one of them is one authenticator of one host.
///
/// Its clock is virtual: it starts at 2026-01-01T00:00:00Z and moves when [`Self::run`] finds nothing else to do, or
/// by [`Self::advance`].
///
/// ```
/// use std::time::Duration;
///
/// use plugin_api::HttpFaultKind;
/// use plugin_api::testing::{FakeHost, http_fault};
/// use serde_json::json;
///
/// let host = FakeHost::new(|_| http_fault(HttpFaultKind::Timeout));
/// let cx = host.context(json!({}));
/// let start = cx.now_ms();
/// // An hour, at once.
/// host.run(cx.sleep(Duration::from_secs(3600))).unwrap();
/// assert_eq!(cx.now_ms() - start, 3_600_000);
/// ```
///
/// The random bytes that it lends are the same in every test, and others with each call.
#[derive(Clone)]
pub struct FakeHost {
    inner: Arc<Inner>,
}

struct Inner {
    script: Script,
    latency: Duration,
    clock: Arc<Clock>,
    cache: Arc<Cache>,
    randomness: Randomness,
    requests: Mutex<Vec<HttpRequest>>,
    lines: Mutex<Vec<LogLine>>,
}

/// One line that a plug-in logged.
#[derive(Clone, Debug, PartialEq)]
pub struct LogLine {
    /// How important it is.
    pub level: Level,
    /// The sentence.
    pub message: String,
    /// What belongs to it.
    pub fields: Value,
}

impl FakeHost {
    /// How long a request takes, by the virtual clock.
    pub const LATENCY: Duration = Duration::from_millis(10);

    /// A host whose every request is answered by `script`.
    pub fn new(script: impl Fn(&HttpRequest) -> ScriptedReply + Send + Sync + 'static) -> Self {
        Self::with_script(Arc::new(script), Self::LATENCY)
    }

    /// A host that lends no address at all.
    pub fn offline() -> Self {
        Self::new(|_| http_fault(HttpFaultKind::NotAllowed))
    }

    /// A host whose requests take `latency`. With none they are answered at once, so that the clock need not move:
    /// for tests that poll on a runtime of their own.
    pub fn with_script(script: Script, latency: Duration) -> Self {
        Self::on_clock(script, latency, Clock::new())
    }

    /// Another authenticator of the same host: the same clock and the same servers, everything else its own.
    #[must_use]
    pub fn neighbour(&self) -> Self {
        let Inner { script, latency, clock, .. } = &*self.inner;
        Self::on_clock(Arc::clone(script), *latency, Arc::clone(clock))
    }

    fn on_clock(script: Script, latency: Duration, clock: Arc<Clock>) -> Self {
        let cache = Cache::new(Arc::clone(&clock));
        let (randomness, requests, lines) = Default::default();
        Self { inner: Arc::new(Inner { script, latency, clock, cache, randomness, requests, lines }) }
    }

    /// What the host lends for one call.
    pub fn lender(&self) -> Arc<dyn Lender> {
        Arc::new(self.clone())
    }

    /// The context of one call for an authenticator with these settings.
    pub fn context(&self, settings: Value) -> Context {
        Context::new(settings, self.lender())
    }

    /// Runs `future` to its end. Whenever it waits for time, the clock jumps.
    ///
    /// # Errors
    /// [`Stalled`] when nothing can wake it any more, or after a virtual day.
    pub fn run<F: Future>(&self, future: F) -> Result<F::Output, Stalled> {
        self.run_within(Duration::from_secs(24 * 60 * 60), future)
    }

    /// Runs `future` for at most `limit` of virtual time.
    ///
    /// # Errors
    /// [`Stalled`] when it does not end.
    pub fn run_within<F: Future>(&self, limit: Duration, future: F) -> Result<F::Output, Stalled> {
        run::run(&self.inner.clock, limit, future)
    }

    /// Moves the clock on.
    pub fn advance(&self, duration: Duration) {
        self.inner.clock.advance(duration);
    }

    /// The requests so far, oldest first.
    pub fn requests(&self) -> Vec<HttpRequest> {
        lock(&self.inner.requests).clone()
    }

    /// The log so far, oldest first.
    pub fn log_lines(&self) -> Vec<LogLine> {
        lock(&self.inner.lines).clone()
    }

    /// How many cache entries are being made: after a call has ended or was dropped, none.
    pub fn open_leases(&self) -> usize {
        self.inner.cache.open_leases()
    }

    /// Whether the cache was ever used.
    pub fn cache_was_used(&self) -> bool {
        self.inner.cache.was_used()
    }
}

impl Lender for FakeHost {
    fn log(&self, level: Level, message: &str, fields: &Value) {
        lock(&self.inner.lines).push(LogLine { level, message: message.to_owned(), fields: fields.clone() });
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.inner.clock.now().as_millis()).unwrap_or(u64::MAX)
    }

    fn http(&self, request: HttpRequest) -> Lent<ScriptedReply> {
        lock(&self.inner.requests).push(request.clone());
        let inner = Arc::clone(&self.inner);
        Box::pin(async move {
            inner.clock.sleep(inner.latency).await;
            (inner.script)(&request)
        })
    }

    fn sleep(&self, duration: Duration) -> Lent<()> {
        Box::pin(self.inner.clock.sleep(duration))
    }

    fn cache_claim(&self, key: &str) -> Lent<CacheClaim> {
        self.inner.cache.claim(key.to_owned())
    }

    fn cache_settle(&self, key: &str, lease: u64, value: Option<(Vec<u8>, Duration)>) {
        self.inner.cache.settle(key, lease, value);
    }

    fn cache_forget(&self, key: &str) {
        self.inner.cache.forget(key);
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        self.inner.randomness.fill(bytes);
        Ok(())
    }
}

/// A script from a table of method, address without its query, and answer. Any other request is not allowed.
pub fn table<const N: usize>(rows: [(Method, &str, ScriptedReply); N]) -> Script {
    let rows = rows.map(|(method, url, reply)| (method, url.to_owned(), reply));
    Arc::new(move |request| {
        let address = request.url.split('?').next().unwrap_or_default();
        let row = rows.iter().find(|(method, url, _)| *method == request.method && url == address);
        row.map_or_else(|| http_fault(HttpFaultKind::NotAllowed), |(_, _, reply)| reply.clone())
    })
}

/// An answer with a JSON body.
///
/// # Errors
/// Never; it is what a script returns.
pub fn json_reply(status: u16, body: &impl Serialize) -> ScriptedReply {
    bytes_reply(status, "application/json", serde_json::to_vec(body).unwrap_or_default())
}

/// An answer with any body.
///
/// # Errors
/// Never; it is what a script returns.
pub fn bytes_reply(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> ScriptedReply {
    let headers = [("content-type".to_owned(), content_type.to_owned())].into();
    Ok(HttpReply { status, headers, body: body.into() })
}

/// No answer.
///
/// # Errors
/// Always; it is what a script returns.
pub fn http_fault(kind: HttpFaultKind) -> ScriptedReply {
    Err(HttpFault { kind, detail: "scripted".to_owned() })
}
