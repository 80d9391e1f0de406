//! Ordinary calls through the door.

use std::sync::Arc;

use plugin_api::host::{InProcess, open};
use plugin_api::testing::{FakeHost, json_reply};
use plugin_api::{About, FaultKind, HttpRequest, Level, Method, PluginHandle, Severity};
use serde_json::{Value, json};

use crate::libraries::{begin_request, callback, library, open_altered, plugin, settings};

fn provider(request: &HttpRequest) -> plugin_api::testing::ScriptedReply {
    let body: Value = request.body.as_deref().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
    match (request.url.as_str(), body["code"].as_str()) {
        ("https://id.example/base/health", _) => json_reply(200, &json!({})),
        ("https://id.example/base/profile", Some("good")) => json_reply(200, &json!({ "id": "u1", "name": "张三" })),
        _ => json_reply(401, &json!({})),
    }
}

#[test]
fn says_how_it_was_built() {
    let build = open(&library("smallest")).unwrap().build;
    assert_eq!((build.api.as_str(), build.sdk.as_str(), build.panic.as_str()), ("1.2", "1.2.0", "unwind"));
    assert!(build.rustc.starts_with("rustc 1.") && build.target.contains("linux"), "{build:?}");
}

#[test]
fn registers_its_type() {
    let types = plugin("smallest").authenticator_types().unwrap();
    assert_eq!(types.len(), 1);
    assert_eq!((types[0].id.as_str(), types[0].title.zh_cn.as_str()), ("example", "示例"));
    types[0].form.validate_definition().unwrap();
    assert_eq!(types[0].form.upstreams(&settings()), ["https://id.example/base"]);
    assert_eq!(types[0].form.secret_fields().into_iter().collect::<Vec<_>>(), ["client_secret"]);
}

#[test]
fn every_example_registers_a_form_that_may_be_used() {
    for name in ["smallest", "borrows", "panics", "hangs", "nonsense", "blocks"] {
        for kind in plugin(name).authenticator_types().unwrap() {
            kind.form.validate_definition().unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

#[test]
fn a_person_signs_in() {
    let (plugin, host) = (plugin("smallest"), FakeHost::new(provider));
    let reply = host.run(plugin.begin(settings(), host.lender(), begin_request())).unwrap().unwrap();
    assert_eq!(
        reply.authorize_url,
        "https://id.example/base/authorize?redirect_uri=https%3A%2F%2Fhost.example%2Fsignin%2F1%2Fcallback&state=st%26te"
    );
    let identity = host.run(plugin.finish(settings(), host.lender(), callback("good"))).unwrap().unwrap();
    assert_eq!((identity.subject.as_str(), identity.name.unwrap().value.as_str()), ("u1", "张三"));
    let [request] = &host.requests()[..] else { panic!("one request") };
    assert_eq!((request.method, request.url.as_str()), (Method::Post, "https://id.example/base/profile"));
}

#[test]
fn faults_keep_their_kind_and_chain() {
    let (plugin, host) = (plugin("smallest"), FakeHost::new(provider));
    let fault = host.run(plugin.finish(settings(), host.lender(), callback("spent"))).unwrap().unwrap_err();
    assert_eq!(
        (fault.kind, &fault.chain[..]),
        (FaultKind::CodeRejected, &["the server does not accept the code".to_owned()][..])
    );
    let fault = host.run(plugin.finish(json!({ "server": 1 }), host.lender(), callback("good"))).unwrap().unwrap_err();
    assert_eq!(fault.kind, FaultKind::Misconfigured);
}

#[test]
fn the_doctor_looks() {
    let (plugin, host) = (plugin("smallest"), FakeHost::new(provider));
    let findings = host.run(plugin.check(settings(), host.lender(), About::default())).unwrap().unwrap();
    assert_eq!(findings[0].severity, Severity::Good);
    let offline = FakeHost::offline();
    let findings = offline.run(plugin.check(settings(), offline.lender(), About::default())).unwrap().unwrap();
    assert_eq!(findings[0].severity, Severity::Error);
    host.run(plugin.ping()).unwrap().unwrap();
}

#[test]
fn answers_beyond_all_bounds_become_faults() {
    let plugin = plugin("nonsense");
    let host = FakeHost::offline();
    let begin = |which: &str| {
        host.run(plugin.begin(json!({ "which": which }), host.lender(), begin_request()))
            .unwrap()
            .map_err(|fault| fault.kind)
    };
    for which in ["script", "lines", "empty", "memo"] {
        assert_eq!(begin(which), Err(FaultKind::Internal), "{which}");
    }
    assert!(begin("elsewhere").is_ok(), "where a browser may go is for the host to say");
    let finish =
        |which: &str| host.run(plugin.finish(json!({ "which": which }), host.lender(), callback("x"))).unwrap();
    for which in ["empty", "lines", "huge", "groups"] {
        assert_eq!(finish(which).unwrap_err().kind, FaultKind::Internal, "{which}");
    }
    let fault = finish("fault").unwrap_err();
    assert_eq!(fault.kind, FaultKind::BadAnswer);
    assert!(fault.chain[0].len() < 3000, "the log is not flooded");
}

#[test]
fn log_lines_arrive() {
    let (plugin, host) = (plugin("nonsense"), FakeHost::offline());
    host.run(plugin.check(json!({ "which": "ab" }), host.lender(), About::default())).unwrap().unwrap();
    let [line] = &host.log_lines()[..] else { panic!("one line") };
    assert_eq!((line.level, line.message.len(), &line.fields), (Level::Info, 20_000, &Value::Null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_at_once_on_a_runtime() {
    let plugin = plugin("smallest");
    let host = FakeHost::with_script(Arc::new(provider), std::time::Duration::ZERO);
    let calls: Vec<_> = (0..200)
        .map(|number| {
            let code = if number % 2 == 0 { "good" } else { "spent" };
            tokio::spawn(plugin.finish(settings(), host.lender(), callback(code)))
        })
        .collect();
    let mut good = 0;
    for call in calls {
        good += usize::from(call.await.unwrap().is_ok());
    }
    assert_eq!((good, host.requests().len()), (100, 200));
}

#[tokio::test]
async fn a_call_may_outlive_the_handle() {
    let plugin = plugin("smallest");
    let host = FakeHost::with_script(Arc::new(provider), std::time::Duration::ZERO);
    let call = plugin.finish(settings(), host.lender(), callback("good"));
    drop(plugin);
    assert!(call.await.is_ok());
}

/// Two copies of the same code: each has statics of its own, and both work side by side.
#[test]
fn an_upgrade_runs_beside_the_old_version() {
    let old = plugin("smallest");
    let new = open_altered("smallest", "the server sent no profile", "the server sent no peofile").unwrap();
    let host = FakeHost::new(|_| json_reply(200, &json!({})));
    for (plugin, expected) in [(&old, "no profile"), (&new.handle, "no peofile"), (&old, "no profile")] {
        let fault = host.run(plugin.finish(settings(), host.lender(), callback("x"))).unwrap().unwrap_err();
        assert!(fault.to_string().ends_with(expected), "{fault}");
    }
}

/// The same guards without a door.
#[test]
fn in_process_is_the_same_handle() {
    let handle = InProcess::<crate::panics::Native>::new();
    let host = FakeHost::offline();
    assert_eq!(handle.authenticator_types().unwrap_err().kind, FaultKind::Internal);
    let fault = host.run(handle.begin(json!({}), host.lender(), begin_request())).unwrap().unwrap_err();
    assert_eq!(fault.to_string(), "Internal: the plug-in panicked: native begin");
    assert_eq!(host.log_lines()[0].message, "the plug-in panicked");
}
