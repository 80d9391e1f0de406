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
/// ```no_run
/// # use plugin_api::testing::{Sample, check_plugin, json_reply};
/// # use plugin_api::AuthPlugin;
/// # fn example<Mine: AuthPlugin>(sample: Sample) {
/// let report = check_plugin::<Mine>(&sample);
/// assert!(report.passed(), "{report}");
/// # }
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
