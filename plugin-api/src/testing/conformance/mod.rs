//! The conformance list: what every plug-in must keep, tried out.
//!
//! The list calls the plug-in the way a host does, against a provider that first behaves ([`Sample::provider`]) and
//! then misbehaves in every way that providers do. Each rule is a line of the [`Report`].

mod bench;
mod declared;
mod going;
mod migrating;
mod report;
mod returning;
mod spoiled;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::fake_host::{Script, ScriptedReply};
use crate::in_process::InProcess;
use crate::{AuthPlugin, HttpRequest, PluginHandle};

use bench::Bench;
pub use report::{Report, Rule};

/// What the list needs to know about a plug-in in order to try it.
#[derive(Clone)]
pub struct Sample {
    /// Which of its types to try.
    pub authenticator_type: String,
    /// Settings that work, with every secret filled in.
    pub settings: Value,
    /// Settings of another authenticator of the same type, as different as can be.
    pub other_settings: Value,
    /// The query of a successful callback; `state` is added.
    pub callback: BTreeMap<String, String>,
    /// The provider, as it answers when all is well.
    pub provider: Script,
    /// Settings that earlier versions of the plug-in saved, each with the version, for a plug-in that migrates settings.
    pub earlier: Vec<(String, Value)>,
}

impl Sample {
    /// A sample of the type `authenticator_type`, with one `code` in the callback.
    pub fn new(
        authenticator_type: impl Into<String>,
        settings: Value,
        other_settings: Value,
        provider: impl Fn(&HttpRequest) -> ScriptedReply + Send + Sync + 'static,
    ) -> Self {
        Self {
            authenticator_type: authenticator_type.into(),
            settings,
            other_settings,
            callback: [("code".to_owned(), "sample-code-7f3a".to_owned())].into(),
            provider: Arc::new(provider),
            earlier: Vec::new(),
        }
    }
}

/// Tries the plug-in `P` inside this process.
///
/// ```
/// use plugin_api::testing::{Rule, Sample, check_plugin, json_reply};
/// # use plugin_api::{AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, Identity};
/// # struct Mine;
/// # impl AuthPlugin for Mine {
/// #     const MANIFEST: &'static str = "{}";
/// #     fn new() -> Self { Self }
/// #     fn authenticator_types(&self) -> Vec<AuthenticatorType> { Vec::new() }
/// #     async fn begin(&self, _: &Context, _: BeginRequest) -> Result<BeginReply, Fault> { Err(Fault::new(FaultKind::Denied, "")) }
/// #     async fn finish(&self, _: &Context, _: Callback) -> Result<Identity, Fault> { Err(Fault::new(FaultKind::Denied, "")) }
/// #     async fn check(&self, _: &Context) -> Result<Vec<Finding>, Fault> { Ok(Vec::new()) }
/// # }
/// use serde_json::json;
///
/// let settings = json!({ "server": "https://id.example", "client_secret": "correct horse" });
/// let others = json!({ "server": "https://other.example", "client_secret": "battery staple" });
/// let sample = Sample::new("mine", settings, others, |request| match request.url.as_str() {
///     "https://id.example/profile" => json_reply(200, &json!({ "id": "u-1" })),
///     _ => json_reply(404, &json!({})),
/// });
/// let report = check_plugin::<Mine>(&sample);
/// // In a test of yours: assert!(report.passed(), "{report}");
/// assert!(report.broken().contains(&Rule::Manifest), "this one has no manifest");
/// ```
pub fn check_plugin<P: AuthPlugin>(sample: &Sample) -> Report {
    match crate::guard::catch(InProcess::<P>::new) {
        Ok(handle) => check_handle(&handle, P::MANIFEST.as_bytes(), sample),
        Err(panic) => {
            let mut report = Report::new();
            report.fail(Rule::Sound, format!("`new` {panic}"));
            report
        }
    }
}

/// Tries a plug-in that is already open, for example a library; `manifest` is what its file says.
pub fn check_handle(handle: &dyn PluginHandle, manifest: &[u8], sample: &Sample) -> Report {
    let mut report = Report::new();
    let manifest = declared::manifest(&mut report, manifest);
    let Some(kind) = declared::types(&mut report, handle, &sample.authenticator_type) else { return report };
    let mut bench = Bench::new(handle, &manifest, &kind, sample, report);
    let memo = going::check(&mut bench);
    returning::check(&mut bench, &memo);
    spoiled::check(&mut bench, &memo);
    migrating::check(&mut bench);
    bench.into_report()
}
