//! A plug-in that runs: what it registered, and how it is called.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use plugin_api::{
    About, AuthenticatorType, BeginReply, BeginRequest, Callback, Fault, FaultKind, Finding, Identity, Lender, Lent,
    Manifest, MigrateRequest, PluginHandle, Resolution, ResolveRequest,
};
use serde_json::Value;

use super::cache::Cache;
use super::catalogue::Release;
use super::events::Tell;
use super::legs::Legs;
use super::lend::{Borrower, HostLender, Journal, Reach, Trace};
use super::probation::Probation;
use super::registry::Mapped;
use super::scripts::Scripts;
use super::{CallLimits, Means, Runner};

/// An enabled plug-in. Whoever is in the middle of a call holds it; disabling it ends no call.
pub struct LoadedPlugin {
    release: Arc<Release>,
    copy: u64,
    types: Vec<Arc<AuthenticatorType>>,
    calls: Runner,
    tell: Tell,
    /// Only of a release that took the place of another one.
    probation: OnceLock<Probation>,
    /// The copy before this one hung.
    second: AtomicBool,
    means: Means,
    cache: Option<Arc<Cache>>,
    legs: Arc<Legs>,
    journal: Arc<Journal>,
    scripts: Scripts,
}

/// For which authenticator a call is made.
#[derive(Clone)]
pub struct OnBehalf {
    /// The authenticator's id, which stays the same when its settings change: its calls are measured under it.
    pub authenticator: String,
    /// What tells this authenticator, in this version of its settings, from every other: its partition of the cache.
    /// New settings with a new key never meet a token that was got with the old ones.
    pub cache_key: String,
    /// When its settings were saved, in milliseconds of the host's clock: what was seen of a server with older ones says
    /// nothing about newer ones.
    pub settings_ms: i64,
    /// Its settings, checked, with the secrets in clear.
    pub settings: Value,
    /// The addresses among the settings that the plug-in may call ([`plugin_api::ui_schema::Form::upstreams`]).
    pub upstreams: Vec<String>,
    /// What the plug-in may know about the authenticator besides its settings.
    pub about: About,
    /// Where the steps of the calls are noted.
    pub trace: Trace,
}

impl LoadedPlugin {
    /// A mapped copy of `release`, with threads of its own.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(release: Arc<Release>, copy: Mapped, limits: CallLimits, means: Means, tell: Tell) -> io::Result<Self> {
        let Mapped { number, handle, types, .. } = copy;
        let id = &release.manifest.id;
        let calls = Runner::new(id, number, handle, limits, tell.clone())?;
        let journal = Arc::new(Journal::new(id));
        let cache = release.manifest.borrows.cache.then(Arc::default);
        let legs = Arc::new(Legs::new(means.clock.clone(), means.entropy.clone()));
        let scripts = Scripts::of(&types);
        let types = types.into_iter().map(Arc::new).collect();
        let probation = OnceLock::new();
        let second = AtomicBool::new(false);
        Ok(Self { release, copy: number, types, calls, tell, probation, second, means, cache, legs, journal, scripts })
    }

    /// Which release it is.
    pub fn release(&self) -> &Arc<Release> {
        &self.release
    }

    /// The number of its copy among all of this process.
    pub fn copy(&self) -> u64 {
        self.copy
    }

    /// Its manifest.
    pub fn manifest(&self) -> &Manifest {
        &self.release.manifest
    }

    /// Whether it took the place of a copy that hung.
    pub(super) fn is_second_copy(&self) -> bool {
        self.second.load(Ordering::Relaxed)
    }

    /// Notes that it takes the place of a copy that hung.
    pub(super) fn is_the_second_copy(&self) {
        self.second.store(true, Ordering::Relaxed);
    }

    /// From now on its first calls are watched: it takes the place of another release.
    pub(super) fn watch_first_calls(&self) {
        self.probation.get_or_init(|| Probation::new(&self.release.manifest.id, self.copy, self.tell.clone()));
    }

    /// The authenticator types that it registered.
    pub fn types(&self) -> &[Arc<AuthenticatorType>] {
        &self.types
    }

    /// The scripts that they bring along.
    pub(crate) fn scripts(&self) -> &Scripts {
        &self.scripts
    }

    /// How it is called, for its state of health.
    pub fn calls(&self) -> &Runner {
        &self.calls
    }

    /// How its calls of other servers fare.
    pub fn legs(&self) -> &Legs {
        &self.legs
    }

    /// Where does the browser of a person who clicked go? The address is one that the manifest or the settings name.
    ///
    /// # Errors
    /// What the plug-in says, or [`FaultKind::Internal`] for an address that nobody named; see [`Runner::call`].
    pub async fn begin(&self, on: &OnBehalf, request: BeginRequest) -> Result<BeginReply, Fault> {
        let reply = self.call(on, false, |plugin, settings, lender| plugin.begin(settings, lender, request)).await?;
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
        self.call(on, false, |plugin, settings, lender| plugin.finish(settings, lender, callback)).await
    }

    /// Do these settings work, as far as can be told without a person? Asks servers even if they are left alone, which
    /// is how it is found out that they are back.
    ///
    /// # Errors
    /// What the plug-in says; see [`Runner::call`].
    pub async fn check(&self, on: &OnBehalf) -> Result<Vec<Finding>, Fault> {
        let about = on.about.clone();
        self.call(on, true, |plugin, settings, lender| plugin.check(settings, lender, about)).await
    }

    /// Which subjects belong to other identifiers?
    ///
    /// # Errors
    /// What the plug-in says; see [`Runner::call`].
    pub async fn resolve(&self, on: &OnBehalf, kind: &str, values: Vec<String>) -> Result<Vec<Resolution>, Fault> {
        let request =
            ResolveRequest { authenticator_type: on.about.authenticator_type.clone(), kind: kind.to_owned(), values };
        self.call(on, false, |plugin, settings, lender| plugin.resolve(settings, lender, request)).await
    }

    /// The settings of `on`, which version `from_version` of the plug-in saved, as settings of this version. Whether they
    /// fit its form is for the caller to look at.
    ///
    /// # Errors
    /// What the plug-in says; see [`Runner::call`].
    pub async fn migrate(&self, on: &OnBehalf, from_version: &str) -> Result<Value, Fault> {
        let request = MigrateRequest {
            authenticator_type: on.about.authenticator_type.clone(),
            from_version: from_version.to_owned(),
            settings: on.settings.clone(),
        };
        self.call(on, false, |plugin, settings, lender| plugin.migrate(settings, lender, request)).await
    }

    async fn call<T, M>(&self, on: &OnBehalf, check: bool, make: M) -> Result<T, Fault>
    where
        T: Send + 'static,
        M: FnOnce(&dyn PluginHandle, Value, Arc<dyn Lender>) -> Lent<Result<T, Fault>> + Send + 'static,
    {
        let borrower = Borrower {
            authenticator: on.authenticator.clone(),
            settings_ms: on.settings_ms,
            cache_key: on.cache_key.clone(),
            reach: self.reach(on),
            cache: self.cache.clone(),
            legs: Arc::clone(&self.legs),
            check,
            journal: Arc::clone(&self.journal),
            trace: on.trace.clone(),
        };
        let (lender, tab) = HostLender::open(self.means.clone(), borrower);
        let settings = on.settings.clone();
        let outcome = self.calls.call_waiting(|| tab.waits(), move |plugin| make(plugin, settings, lender)).await;
        if let Some(probation) = self.probation.get() {
            probation.note(outcome.as_ref().is_err_and(|fault| fault.kind == FaultKind::Internal));
        }
        outcome
    }

    fn reach(&self, on: &OnBehalf) -> Reach {
        let allow_loopback = self.means.outbound.limits().allow_loopback;
        Reach::new(Arc::clone(&self.release.manifest), &on.upstreams, allow_loopback)
    }
}
