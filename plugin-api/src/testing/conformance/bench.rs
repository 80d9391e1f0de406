//! One call after the other, each watched for the rules that hold for all of them.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Sample;
use super::report::{Report, Rule};
use crate::guard::{self, Panic};
use crate::testing::address::{Address, decoded};
use crate::testing::{FakeHost, Script, Stalled};
use crate::{
    AuthenticatorType, BeginRequest, Callback, Channel, Fault, FaultKind, Lender, Lent, Manifest, PluginHandle,
};

/// The `state` of every tried attempt: 43 characters, as a host makes them.
pub(super) const STATE: &str = "q83vEjRWeJq83vEjRWeJ-q83vEjRWeJq83vEjRWeJ_w";

/// A Redirect URL that shows whether the plug-in encodes what it is given.
pub(super) const REDIRECT_URI: &str = "https://host.example/signin/0193-a%20b/callback?from=x&y=1+2";

/// How long a call may take by the virtual clock; the host's deadline is of this order.
const DEADLINE: Duration = Duration::from_secs(60);

/// How long a call may keep its thread, in real time. Generous, because tests run on busy machines.
const BLOCKED: Duration = Duration::from_secs(1);

/// After how many calls that never end the rest is not tried.
const PATIENCE: usize = 20;

/// The plug-in under test, and what was found so far.
pub(super) struct Bench<'a> {
    pub(super) handle: &'a dyn PluginHandle,
    pub(super) sample: &'a Sample,
    pub(super) report: Report,
    pub(super) manifest: &'a Option<Manifest>,
    pub(super) kind: &'a AuthenticatorType,
    /// How many calls did not end.
    hung: usize,
    /// Set when more calls would take hours.
    stuck: bool,
}

/// A call that ended, and the host it ended on.
pub(super) struct Ended<T> {
    pub(super) result: Result<T, Fault>,
    pub(super) host: FakeHost,
}

/// A call and its host, whether it ended or not.
type Watched<T> = (FakeHost, Result<Result<T, Fault>, Stalled>);

impl<'a> Bench<'a> {
    pub(super) fn new(
        handle: &'a dyn PluginHandle,
        manifest: &'a Option<Manifest>,
        kind: &'a AuthenticatorType,
        sample: &'a Sample,
        report: Report,
    ) -> Self {
        Self { handle, sample, report, manifest, kind, hung: 0, stuck: false }
    }

    pub(super) fn into_report(self) -> Report {
        self.report
    }

    /// Makes one call against `provider` and watches it. `None` when it did not end.
    pub(super) fn call<T>(
        &mut self,
        what: &str,
        provider: &Script,
        settings: &Value,
        call: impl Fn(&dyn PluginHandle, Value, Arc<dyn Lender>) -> Lent<Result<T, Fault>>,
    ) -> Option<Ended<T>> {
        let (host, result) = self.watched(what, provider, settings, DEADLINE, call)?;
        let Ok(result) = result else {
            self.report.fail(Rule::Prompt, format!("{what}: never ends"));
            self.watch_drop(what, &host);
            self.hung += 1;
            self.stuck |= self.hung >= PATIENCE;
            return None;
        };
        if let Err(fault) = &result {
            self.watch_fault(what, settings, fault);
        }
        Some(Ended { result, host })
    }

    /// Makes one call and drops it after `patience`, as a host does whose deadline has passed.
    pub(super) fn cancel<T>(
        &mut self,
        what: &str,
        patience: Duration,
        call: impl Fn(&dyn PluginHandle, Value, Arc<dyn Lender>) -> Lent<Result<T, Fault>>,
    ) {
        let sample = self.sample;
        if let Some((host, _)) = self.watched(what, &sample.provider, &sample.settings, patience, call) {
            self.watch_drop(what, &host);
        }
    }

    /// Makes one call for at most `limit` and watches what it does to its thread and its host.
    fn watched<T>(
        &mut self,
        what: &str,
        provider: &Script,
        settings: &Value,
        limit: Duration,
        call: impl Fn(&dyn PluginHandle, Value, Arc<dyn Lender>) -> Lent<Result<T, Fault>>,
    ) -> Option<Watched<T>> {
        if self.stuck {
            return None;
        }
        self.report.called();
        let host = FakeHost::with_script(Arc::clone(provider), FakeHost::LATENCY);
        let mut longest = Duration::ZERO;
        let caught = guard::catch(|| {
            let future = call(self.handle, settings.clone(), host.lender());
            host.run_within(limit, timed(future, &mut longest))
        });
        if longest > BLOCKED {
            self.stuck = true;
            let failure = format!("{what}: blocks its thread for {longest:.1?}; the rest of the list was not tried");
            self.report.fail(Rule::Prompt, failure);
        }
        self.watch_host(what, settings, &host);
        match caught {
            Ok(result) => Some((host, result)),
            Err(panic) => {
                self.report.fail(Rule::Sound, format!("{what}: {panic}"));
                None
            }
        }
    }

    /// What a call did to its host.
    fn watch_host(&mut self, what: &str, settings: &Value, host: &FakeHost) {
        for request in host.requests() {
            let lent = Address::parse(&request.url).is_some_and(|address| self.lends(&address, settings));
            let place = request.url.split('?').next().unwrap_or_default();
            self.report.require(Rule::Hosts, lent, || format!("{what}: calls {place}"));
        }
        for line in host.log_lines() {
            self.look_for_secrets(&format!("{what}: the log"), settings, &format!("{} {}", line.message, line.fields));
        }
        self.report.require(Rule::Cache, host.open_leases() == 0, || format!("{what}: a lease is left behind"));
        let may_cache = self.manifest.as_ref().is_none_or(|manifest| manifest.borrows.cache);
        let cached = host.cache_was_used() && !may_cache;
        self.report.require(Rule::Cache, !cached, || format!("{what}: uses the cache"));
    }

    /// What a call left in the log when it was dropped.
    fn watch_drop(&mut self, what: &str, host: &FakeHost) {
        for line in host.log_lines().iter().filter(|line| line.message == Panic::LOGGED) {
            self.report.fail(Rule::Sound, format!("{what}, dropped: {}", line.fields));
        }
    }

    fn watch_fault(&mut self, what: &str, settings: &Value, fault: &Fault) {
        self.report.require(Rule::Sound, fault.kind != FaultKind::Internal, || format!("{what}: {fault}"));
        let text = format!("{fault} {:?}", fault.missing);
        self.look_for_secrets(&format!("{what}: the fault"), settings, &text);
    }

    /// Fails when `text` holds a secret of `settings` or the code, plainly or percent-encoded.
    pub(super) fn look_for_secrets(&mut self, place: &str, settings: &Value, text: &str) {
        let secrets = self.kind.form.secret_fields();
        let secrets = secrets.iter().filter_map(|name| Some((*name, settings.get(*name)?.as_str()?)));
        let codes = self
            .kind
            .callback
            .code
            .iter()
            .filter_map(|name| Some((name.as_str(), self.sample.callback.get(name)?.as_str())));
        let texts = [text.to_owned(), decoded(text)];
        for (name, secret) in secrets.chain(codes) {
            // Shorter ones turn up by chance.
            let found = secret.len() >= 6 && texts.iter().any(|text| text.contains(secret));
            self.report.require(Rule::Secrets, !found, || format!("{place} has the value of `{name}`"));
        }
    }

    /// Whether the host would call `address` for the plug-in.
    fn lends(&self, address: &Address<'_>, settings: &Value) -> bool {
        let named = self.manifest.as_ref().is_some_and(|manifest| named(&manifest.borrows.http, address));
        named || self.is_upstream(address, settings)
    }

    /// Whether the host would send a browser to `address`.
    pub(super) fn redirects(&self, address: &Address<'_>, settings: &Value) -> bool {
        let named = self.manifest.as_ref().is_some_and(|manifest| named(&manifest.borrows.redirect, address));
        named || self.is_upstream(address, settings)
    }

    fn is_upstream(&self, address: &Address<'_>, settings: &Value) -> bool {
        let bases = self.kind.form.upstreams(settings);
        bases.iter().filter_map(|base| Address::parse(base)).any(|base| address.is_below(&base))
    }

    /// The argument of a tried `begin`.
    pub(super) fn begin_request(&self) -> BeginRequest {
        BeginRequest {
            authenticator_type: self.kind.id.clone(),
            redirect_uri: REDIRECT_URI.to_owned(),
            state: STATE.to_owned(),
            language: ui_schema::Language::En,
        }
    }

    /// The argument of a tried `finish`.
    pub(super) fn callback(&self, memo: &[u8]) -> Callback {
        let mut query = self.sample.callback.clone();
        query.insert("state".to_owned(), STATE.to_owned());
        Callback {
            authenticator_type: self.kind.id.clone(),
            redirect_uri: REDIRECT_URI.to_owned(),
            query,
            memo: memo.to_vec(),
            language: ui_schema::Language::En,
            channel: Channel::Redirect,
        }
    }

    /// The names of the callback parameters that carry a code, and the one that carries a reason.
    pub(super) fn grammar(&self) -> (&'a [String], &'a str) {
        (&self.kind.callback.code, &self.kind.callback.error)
    }
}

/// Polls `future` and keeps the time of the longest poll: waiting is not blocking.
async fn timed<T>(mut future: Lent<T>, longest: &mut Duration) -> T {
    poll_fn(|cx| {
        let before = Instant::now();
        let poll = future.as_mut().poll(cx);
        *longest = before.elapsed().max(*longest);
        poll
    })
    .await
}

fn named(hosts: &[String], address: &Address<'_>) -> bool {
    address.is_plain_https() && hosts.iter().any(|host| host == address.host)
}
