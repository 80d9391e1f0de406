//! `/metrics`: who may read it, and what it tells.

use dingtalk_simulator::{Endpoint, Fault, Preset};
use gatehouse_tests::{CLIENT_SECRET, Client, Options, Reply, World};
use reqwest::Method;

use super::page::Metrics;
use super::{attempt, attempts_fail, everything_fails, pass, trouble};

const TOKEN: &str = "5f2b0c6e9d714b0f8a3e6c1d2b7a4f90";
const SECONDS: &str = "gatehouse_upstream_request_duration_seconds";

async fn with_token() -> World {
    let mut world = World::with(Options { metrics_token: Some(TOKEN), ..Options::default() }).await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", true).await;
    world
}

async fn ask(browser: &mut Client, authorization: &str) -> Reply {
    let request = browser.request(Method::GET, "/metrics").header("authorization", authorization);
    browser.send(request).await
}

async fn read(world: &mut World) -> Metrics {
    let reply = world.admin.get("/metrics").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    Metrics::parse(&reply.body)
}

/// CF-1: not public.
#[tokio::test(flavor = "multi_thread")]
async fn cf_1_metrics_are_for_administrators_and_for_the_token() {
    let mut world = with_token().await;
    let good = world.admin.get("/metrics").await;
    assert_eq!(good.status, 200);
    assert_eq!(good.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    let (mut member, reply) = attempt(&world).await;
    assert_eq!(reply.status, 303);
    for browser in [&mut world.browser(), &mut member] {
        let reply = browser.get("/metrics").await;
        assert_eq!(reply.status, 404);
        assert!(!reply.body.contains("gatehouse_"), "{}", reply.body);
        for right in [format!("Bearer {TOKEN}"), format!("bearer {TOKEN}")] {
            let reply = ask(browser, &right).await;
            assert_eq!(reply.status, 200, "{}", reply.body);
            Metrics::parse(&reply.body);
        }
    }
    let longer = format!("Bearer {TOKEN}0");
    let wrong = ["Bearer ", "Bearer", "Bearer x", &longer, TOKEN, "Basic YWRtaW46YWRtaW4=", ""];
    for wrong in wrong {
        let reply = ask(&mut world.browser(), wrong).await;
        assert_eq!(reply.status, 401, "{wrong}");
        assert_eq!(reply.headers["www-authenticate"], "Bearer");
        assert!(!reply.body.contains("gatehouse_"), "{wrong}: {}", reply.body);
    }
    assert_eq!(ask(&mut world.admin, "Bearer x").await.status, 401, "a wrong token is wrong in any browser");
}

#[tokio::test(flavor = "multi_thread")]
async fn cf_1_without_a_token_there_is_no_right_one() {
    let world = World::new().await;
    for wrong in ["Bearer ", "Bearer x", &format!("Bearer {TOKEN}")] {
        assert_eq!(ask(&mut world.browser(), wrong).await.status, 401, "{wrong}");
    }
    assert_eq!(world.browser().get("/metrics").await.status, 404);
}

/// A monitoring system asks each node by an address of its own.
#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_read_from_a_node_behind_a_proxy() {
    let options = Options {
        metrics_token: Some(TOKEN),
        public_url: Some("https://platform.example".into()),
        base_path: "/gate",
        ..Options::default()
    };
    let world = World::with(options).await;
    let node = format!("http://{}", world.address);
    let mut monitor = Client::elsewhere();
    let request = monitor.request(Method::GET, &format!("{node}/gate/metrics"));
    let reply = monitor.send(request.header("authorization", format!("Bearer {TOKEN}"))).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(monitor.get(&format!("{node}/gate/signin")).await.status, 421, "everything else by its one name");
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_tell_how_each_leg_fares() {
    let mut world = World::signing_in().await;
    assert_eq!(attempt(&world).await.1.status, 303);
    let before = read(&mut world).await;
    let origin = world.simulator.base_url();
    let sane = |name: &str| {
        !name.is_empty()
            && name.len() <= 64
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
    };
    let counts: Vec<_> = before.of(&format!("{SECONDS}_count")).cloned().collect();
    assert!(!counts.is_empty());
    for leg in &counts {
        let labels = ["plugin", "authenticator", "origin"].map(|name| leg.label(name));
        assert_eq!(labels, ["auth-dingtalk", "dingtalk", &origin]);
        assert!(sane(leg.label("leg")), "{leg:?}");
        assert_eq!(leg.labels.len(), 4);
        let of_leg = |name: &str| -> Vec<f64> {
            before.of(name).filter(|one| one.label("leg") == leg.label("leg")).map(|one| one.value).collect()
        };
        let buckets = of_leg(&format!("{SECONDS}_bucket"));
        assert!(buckets.is_sorted() && buckets.last() == Some(&leg.value), "{buckets:?}");
        assert!(of_leg(&format!("{SECONDS}_sum"))[0] > 0.0);
        assert_eq!(of_leg("gatehouse_upstream_requests_total").iter().sum::<f64>(), leg.value);
        assert_eq!(of_leg("gatehouse_upstream_breaker_state"), [0.0]);
    }
    assert_eq!(before.value("gatehouse_plugin_state", &[("plugin", "auth-dingtalk"), ("state", "enabled")]), 1.0);
    assert_eq!(before.value("gatehouse_plugin_breaker_state", &[("plugin", "auth-dingtalk")]), 0.0);
    assert_eq!(before.value("gatehouse_sign_ins_total", &[("authenticator", "dingtalk")]), 1.0);
    let started = before.value("process_start_time_seconds", &[]);
    assert_eq!(started, 1_790_000_000.0, "by the host's clock");
    assert_eq!(before.value("gatehouse_build_info", &[]), 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_tell_of_an_outage() {
    let mut world = World::signing_in().await;
    let count = |metrics: &Metrics, outcome: &str| -> f64 {
        let of = metrics.of("gatehouse_upstream_requests_total");
        of.filter(|one| one.label("outcome") == outcome).map(|one| one.value).sum()
    };
    let state =
        |metrics: &Metrics| metrics.of("gatehouse_upstream_breaker_state").map(|one| one.value).fold(0.0, f64::max);
    world.simulator.fault(Endpoint::UserAccessToken, Fault::always().preset(Preset::QpsApp));
    attempts_fail(&world, 6).await;
    let busy = read(&mut world).await;
    assert_eq!((count(&busy, "4xx"), count(&busy, "paused"), state(&busy)), (6.0, 0.0, 0.0));
    assert_eq!(busy.value("gatehouse_sign_ins_total", &[("outcome", "provider-busy")]), 6.0);
    world.simulator.clear_faults();
    everything_fails(&world, &trouble(502));
    attempts_fail(&world, 8).await;
    let down = read(&mut world).await;
    let requests = "gatehouse_upstream_requests_total";
    let paused = down.of(requests).find(|one| one.label("outcome") == "paused" && one.value > 0.0).unwrap();
    let leg = paused.label("leg");
    assert_eq!((paused.value, down.value(requests, &[("leg", leg), ("outcome", "5xx")])), (3.0, 5.0));
    assert_eq!(down.value("gatehouse_upstream_breaker_state", &[("leg", leg)]), 2.0);
    assert_eq!(down.value("gatehouse_sign_ins_total", &[("outcome", "provider-unavailable")]), 8.0);
    assert_eq!(world.browser().sign_in_with_password("admin", "wrong").await.status, 422);
    let password = [("authenticator", "password"), ("outcome", "wrong-password")];
    assert_eq!(read(&mut world).await.value("gatehouse_sign_ins_total", &password), 1.0);
    world.simulator.clear_faults();
    pass(&world, 5);
    assert_eq!(attempt(&world).await.1.status, 303);
    assert_eq!(state(&read(&mut world).await), 0.0);
}

/// SC-3: nothing about people, and nothing secret.
#[tokio::test(flavor = "multi_thread")]
async fn sc_3_metrics_name_nobody() {
    let mut world = with_token().await;
    let mut browser = world.browser();
    let address = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    let query = url::Url::parse(&address).unwrap();
    let mut canaries: Vec<String> = query.query_pairs().map(|(_, value)| value.into_owned()).collect();
    assert_eq!(browser.get(&address).await.status, 303);
    attempts_fail_with_nonsense(&world).await;
    canaries.extend(browser.cookies.values().cloned());
    canaries.extend([CLIENT_SECRET, TOKEN, &world.admin_password, "13900000001", "林", "lin"].map(str::to_owned));
    canaries.extend(world.users().await.iter().map(|user| user["id"].as_str().unwrap().to_owned()));
    let body = world.admin.get("/metrics").await.body;
    for canary in canaries.iter().filter(|canary| !canary.is_empty()) {
        let told = body.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').any(|word| word == canary);
        assert!(!told, "{canary}");
    }
}

/// Names that strangers make up are not counted under them.
async fn attempts_fail_with_nonsense(world: &World) {
    for uid in ["13900000001", "lin"] {
        let reply = world.browser().click(uid).await;
        assert!(reply.status >= 400, "{}", reply.status);
    }
    world.browser().sign_in_with_password("lin", "13900000001").await;
}
