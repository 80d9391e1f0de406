//! Panics in a plug-in are faults with a message, and the host's own hook sees none of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use plugin_api::host::{OpenError, open};
use plugin_api::testing::FakeHost;
use plugin_api::{
    About, AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding,
    Identity, Level,
};
use serde_json::json;

use crate::libraries::{begin_request, callback, library, plugin};

#[test]
fn a_panic_at_once_is_a_fault() {
    let (plugin, host) = (plugin("panics"), FakeHost::offline());
    let fault = host.run(plugin.begin(json!({}), host.lender(), begin_request())).unwrap().unwrap_err();
    assert_eq!(fault.kind, FaultKind::Internal);
    let text = fault.to_string();
    assert!(text.contains("begin went wrong") && text.contains("examples/panics.rs:"), "{text}");
    let [line] = &host.log_lines()[..] else { panic!("one line") };
    assert_eq!((line.level, line.message.as_str()), (Level::Error, "the plug-in panicked"));
    assert!(line.fields.to_string().contains("begin went wrong"), "{line:?}");
}

#[test]
fn a_panic_after_an_await_is_a_fault() {
    let (plugin, host) = (plugin("panics"), FakeHost::offline());
    for _ in 0..3 {
        let fault = host.run(plugin.finish(json!({}), host.lender(), callback("x"))).unwrap().unwrap_err();
        assert!(fault.to_string().contains("index out of bounds"), "{fault}");
    }
}

#[test]
fn a_panic_in_the_drop_of_a_cancelled_call_is_logged() {
    let (plugin, host) = (plugin("panics"), FakeHost::offline());
    let call = plugin.check(json!({}), host.lender(), About::default());
    host.run_within(std::time::Duration::from_secs(1), call).unwrap_err();
    let lines = host.log_lines();
    assert!(lines.len() == 1 && lines[0].fields.to_string().contains("dropped the bomb"), "{lines:?}");
}

#[test]
fn a_panic_while_it_is_made_is_an_error() {
    let error = open(&library("stillborn")).unwrap_err();
    assert!(matches!(&error, OpenError::Start { full } if full.contains("no plug-in today")), "{error}");
    assert_eq!(error.summary(), "the plug-in failed while starting");
}

#[test]
fn the_hosts_hook_is_not_disturbed() {
    static SEEN: AtomicUsize = AtomicUsize::new(0);
    std::panic::set_hook(Box::new(|_| {
        SEEN.fetch_add(1, Ordering::Relaxed);
    }));
    let (plugin, host) = (plugin("panics"), FakeHost::offline());
    host.run(plugin.begin(json!({}), host.lender(), begin_request())).unwrap().unwrap_err();
    let before = SEEN.load(Ordering::Relaxed);
    let own = std::thread::spawn(|| panic!("the host's own")).join();
    let seen = SEEN.load(Ordering::Relaxed) - before;
    drop(std::panic::take_hook());
    assert!(own.is_err());
    assert!(seen >= 1, "the host's hook still works");
}

/// A plug-in in this program that panics in each method.
pub(crate) struct Native;

impl AuthPlugin for Native {
    const MANIFEST: &'static str = "{}";

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        panic!("native types")
    }

    async fn begin(&self, _: &Context, _: BeginRequest) -> Result<BeginReply, Fault> {
        panic!("native begin")
    }

    async fn finish(&self, _: &Context, _: Callback) -> Result<Identity, Fault> {
        panic!("native finish")
    }

    async fn check(&self, _: &Context) -> Result<Vec<Finding>, Fault> {
        panic!("native check")
    }
}
