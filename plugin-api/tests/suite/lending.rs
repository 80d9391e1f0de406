//! What the host lends, across the door.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::testing::{FakeHost, ScriptedReply, bytes_reply, http_fault};
use plugin_api::{
    About, CacheClaim, Callback, Fault, FaultKind, HttpFault, HttpFaultKind, HttpReply, HttpRequest, Lender, Lent,
    Level, Method,
};
use serde_json::{Value, json};

use crate::libraries::{begin_request, callback, plugin};

/// Gives a token; answers a body with the same bytes backwards.
fn server(request: &HttpRequest) -> ScriptedReply {
    match (request.method, request.url.as_str(), request.headers.get("authorization").map(String::as_str)) {
        (Method::Get, "https://id.example/token", _) => bytes_reply(200, "text/plain", "t0k3n"),
        (Method::Post, "https://id.example/echo", Some("t0k3n")) => {
            assert_eq!(request.headers["content-type"], "application/octet-stream");
            let backwards: Vec<u8> = request.body.iter().flatten().rev().copied().collect();
            bytes_reply(200, "application/octet-stream", backwards)
        }
        _ => bytes_reply(401, "text/plain", ""),
    }
}

fn settings() -> Value {
    json!({ "server": "https://id.example" })
}

#[test]
fn binary_bodies_and_memos_cross_unchanged() {
    let (plugin, host) = (plugin("borrows"), FakeHost::new(server));
    let reply = host.run(plugin.begin(settings(), host.lender(), begin_request())).unwrap().unwrap();
    assert_eq!(reply.memo, [0, 159, 255]);
    let memo: Vec<u8> = (0..=255).step_by(7).collect();
    let call = plugin.finish(settings(), host.lender(), Callback { memo: memo.clone(), ..callback("x") });
    let identity = host.run(call).unwrap().unwrap();
    let backwards: Vec<u8> = memo.iter().rev().copied().collect();
    assert_eq!(host.requests()[1].body.as_deref(), Some(&memo[..]));
    assert_eq!(identity.subject, format!("{backwards:?}"));
    let line = host.log_lines().remove(0);
    assert_eq!((line.level, line.message.as_str(), line.fields), (Level::Info, "echoed", json!({ "bytes": 37 })));
}

#[test]
fn one_of_many_calls_fetches_the_token() {
    let (plugin, host) = (plugin("borrows"), FakeHost::new(server));
    let calls = (0..50).map(|_| plugin.finish(settings(), host.lender(), callback("x")));
    let mut calls: Vec<_> = calls.collect();
    let all = std::future::poll_fn(|cx| {
        calls.retain_mut(|call| call.as_mut().poll(cx).is_pending());
        if calls.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    });
    host.run(all).unwrap();
    let count = |end: &str| host.requests().iter().filter(|request| request.url.ends_with(end)).count();
    assert_eq!((count("/token"), count("/echo")), (1, 50));
    host.advance(Duration::from_secs(61));
    host.run(plugin.finish(settings(), host.lender(), callback("x"))).unwrap().unwrap();
    assert_eq!(host.requests().iter().filter(|request| request.url.ends_with("/token")).count(), 2);
}

#[test]
fn a_forgotten_value_is_made_again() {
    let plugin = plugin("borrows");
    let host = FakeHost::new(|request| match request.method {
        Method::Get => bytes_reply(200, "text/plain", "old"),
        Method::Post => bytes_reply(401, "text/plain", ""),
    });
    for _ in 0..2 {
        let fault = host.run(plugin.finish(settings(), host.lender(), callback("x"))).unwrap().unwrap_err();
        assert_eq!(fault.kind, FaultKind::CredentialsRejected);
    }
    assert_eq!(host.requests().len(), 4);
}

#[test]
fn faults_of_the_lent_client_keep_their_kind() {
    let plugin = plugin("borrows");
    for (kind, expected) in [
        (HttpFaultKind::NotAllowed, FaultKind::Misconfigured),
        (HttpFaultKind::Connect, FaultKind::Unavailable),
        (HttpFaultKind::TooLarge, FaultKind::BadAnswer),
    ] {
        let host = FakeHost::new(move |_| http_fault(kind));
        let fault = host.run(plugin.finish(settings(), host.lender(), callback("x"))).unwrap().unwrap_err();
        assert_eq!(fault.kind, expected);
    }
}

#[test]
fn the_clock_and_sleep_are_the_hosts() {
    let (plugin, host) = (plugin("borrows"), FakeHost::offline());
    let findings = host.run(plugin.check(settings(), host.lender(), About::default())).unwrap().unwrap();
    assert_eq!(findings[0].message.en, "Slept for 250 ms.");
}

/// A host that is broken itself.
struct Panicking;

impl Lender for Panicking {
    fn log(&self, _: Level, _: &str, _: &Value) {
        panic!("log")
    }

    fn now_ms(&self) -> u64 {
        panic!("clock")
    }

    fn http(&self, _: HttpRequest) -> Lent<Result<HttpReply, HttpFault>> {
        Box::pin(async { panic!("http") })
    }

    fn sleep(&self, _: Duration) -> Lent<()> {
        panic!("sleep")
    }

    fn cache_claim(&self, _: &str) -> Lent<CacheClaim> {
        panic!("claim")
    }

    fn cache_settle(&self, _: &str, _: u64, _: Option<(Vec<u8>, Duration)>) {
        panic!("settle")
    }

    fn cache_forget(&self, _: &str) {
        panic!("forget")
    }

    fn random(&self, _: &mut [u8]) -> Result<(), Fault> {
        panic!("random")
    }
}

impl Drop for Panicking {
    fn drop(&mut self) {
        panic!("drop")
    }
}

#[test]
fn a_panic_of_the_host_does_not_cross_either() {
    let (plugin, host) = (plugin("borrows"), FakeHost::offline());
    let fault = host.run(plugin.finish(settings(), Arc::new(Panicking), callback("x"))).unwrap().unwrap_err();
    assert_eq!((fault.kind, fault.chain[0].as_str()), (FaultKind::Unavailable, "the host failed"));
    let findings = host.run(plugin.check(settings(), Arc::new(Panicking), About::default())).unwrap().unwrap();
    assert_eq!(findings[0].message.en, "Slept for 0 ms.");
}

#[test]
fn random_bytes_are_the_hosts_and_others_with_each_call() {
    let (plugin, host) = (plugin("renewed"), FakeHost::offline());
    let memo =
        |host: &FakeHost| host.run(plugin.begin(settings(), host.lender(), begin_request())).unwrap().unwrap().memo;
    let (first, second) = (memo(&host), memo(&host));
    assert_eq!(first.len(), 8);
    assert_ne!(first, second);
    assert_eq!(memo(&FakeHost::offline()), first, "the same in every test");
}

#[test]
fn without_randomness_there_is_a_fault_and_nothing_weaker() {
    let (plugin, host) = (plugin("renewed"), FakeHost::offline());
    let fault = host.run(plugin.begin(settings(), Arc::new(Panicking), begin_request())).unwrap().unwrap_err();
    assert_eq!(fault.kind, FaultKind::Misconfigured, "{fault}");
}
