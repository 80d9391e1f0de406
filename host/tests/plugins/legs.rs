//! The legs that a plug-in goes: noted, measured, cut short, and left alone while they fail (rows UP-1, UP-4).

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use gatehouse::clock::ManualClock;
use gatehouse::outbound::OutboundLimits;
use gatehouse::plugins::{BreakerState, CallLimits, LoadedPlugin, OnBehalf, StepOutcome, Trace};
use plugin_api::host::InProcess;
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, HttpRequest,
    Identity,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::support::{NOW, begin_request, loaded, means_at, on_behalf};

/// Asks servers one after the other, as its settings say.
struct Walker;

#[derive(Deserialize)]
struct Walk {
    url: String,
    #[serde(default)]
    leg: Option<String>,
    #[serde(default)]
    within_ms: Option<u64>,
    /// Under the lease of a shared value.
    #[serde(default)]
    shared: bool,
}

async fn walk(cx: &Context) -> Result<(), Fault> {
    for step in cx.settings::<Vec<Walk>>()? {
        let request = HttpRequest { leg: step.leg, within_ms: step.within_ms, ..HttpRequest::get(&step.url) };
        if step.shared {
            let fetch = || async { Ok((cx.http(request).await?.body, Duration::from_secs(60))) };
            cx.cached_together("value", fetch).await?;
        } else if cx.http(request).await?.status >= 500 {
            return Err(Fault::new(FaultKind::Unavailable, "the provider is in trouble"));
        }
    }
    Ok(())
}

impl AuthPlugin for Walker {
    const MANIFEST: &'static str = "{}";

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        Vec::new()
    }

    async fn begin(&self, cx: &Context, _: BeginRequest) -> Result<BeginReply, Fault> {
        walk(cx).await?;
        Ok(BeginReply { authorize_url: "https://login.example.com/".to_owned(), memo: Vec::new() })
    }

    async fn finish(&self, _: &Context, _: Callback) -> Result<Identity, Fault> {
        Ok(Identity::new("u-1"))
    }

    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        walk(cx).await.map(|()| Vec::new())
    }
}

/// A plug-in whose calls end after 800 ms and whose exchanges after 500, and its clock.
fn walker() -> (ManualClock, Arc<LoadedPlugin>) {
    let manifest = json!({
        "id": "example-walker", "version": "1.0.0", "api": "1.1",
        "name": { "en": "Walker", "zh-CN": "行走示例" }, "description": { "en": "Walks.", "zh-CN": "行走。" },
        "borrows": { "http": ["api.example.com"], "redirect": ["login.example.com"], "cache": true },
        "abilities": ["sign-in"]
    });
    let clock = ManualClock::new(NOW);
    let limits = CallLimits { call: Duration::from_millis(800), failures: 3, ..CallLimits::default() };
    let outbound = OutboundLimits { total: Duration::from_millis(500), ..OutboundLimits::default() };
    let handle = Arc::new(InProcess::<Walker>::new());
    let plugin = loaded(manifest, handle, limits, means_at(&clock, outbound));
    (clock, plugin)
}

/// How a server answers.
#[derive(Clone, Copy)]
enum Mood {
    Status(u16),
    After(Duration),
    Resets,
}

/// A server whose mood can be changed, and the number of its requests.
struct Server {
    address: String,
    mood: watch::Sender<Mood>,
    requests: Arc<AtomicU32>,
}

impl Server {
    async fn new(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (mood, watched) = watch::channel(mood);
        let requests = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (mood, count) = (*watched.borrow(), Arc::clone(&count));
                tokio::spawn(async move {
                    count.fetch_add(1, Ordering::SeqCst);
                    let _ = stream.read(&mut [0; 4_096]).await;
                    let status = match mood {
                        Mood::Resets => return,
                        Mood::Status(status) => status,
                        Mood::After(delay) => {
                            tokio::time::sleep(delay).await;
                            200
                        }
                    };
                    let head = format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                    let _ = stream.write_all(head.as_bytes()).await;
                });
            }
        });
        Self { address, mood, requests }
    }

    fn requests(&self) -> u32 {
        self.requests.load(Ordering::SeqCst)
    }

    /// An authenticator that asks this server along these legs.
    fn asked(&self, legs: &[&str]) -> OnBehalf {
        let walk = legs.iter().map(|leg| json!({ "url": format!("{}/secret?code=c", self.address), "leg": leg }));
        self.walked(walk.collect())
    }

    fn walked(&self, walk: Vec<Value>) -> OnBehalf {
        on_behalf(json!(walk), &[&self.address])
    }
}

async fn ask(plugin: &LoadedPlugin, on: &OnBehalf) -> Option<FaultKind> {
    plugin.begin(on, begin_request()).await.err().map(|fault| fault.kind)
}

/// What the steps of a call tell, without times.
fn told(trace: &Trace) -> Vec<(String, String, StepOutcome)> {
    trace.steps().into_iter().map(|step| (step.leg, step.target, step.outcome)).collect()
}

fn state(plugin: &LoadedPlugin, leg: &str) -> BreakerState {
    plugin.legs().readings().into_iter().find(|reading| reading.leg.name == leg).unwrap().state
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_is_a_step() {
    let (_, plugin) = walker();
    let server = Server::new(Mood::Status(200)).await;
    let on = server.walked(vec![
        json!({ "url": format!("{}/people/13900000001?code=c", server.address), "leg": "profile" }),
        json!({ "url": server.address, "leg": "No Name" }),
        json!({ "url": "https://elsewhere.example/", "leg": "elsewhere" }),
    ]);
    assert_eq!(ask(&plugin, &on).await, Some(FaultKind::Misconfigured));
    let step = |leg: &str, target: &str, outcome| (leg.to_owned(), target.to_owned(), outcome);
    let expected = [
        step("profile", "GET 127.0.0.1", StepOutcome::Status(200)),
        step("127.0.0.1", "GET 127.0.0.1", StepOutcome::Status(200)),
        step("elsewhere", "GET elsewhere.example", StepOutcome::NotAllowed),
    ];
    assert_eq!(told(&on.trace), expected);
    let steps = on.trace.steps();
    assert_eq!(steps[0].began_ms, 0);
    assert!(steps.windows(2).all(|pair| pair[0].began_ms + pair[0].took_ms <= pair[1].began_ms + 1), "{steps:?}");
    assert_eq!(plugin.legs().readings().len(), 2, "what is not allowed is no leg");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_can_be_given_less_time() {
    let (_, plugin) = walker();
    let server = Server::new(Mood::After(Duration::from_secs(20))).await;
    let within = |ms: u64| server.walked(vec![json!({ "url": server.address, "leg": "slow", "within_ms": ms })]);
    for (ms, least, most) in [(50, 50, 450), (60_000, 500, 790)] {
        let (on, started) = (within(ms), Instant::now());
        assert_eq!(ask(&plugin, &on).await, Some(FaultKind::Slow));
        assert!(started.elapsed() >= Duration::from_millis(least), "{ms}");
        assert_eq!(told(&on.trace)[0].2, StepOutcome::Timeout);
        let took = on.trace.steps()[0].took_ms;
        assert!((least..most).contains(&took), "{ms}: {took}");
    }
}

/// UP-4: whoever comes while a leg is left alone waits for nothing, and the code is not sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_leg_that_fails_is_left_alone_and_recovers() {
    let (clock, plugin) = walker();
    let server = Server::new(Mood::Status(503)).await;
    let moods = [Mood::Status(500), Mood::Resets, Mood::Status(504), Mood::Resets, Mood::Status(503)];
    for mood in moods {
        server.mood.send_replace(mood);
        assert_eq!(ask(&plugin, &server.asked(&["token"])).await, Some(FaultKind::Unavailable));
    }
    assert_eq!((server.requests(), state(&plugin, "token")), (5, BreakerState::Open));
    let on = server.asked(&["token"]);
    assert_eq!(ask(&plugin, &on).await, Some(FaultKind::Unavailable));
    assert_eq!(told(&on.trace)[0].2, StepOutcome::Paused);
    assert_eq!(server.requests(), 5, "it was not asked");

    server.mood.send_replace(Mood::Status(200));
    assert_eq!(ask(&plugin, &server.asked(&["profile"])).await, None, "another leg");
    clock.advance(Duration::from_secs(1));
    assert_eq!(ask(&plugin, &server.asked(&["token"])).await, None, "the trial");
    assert_eq!(state(&plugin, "token"), BreakerState::Closed);
}

/// UP-4: half an hour later the next sign-in within five seconds is let through.
#[tokio::test(flavor = "multi_thread")]
async fn however_long_it_lasted() {
    let (clock, plugin) = walker();
    let server = Server::new(Mood::Status(500)).await;
    for _ in 0..360 {
        assert_eq!(ask(&plugin, &server.asked(&["token"])).await, Some(FaultKind::Unavailable));
        clock.advance(Duration::from_secs(5));
    }
    assert_eq!(plugin.calls().breaker(), BreakerState::Closed, "the plug-in is not to blame");
    server.mood.send_replace(Mood::Status(200));
    assert_eq!(ask(&plugin, &server.asked(&["token"])).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_often_is_an_answer() {
    let (_, plugin) = walker();
    let server = Server::new(Mood::Status(429)).await;
    for status in [429, 403, 429, 400, 401, 429, 404] {
        server.mood.send_replace(Mood::Status(status));
        assert_eq!(ask(&plugin, &server.asked(&["token"])).await, None);
    }
    assert_eq!((server.requests(), state(&plugin, "token")), (7, BreakerState::Closed));
}

/// A leg that needs a person is spoken for by checks of the connection.
#[tokio::test(flavor = "multi_thread")]
async fn checks_end_an_outage() {
    let (clock, plugin) = walker();
    let server = Server::new(Mood::Resets).await;
    for _ in 0..5 {
        ask(&plugin, &server.asked(&["user-token"])).await;
    }
    server.mood.send_replace(Mood::Status(200));
    clock.advance(Duration::from_secs(5));
    assert_eq!(ask(&plugin, &server.asked(&["profile", "profile"])).await, None, "a sign-in is not about that");
    plugin.check(&server.asked(&["app-token"])).await.unwrap();
    assert!(plugin.legs().is_down("authenticator-1", NOW));
    plugin.check(&server.asked(&["app-token"])).await.unwrap();
    assert!(!plugin.legs().is_down("authenticator-1", NOW));
}

/// UP-1: five legs, each slow but not too slow: the sign-in ends at its deadline, in a sentence about the provider.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_missed_for_another_server_is_not_the_plugins_fault() {
    let (_, plugin) = walker();
    let server = Server::new(Mood::After(Duration::from_millis(300))).await;
    for _ in 0..4 {
        let (on, started) = (server.asked(&["one", "two", "three", "four", "five"]), Instant::now());
        assert_eq!(ask(&plugin, &on).await, Some(FaultKind::Slow));
        assert!(started.elapsed() < Duration::from_millis(1_300), "{:?}", started.elapsed());
        let steps = told(&on.trace);
        assert_eq!(steps.last().unwrap().2, StepOutcome::Timeout, "{steps:?}");
        assert_eq!(steps[0].2, StepOutcome::Status(200));
    }
    assert_eq!(plugin.calls().breaker(), BreakerState::Closed);
    assert!(!plugin.legs().is_down("authenticator-1", NOW), "what was cut short says nothing about a leg");
}

/// Many wait for a value that one of them fetches from a server that hangs: nobody blames the plug-in.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_for_a_value_waits_for_the_server() {
    let (_, plugin) = walker();
    let server = Server::new(Mood::After(Duration::from_secs(20))).await;
    let calls: Vec<_> = (0..6)
        .map(|_| {
            let on = server.walked(vec![json!({ "url": server.address, "leg": "token", "shared": true })]);
            let plugin = Arc::clone(&plugin);
            tokio::spawn(async move { ask(&plugin, &on).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), Some(FaultKind::Slow));
    }
    assert_eq!(plugin.calls().breaker(), BreakerState::Closed);
}
