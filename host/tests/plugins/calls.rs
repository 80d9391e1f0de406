//! A plug-in's panics, hangs and blocked threads cost the call, and nothing else.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use gatehouse::plugins::{CallLimits, Event, Runner};
use plugin_api::host::InProcess;
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, Identity,
    Lender, PluginHandle,
};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::support::begin_request;

static UNDER_WAY: AtomicU32 = AtomicU32::new(0);

/// Does what its settings say.
struct Moody;

struct Counted;

impl Counted {
    fn new() -> Self {
        UNDER_WAY.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        UNDER_WAY.fetch_sub(1, Ordering::SeqCst);
    }
}

impl AuthPlugin for Moody {
    const MANIFEST: &'static str = "{}";

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        Vec::new()
    }

    async fn begin(&self, cx: &Context, _: BeginRequest) -> Result<BeginReply, Fault> {
        match cx.settings::<String>()?.as_str() {
            "panic" => panic!("on purpose"),
            "hang" => pending().await,
            "hang, counted" => {
                let _counted = Counted::new();
                pending().await
            }
            "block" => thread::sleep(Duration::from_secs(3)),
            "unavailable" => return Err(Fault::new(FaultKind::Unavailable, "the provider is away")),
            _ => {}
        }
        Ok(BeginReply { authorize_url: "https://idp.example/".to_owned(), memo: Vec::new() })
    }

    async fn finish(&self, _: &Context, _: Callback) -> Result<Identity, Fault> {
        Ok(Identity::new("u-1"))
    }

    async fn check(&self, _: &Context) -> Result<Vec<Finding>, Fault> {
        Ok(Vec::new())
    }
}

/// Lends nothing.
struct Nothing;

impl Lender for Nothing {
    fn log(&self, _: plugin_api::Level, _: &str, _: &Value) {}
    fn now_ms(&self) -> u64 {
        0
    }
    fn http(
        &self,
        _: plugin_api::HttpRequest,
    ) -> plugin_api::Lent<Result<plugin_api::HttpReply, plugin_api::HttpFault>> {
        Box::pin(pending())
    }
    fn sleep(&self, _: Duration) -> plugin_api::Lent<()> {
        Box::pin(pending())
    }
    fn cache_claim(&self, _: &str) -> plugin_api::Lent<plugin_api::CacheClaim> {
        Box::pin(pending())
    }
    fn cache_settle(&self, _: &str, _: u64, _: Option<(Vec<u8>, Duration)>) {}
    fn cache_forget(&self, _: &str) {}
}

fn limits() -> CallLimits {
    CallLimits {
        call: Duration::from_millis(500),
        concurrent: 8,
        failures: 3,
        open_for: Duration::from_secs(1),
        ping_every: Duration::from_millis(100),
        ping: Duration::from_millis(300),
    }
}

fn runner(limits: CallLimits) -> Arc<Runner> {
    runner_and_news(limits).0
}

fn runner_and_news(limits: CallLimits) -> (Arc<Runner>, UnboundedReceiver<Event>) {
    let (tell, told) = unbounded_channel();
    (Arc::new(Runner::new("moody", 7, Arc::new(InProcess::<Moody>::new()), limits, tell).unwrap()), told)
}

async fn call(runner: &Runner, mood: &str) -> Result<BeginReply, FaultKind> {
    let settings = json!(mood);
    let make = move |plugin: &dyn PluginHandle| plugin.begin(settings, Arc::new(Nothing), begin_request());
    runner.call(make).await.map_err(|fault| fault.kind)
}

/// Whether it becomes true within a few seconds.
async fn eventually(holds: impl Fn() -> bool) -> bool {
    for _ in 0..250 {
        if holds() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}

#[tokio::test]
async fn good_calls_and_provider_faults_pass_through() {
    let runner = runner(limits());
    for _ in 0..10 {
        assert_eq!(call(&runner, "unavailable").await, Err(FaultKind::Unavailable));
    }
    assert!(call(&runner, "good").await.is_ok(), "a provider's fault is not the plug-in's");
}

#[tokio::test]
async fn the_circuit_opens_after_failures_in_a_row_and_closes_after_a_good_trial() {
    let runner = runner(limits());
    for _ in 0..3 {
        assert_eq!(call(&runner, "panic").await, Err(FaultKind::Internal));
    }
    assert_eq!(call(&runner, "good").await, Err(FaultKind::Unavailable), "left alone");
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    assert!(call(&runner, "good").await.is_ok(), "the trial");
    assert!(call(&runner, "good").await.is_ok());
}

#[tokio::test]
async fn a_call_that_hangs_ends_at_its_deadline_and_leaves_nothing() {
    let runner = runner(limits());
    let started = Instant::now();
    assert_eq!(call(&runner, "hang, counted").await, Err(FaultKind::Internal));
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(eventually(|| UNDER_WAY.load(Ordering::SeqCst) == 0).await, "its future was dropped");
    assert!(!runner.is_wedged(), "the threads were never in doubt");
}

#[tokio::test]
async fn a_copy_whose_threads_hang_is_told_once_and_called_no_more() {
    let (runner, mut told) = runner_and_news(CallLimits { failures: 100, ..limits() });
    let hung = tokio::join!(call(&runner, "block"), call(&runner, "block"), call(&runner, "hang"));
    let unavailable = Err(FaultKind::Unavailable);
    assert!([&hung.0, &hung.1].into_iter().all(Result::is_err));
    assert_eq!(told.recv().await, Some(Event::Wedged { plugin: "moody".to_owned(), copy: 7 }));
    assert!(runner.is_wedged());
    assert_eq!(call(&runner, "good").await, unavailable, "at once, without asking the plug-in");
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(call(&runner, "good").await, unavailable, "also when its threads come back: nobody knows what they did");
    assert!(told.try_recv().is_err(), "once");
}

/// Nobody need call it: the threads are asked again and again.
#[tokio::test]
async fn threads_that_hang_are_found_out_without_a_call() {
    let patient = CallLimits { call: Duration::from_secs(60), ..limits() };
    let (runner, mut told) = runner_and_news(patient);
    let calls = tokio::join!(call(&runner, "hang"), call(&runner, "block"), call(&runner, "block"), told.recv());
    assert!(calls.3.is_some());
    assert_eq!(calls.0, Err(FaultKind::Unavailable), "whoever waits is told long before the deadline");
}

/// A thread of two that blocks is no reason to give up on a copy, and neither is a call that waits.
#[tokio::test]
async fn half_a_plugin_still_answers() {
    let (runner, mut told) = runner_and_news(CallLimits { failures: 100, ..limits() });
    let calls = tokio::join!(call(&runner, "block"), call(&runner, "hang"), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        call(&runner, "good").await
    });
    assert!(calls.0.is_err() && calls.1.is_err());
    assert!(calls.2.is_ok());
    assert!(!runner.is_wedged() && told.try_recv().is_err());
}

#[tokio::test]
async fn one_call_too_many_is_refused_as_busy() {
    let runner = runner(CallLimits { concurrent: 2, ..limits() });
    let outcomes = tokio::join!(call(&runner, "hang"), call(&runner, "hang"), call(&runner, "good"));
    assert_eq!(outcomes.2, Err(FaultKind::Busy));
    assert!(call(&runner, "good").await.is_ok());
}

#[tokio::test]
async fn the_hosts_own_threads_never_feel_it() {
    // One thread only: if a plug-in's code ran here, the tick would be late.
    let runner = runner(CallLimits { failures: 100, ..limits() });
    let calls = tokio::join!(call(&runner, "block"), call(&runner, "block"), async {
        for _ in 0..10 {
            let before = Instant::now();
            tokio::time::sleep(Duration::from_millis(10)).await;
            assert!(before.elapsed() < Duration::from_secs(1));
        }
    });
    assert!(calls.0.is_err() && calls.1.is_err());
}

/// Without the circuit, which would hold off all but the first of them.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_panics_and_sixty_four_hung_calls_cost_a_neighbour_nothing() {
    // Ten thousand backtraces help nobody.
    std::panic::set_hook(Box::new(|_| {}));
    let roomy = CallLimits {
        failures: u32::MAX,
        concurrent: 4096,
        call: Duration::from_secs(2),
        ping: Duration::from_secs(10),
        ..limits()
    };
    let (culprit, neighbour) = (runner(roomy), runner(CallLimits { call: Duration::from_secs(10), ..roomy }));
    let hung: Vec<_> = (0..64)
        .map(|_| {
            let culprit = Arc::clone(&culprit);
            tokio::spawn(async move { call(&culprit, "hang").await })
        })
        .collect();
    let panics = tokio::spawn(async move {
        for _ in 0..10_000 {
            assert_eq!(call(&culprit, "panic").await, Err(FaultKind::Internal));
        }
        assert!(call(&culprit, "good").await.is_ok(), "nor itself");
    });
    let mut good = 0;
    while !panics.is_finished() || hung.iter().any(|call| !call.is_finished()) {
        assert!(call(&neighbour, "good").await.is_ok());
        good += 1;
    }
    panics.await.unwrap();
    for call in hung {
        assert_eq!(call.await.unwrap(), Err(FaultKind::Internal));
    }
    assert!(good > 0);
}
