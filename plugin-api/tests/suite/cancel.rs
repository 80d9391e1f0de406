//! Dropping a call cancels it, on both sides of the door.

use std::time::Duration;

use plugin_api::About;
use plugin_api::testing::FakeHost;
use serde_json::json;

use crate::libraries::{begin_request, callback, plugin};

/// As long as a plug-in that never answers is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

#[test]
fn a_call_that_nobody_wakes_is_dropped() {
    let (plugin, host) = (plugin("hangs"), FakeHost::offline());
    host.run_within(PATIENCE, plugin.begin(json!({}), host.lender(), begin_request())).unwrap_err();
    host.run_within(PATIENCE, plugin.finish(json!({}), host.lender(), callback("x"))).unwrap_err();
}

#[test]
fn a_cancelled_call_gives_its_lease_back() {
    let (plugin, host) = (plugin("hangs"), FakeHost::offline());
    let cx = host.context(json!({}));
    let mut first = plugin.check(json!({}), host.lender(), About::default());
    let leased = host.run_within(PATIENCE, &mut first);
    assert!(leased.is_err() && host.open_leases() == 1);
    drop(first);
    assert_eq!(host.open_leases(), 0);
    let made = host.run(cx.cached("for-ever", async || Ok((b"made".to_vec(), PATIENCE)))).unwrap().unwrap();
    assert_eq!(made, b"made");
}

#[tokio::test]
async fn a_timeout_of_the_hosts_runtime_works() {
    let (plugin, host) = (plugin("hangs"), FakeHost::offline());
    for _ in 0..20 {
        let call = plugin.begin(json!({}), host.lender(), begin_request());
        assert!(tokio::time::timeout(Duration::from_millis(5), call).await.is_err());
    }
}

#[test]
fn a_call_that_was_never_polled_does_nothing() {
    let (plugin, host) = (plugin("panics"), FakeHost::offline());
    drop(plugin.begin(json!({}), host.lender(), begin_request()));
    assert!(host.log_lines().is_empty());
}
