//! What the host lends to a plug-in for the length of one call.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{About, Fault, FaultKind, HttpFault, HttpReply, HttpRequest};

/// A boxed future, as the object-safe [`Lender`] needs it.
pub type Lent<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What the host lends, in a form that both the real host and the fake one of the tests implement.
///
/// Plug-in authors use [`Context`], never this trait.
pub trait Lender: Send + Sync + 'static {
    /// Writes one line to the host's log.
    fn log(&self, level: Level, message: &str, fields: &Value);
    /// Milliseconds since 1970-01-01 UTC.
    fn now_ms(&self) -> u64;
    /// Calls another server. Deadlines, body cap and the list of allowed hosts are the host's.
    fn http(&self, request: HttpRequest) -> Lent<Result<HttpReply, HttpFault>>;
    /// Returns after `duration`.
    fn sleep(&self, duration: Duration) -> Lent<()>;
    /// Reads a cache entry, or takes the lease to make it. Waits while somebody else holds the lease.
    fn cache_claim(&self, key: &str) -> Lent<CacheClaim>;
    /// Ends the lease `lease`: with a value and its time to live, or, after a failure, with none.
    fn cache_settle(&self, key: &str, lease: u64, value: Option<(Vec<u8>, Duration)>);
    /// Forgets an entry.
    fn cache_forget(&self, key: &str);
    /// Fills `bytes` from a cryptographically secure source.
    ///
    /// # Errors
    /// [`FaultKind::Misconfigured`] where there is no such source: a host before version 1.2 lends none. Nothing weaker
    /// ever takes its place.
    fn random(&self, _bytes: &mut [u8]) -> Result<(), Fault> {
        Err(no_randomness())
    }
}

/// The answer of a host that lends no randomness.
pub(crate) fn no_randomness() -> Fault {
    Fault::new(FaultKind::Misconfigured, "this host lends no randomness: the plug-in needs one of version 1.2 or later")
}

/// The answer to [`Lender::cache_claim`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum CacheClaim {
    /// The value was there.
    Hit(Vec<u8>),
    /// Nobody has it; the caller makes it and settles this lease.
    Lease(u64),
}

/// How important a line of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something failed.
    Error,
    /// Something is odd.
    Warn,
    /// Something happened.
    Info,
    /// For whoever writes the plug-in.
    Debug,
}

/// What the host lends for the length of one call, and the settings of the authenticator the call is for.
///
/// ```
/// use std::time::Duration;
///
/// use plugin_api::testing::{FakeHost, json_reply};
/// use plugin_api::{Context, Fault, FaultKind, HttpRequest};
/// use serde_json::json;
///
/// #[derive(serde::Deserialize)]
/// struct Settings {
///     server: String,
/// }
///
/// /// The application's own token, asked for once in five minutes however many people sign in.
/// async fn token(cx: &Context) -> Result<Vec<u8>, Fault> {
///     let Settings { server } = cx.settings()?;
///     let make = || async {
///         let reply = cx.http(HttpRequest::get(format!("{server}/token"))).await?;
///         match reply.status {
///             200 => Ok((reply.body, Duration::from_secs(300))),
///             _ => Err(Fault::new(FaultKind::CredentialsRejected, "the server gives no token")),
///         }
///     };
///     cx.cached("token", make).await
/// }
///
/// let host = FakeHost::new(|_| json_reply(200, &json!("t0k3n")));
/// let cx = host.context(json!({ "server": "https://id.example" }));
/// assert_eq!(host.run(token(&cx)).unwrap(), host.run(token(&cx)).unwrap());
/// assert_eq!(host.requests().len(), 1);
/// ```
pub struct Context {
    settings: Value,
    about: About,
    lender: Arc<dyn Lender>,
}

impl Context {
    /// A context over `settings` (checked, with the secrets in clear) and `lender`.
    pub fn new(settings: Value, lender: Arc<dyn Lender>) -> Self {
        Self { settings, about: About::default(), lender }
    }

    /// The same context, saying more about the authenticator.
    #[must_use]
    pub fn with_about(mut self, about: About) -> Self {
        self.about = about;
        self
    }

    /// What the host says about the authenticator besides its settings.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The settings of the authenticator, in the struct that its form was made from.
    ///
    /// # Errors
    /// [`FaultKind::Misconfigured`] when they do not fit: they were saved by another version of the plug-in.
    pub fn settings<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        T::deserialize(&self.settings)
            .map_err(|_| Fault::new(FaultKind::Misconfigured, "the stored settings do not fit this version's form"))
    }

    /// Calls another server through the host's client.
    ///
    /// # Errors
    /// [`HttpFault`] when there is no answer; an answer of any status is not an error.
    pub async fn http(&self, request: HttpRequest) -> Result<HttpReply, HttpFault> {
        self.lender.http(request).await
    }

    /// Milliseconds since 1970-01-01 UTC, by the host's clock.
    pub fn now_ms(&self) -> u64 {
        self.lender.now_ms()
    }

    /// Returns after `duration`. Timers of a runtime do not work in a plug-in; this one does.
    pub async fn sleep(&self, duration: Duration) {
        self.lender.sleep(duration).await;
    }

    /// `N` unpredictable bytes from the host, for a code verifier, a nonce or a key. Since 1.2.
    ///
    /// ```
    /// # use plugin_api::{Context, Fault};
    /// # fn drawn(cx: &Context) -> Result<(), Fault> {
    /// let nonce: [u8; 32] = cx.random()?;
    /// # Ok(())
    /// # }
    /// # let host = plugin_api::testing::FakeHost::offline();
    /// # drawn(&host.context(serde_json::json!({}))).unwrap();
    /// ```
    ///
    /// # Errors
    /// [`FaultKind::Misconfigured`] on a host before version 1.2, which lends none.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], Fault> {
        let mut bytes = [0; N];
        self.lender.random(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes one line to the host's log. Never a secret, a code, a token or a telephone number.
    pub fn log(&self, level: Level, message: &str, fields: Value) {
        self.lender.log(level, message, &fields);
    }

    /// The cached value of `key`, made by `make` if there is none. However many calls of one authenticator ask at
    /// once, one of them makes the value and the others wait for it. Keys of different authenticators never meet.
    ///
    /// # Errors
    /// The fault of `make`. Nothing is cached then, and the next one who asks tries again.
    pub async fn cached<F, Fut>(&self, key: &str, make: F) -> Result<Vec<u8>, Fault>
    where
        F: FnOnce() -> Fut + Send,
        Fut: Future<Output = Result<(Vec<u8>, Duration), Fault>> + Send,
    {
        self.claimed(key, make).await
    }

    /// As [`cached`](Self::cached), but shared by all authenticators of this plug-in: for what belongs to the same
    /// account at the provider, whichever authenticator asks for it.
    ///
    /// `key` must hold everything that the value depends on, the secret included: then nobody gets a value without
    /// knowing the secret that it was got with. The host keeps a digest of the key, never the key. A host before 1.1
    /// keeps such entries per authenticator.
    ///
    /// # Errors
    /// As [`cached`](Self::cached).
    pub async fn cached_together<F, Fut>(&self, key: &str, make: F) -> Result<Vec<u8>, Fault>
    where
        F: FnOnce() -> Fut + Send,
        Fut: Future<Output = Result<(Vec<u8>, Duration), Fault>> + Send,
    {
        self.claimed(&together(key), make).await
    }

    async fn claimed<F, Fut>(&self, key: &str, make: F) -> Result<Vec<u8>, Fault>
    where
        F: FnOnce() -> Fut + Send,
        Fut: Future<Output = Result<(Vec<u8>, Duration), Fault>> + Send,
    {
        match self.lender.cache_claim(key).await {
            CacheClaim::Hit(value) => Ok(value),
            CacheClaim::Lease(lease) => {
                let guard = LeaseGuard { lender: &*self.lender, key, lease, settled: false };
                let (value, time_to_live) = make().await?;
                guard.settle(value.clone(), time_to_live);
                Ok(value)
            }
        }
    }

    /// Forgets the cached value of `key`.
    pub fn forget(&self, key: &str) {
        self.lender.cache_forget(key);
    }

    /// Forgets the value of `key` that was [cached together](Self::cached_together).
    pub fn forget_together(&self, key: &str) {
        self.lender.cache_forget(&together(key));
    }
}

/// The mark at the start of a cache key that is shared by all authenticators of a plug-in.
pub const TOGETHER: char = '\u{1}';

fn together(key: &str) -> String {
    format!("{TOGETHER}{key}")
}

/// Gives a lease back when its holder failed or was cancelled, so that whoever waits may try.
struct LeaseGuard<'a> {
    lender: &'a dyn Lender,
    key: &'a str,
    lease: u64,
    settled: bool,
}

impl LeaseGuard<'_> {
    fn settle(mut self, value: Vec<u8>, time_to_live: Duration) {
        self.settled = true;
        self.lender.cache_settle(self.key, self.lease, Some((value, time_to_live)));
    }
}

impl Drop for LeaseGuard<'_> {
    fn drop(&mut self) {
        if !self.settled {
            self.lender.cache_settle(self.key, self.lease, None);
        }
    }
}
