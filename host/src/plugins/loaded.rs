//! A plug-in that runs: what it registered, and how it is called.

use std::io;
use std::sync::Arc;

use plugin_api::{
    AuthenticatorType, BeginReply, BeginRequest, Callback, Fault, FaultKind, Finding, Identity, Lender, Lent, Manifest,
    PluginHandle,
};
use serde_json::Value;

use super::cache::Cache;
use super::lend::{Borrower, HostLender, Journal, Reach};
use super::{CallLimits, Means, Runner, Summary};

/// An enabled plug-in. Whoever is in the middle of a call holds it; disabling it ends no call.
pub struct LoadedPlugin {
    summary: Arc<Summary>,
    types: Vec<Arc<AuthenticatorType>>,
    calls: Runner,
    means: Means,
    cache: Option<Arc<Cache>>,
    journal: Arc<Journal>,
}

/// For which authenticator a call is made.
#[derive(Clone)]
pub struct OnBehalf {
    /// What tells this authenticator, in this version of its settings, from every other: its partition of the cache.
    /// New settings with a new key never meet a token that was got with the old ones.
    pub cache_key: String,
    /// Its settings, checked, with the secrets in clear.
    pub settings: Value,
    /// The addresses among the settings that the plug-in may call ([`plugin_api::ui_schema::Form::upstreams`]).
    pub upstreams: Vec<String>,
}

impl LoadedPlugin {
    /// A plug-in behind `handle`, with threads of its own.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(
        summary: Arc<Summary>,
        handle: Arc<dyn PluginHandle>,
        types: Vec<AuthenticatorType>,
        limits: CallLimits,
        means: Means,
    ) -> io::Result<Self> {
        let id = &summary.manifest.id;
        let calls = Runner::new(id, handle, limits)?;
        let journal = Arc::new(Journal::new(id));
        let cache = summary.manifest.borrows.cache.then(Arc::default);
        Ok(Self { types: types.into_iter().map(Arc::new).collect(), summary, calls, means, cache, journal })
    }

    /// What is known about its file.
    pub fn summary(&self) -> &Arc<Summary> {
        &self.summary
    }

    /// Its manifest.
    pub fn manifest(&self) -> &Manifest {
        &self.summary.manifest
    }

    /// The authenticator types that it registered.
    pub fn types(&self) -> &[Arc<AuthenticatorType>] {
        &self.types
    }

    /// How it is called, for its state of health.
    pub fn calls(&self) -> &Runner {
        &self.calls
    }

    /// Where does the browser of a person who clicked go? The address is one that the manifest or the settings name.
    ///
    /// # Errors
    /// What the plug-in says, or [`FaultKind::Internal`] for an address that nobody named; see [`Runner::call`].
    pub async fn begin(&self, on: &OnBehalf, request: BeginRequest) -> Result<BeginReply, Fault> {
        let reply = self.call(on, |plugin, settings, lender| plugin.begin(settings, lender, request)).await?;
        match self.reach(on).may_redirect(&reply.authorize_url) {
            Ok(()) => Ok(reply),
            Err(why) => Err(Fault::new(FaultKind::Internal, why).during("the plug-in sends the browser elsewhere")),
        }
    }

    /// Who is the person that the provider sent back?
    ///
    /// # Errors
    /// What the plug-in says; see [`Runner::call`].
    pub async fn finish(&self, on: &OnBehalf, callback: Callback) -> Result<Identity, Fault> {
        self.call(on, |plugin, settings, lender| plugin.finish(settings, lender, callback)).await
    }

    /// Do these settings work, as far as can be told without a person?
    ///
    /// # Errors
    /// What the plug-in says; see [`Runner::call`].
    pub async fn check(&self, on: &OnBehalf) -> Result<Vec<Finding>, Fault> {
        self.call(on, |plugin, settings, lender| plugin.check(settings, lender)).await
    }

    async fn call<T, M>(&self, on: &OnBehalf, make: M) -> Result<T, Fault>
    where
        T: Send + 'static,
        M: FnOnce(&dyn PluginHandle, Value, Arc<dyn Lender>) -> Lent<Result<T, Fault>> + Send + 'static,
    {
        let borrower = Borrower {
            authenticator: on.cache_key.clone(),
            reach: self.reach(on),
            cache: self.cache.clone(),
            journal: Arc::clone(&self.journal),
        };
        let (lender, _open_until_the_end) = HostLender::open(self.means.clone(), borrower);
        let settings = on.settings.clone();
        self.calls.call(move |plugin| make(plugin, settings, lender)).await
    }

    fn reach(&self, on: &OnBehalf) -> Reach {
        let allow_loopback = self.means.outbound.limits().allow_loopback;
        Reach::new(Arc::clone(&self.summary.manifest), &on.upstreams, allow_loopback)
    }
}
