//! The fake host itself.

use std::time::Duration;

use plugin_api::testing::{FakeHost, Stalled, block_on, bytes_reply, http_fault, json_reply, table};
use plugin_api::{Fault, FaultKind, HttpFaultKind, HttpRequest, Lender as _, Level, Method};
use serde_json::json;

#[test]
fn a_table_answers_by_method_and_address() {
    let script = table([
        (Method::Get, "https://id.example/a", json_reply(200, &json!({ "a": 1 }))),
        (Method::Post, "https://id.example/a", http_fault(HttpFaultKind::Timeout)),
        (Method::Get, "https://id.example/b", bytes_reply(200, "image/png", [0, 255])),
    ]);
    let host = FakeHost::with_script(script, Duration::ZERO);
    let get = |url| block_on(host.http(HttpRequest::get(url)));
    assert_eq!(get("https://id.example/a?x=1").unwrap().body, br#"{"a":1}"#);
    assert_eq!(get("https://id.example/b").unwrap().body, [0, 255]);
    assert_eq!(get("https://id.example/c").unwrap_err().kind, HttpFaultKind::NotAllowed);
    let fault = block_on(host.http(HttpRequest::post_json("https://id.example/a", &1))).unwrap_err();
    assert_eq!(fault.kind, HttpFaultKind::Timeout);
}

#[test]
fn time_passes_only_when_nothing_else_happens() {
    let host = FakeHost::offline();
    let cx = host.context(json!({}));
    let start = cx.now_ms();
    assert_eq!(start, 1_767_225_600_000);
    host.run(cx.sleep(Duration::from_secs(90))).unwrap();
    assert_eq!(cx.now_ms() - start, 90_000);
    host.advance(Duration::from_millis(5));
    assert_eq!(cx.now_ms() - start, 90_005);
    assert_eq!(host.run_within(Duration::from_secs(1), cx.sleep(Duration::from_secs(2))), Err(Stalled));
    assert_eq!(host.run(std::future::pending::<()>()), Err(Stalled));
}

#[test]
fn the_cache_has_one_maker_at_a_time_and_forgets_in_time() {
    let host = FakeHost::offline();
    let cx = host.context(json!({}));
    let made = std::sync::atomic::AtomicU8::new(0);
    let make = async || {
        cx.sleep(Duration::from_secs(1)).await;
        let number = made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok((vec![number], Duration::from_secs(60)))
    };
    let together = futures_join(cx.cached("k", make), cx.cached("k", make));
    assert_eq!(host.run(together).unwrap(), (Ok(vec![0]), Ok(vec![0])));
    host.advance(Duration::from_secs(59));
    assert_eq!(host.run(cx.cached("k", make)).unwrap(), Ok(vec![0]));
    host.advance(Duration::from_secs(1));
    assert_eq!(host.run(cx.cached("k", make)).unwrap(), Ok(vec![1]));
    cx.forget("k");
    assert_eq!(host.run(cx.cached("k", make)).unwrap(), Ok(vec![2]));
}

#[test]
fn a_failed_maker_lets_the_next_one_try() {
    let host = FakeHost::offline();
    let cx = host.context(json!({}));
    let fail = async || Err(Fault::new(FaultKind::Busy, "later"));
    assert_eq!(host.run(cx.cached("k", fail)).unwrap().unwrap_err().kind, FaultKind::Busy);
    assert_eq!(host.open_leases(), 0);
    let make = async || Ok((vec![1], Duration::from_secs(1)));
    assert_eq!(host.run(cx.cached("k", make)).unwrap(), Ok(vec![1]));
}

#[test]
fn requests_and_lines_are_kept_without_their_secrets_in_debug() {
    let host = FakeHost::new(|_| json_reply(200, &json!({})));
    let cx = host.context(json!({}));
    let request = HttpRequest::get("https://id.example/?secret").header("authorization", "secret");
    let reply = host.run(cx.http(request)).unwrap().unwrap();
    cx.log(Level::Warn, "odd", json!({ "n": 1 }));
    assert!(!format!("{:?} {reply:?}", host.requests()).contains("secret"));
    assert_eq!((host.log_lines()[0].level, host.log_lines()[0].fields.to_string()), (Level::Warn, r#"{"n":1}"#.into()));
}

async fn futures_join<A: Future, B: Future>(first: A, second: B) -> (A::Output, B::Output) {
    tokio::join!(first, second)
}
