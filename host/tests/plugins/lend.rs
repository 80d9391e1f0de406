//! What a plug-in can borrow, for how long, and what becomes of it when a call ends early.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use gatehouse::outbound::OutboundLimits;
use gatehouse::plugins::{CallLimits, LoadedPlugin, OnBehalf};
use plugin_api::host::InProcess;
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, HttpRequest,
    Identity,
};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::{begin_request, loaded, means, on_behalf};

/// Does with its loan what its settings say; the answer is in the memo.
struct Borrowing;

static MADE: AtomicU32 = AtomicU32::new(0);

impl AuthPlugin for Borrowing {
    const MANIFEST: &'static str = "{}";

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        Vec::new()
    }

    async fn begin(&self, cx: &Context, _: BeginRequest) -> Result<BeginReply, Fault> {
        let [verb, object] = cx.settings::<[String; 2]>()?;
        let memo = match verb.as_str() {
            "get" => cx.http(HttpRequest::get(object)).await?.body,
            "sleep" => {
                cx.sleep(Duration::from_millis(50)).await;
                cx.now_ms().to_string().into_bytes()
            }
            "cached" => cx.cached(&object, || make(cx)).await?,
            "cached together" => cx.cached_together(&object, || make(cx)).await?,
            "renewed together" => {
                cx.forget_together(&object);
                cx.cached_together(&object, || make(cx)).await?
            }
            "hang with lease" => cx.cached(&object, pending).await?,
            _ => Vec::new(),
        };
        Ok(BeginReply { authorize_url: "https://login.example.com/".to_owned(), memo })
    }

    async fn finish(&self, _: &Context, _: Callback) -> Result<Identity, Fault> {
        Ok(Identity::new("u-1"))
    }

    async fn check(&self, _: &Context) -> Result<Vec<Finding>, Fault> {
        Ok(Vec::new())
    }
}

async fn make(cx: &Context) -> Result<(Vec<u8>, Duration), Fault> {
    cx.sleep(Duration::from_millis(50)).await;
    let number = MADE.fetch_add(1, Ordering::SeqCst) + 1;
    Ok((number.to_string().into_bytes(), Duration::from_secs(60)))
}

/// A loaded plug-in without a library. Calls end after 800 ms, exchanges after half of that.
fn plugin(cache: bool) -> Arc<LoadedPlugin> {
    plugin_within(cache, Duration::from_millis(800))
}

fn plugin_within(cache: bool, call: Duration) -> Arc<LoadedPlugin> {
    let manifest = json!({
        "id": "example-borrowing", "version": "1.0.0", "api": "1.0",
        "name": { "en": "Borrowing", "zh-CN": "借用示例" }, "description": { "en": "Borrows.", "zh-CN": "借用。" },
        "borrows": { "http": ["api.example.com"], "redirect": ["login.example.com"], "cache": cache },
        "abilities": ["sign-in"]
    });
    let limits = CallLimits { call, failures: 1_000, ..CallLimits::default() };
    let means = means(OutboundLimits { total: call / 2, ..OutboundLimits::default() });
    let handle = Arc::new(InProcess::<Borrowing>::new());
    loaded(manifest, handle, limits, means)
}

async fn told(plugin: &LoadedPlugin, on: &OnBehalf) -> Result<String, FaultKind> {
    let reply = plugin.begin(on, begin_request()).await.map_err(|fault| fault.kind)?;
    Ok(String::from_utf8(reply.memo).unwrap())
}

fn asked(verb: &str, object: &str, upstreams: &[&str]) -> OnBehalf {
    on_behalf(json!([verb, object]), upstreams)
}

/// A server that answers "hello" after `delay`, and counts the connections that are open.
async fn server(delay: Duration) -> (String, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let open = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&open);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let count = Arc::clone(&count);
            tokio::spawn(async move {
                count.fetch_add(1, Ordering::SeqCst);
                let mut request = [0; 4_096];
                let _ = stream.read(&mut request).await;
                tokio::time::sleep(delay).await;
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello").await;
                // Until the other side closes.
                let _ = stream.read(&mut request).await;
                count.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    (address, open)
}

#[tokio::test(flavor = "multi_thread")]
async fn http_goes_where_the_settings_say_and_nowhere_else() {
    let plugin = plugin(false);
    let (address, open) = server(Duration::ZERO).await;
    assert_eq!(told(&plugin, &asked("get", &address, &[&address])).await, Ok("hello".to_owned()));
    let before = open.load(Ordering::SeqCst);
    assert_eq!(told(&plugin, &asked("get", &address, &[])).await, Err(FaultKind::Misconfigured));
    assert_eq!(told(&plugin, &asked("get", &address, &["http://127.0.0.1:9"])).await, Err(FaultKind::Misconfigured));
    assert_eq!(open.load(Ordering::SeqCst), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_provider_is_not_the_plugins_fault() {
    let plugin = plugin(false);
    let (address, _) = server(Duration::from_secs(5)).await;
    assert_eq!(told(&plugin, &asked("get", &address, &[&address])).await, Err(FaultKind::Slow));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_goes_away_takes_the_connection_with_it() {
    let (plugin, long) = (plugin_within(false, Duration::from_secs(60)), Duration::from_secs(20));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let call = tokio::spawn(async move { told(&plugin, &asked("get", &address, &[&address])).await });
    let (mut stream, _) = tokio::time::timeout(long, listener.accept()).await.unwrap().unwrap();
    let mut request = [0; 4_096];
    assert!(stream.read(&mut request).await.unwrap() > 0);
    call.abort();
    let closed = tokio::time::timeout(long, stream.read(&mut request)).await;
    assert!(closed.is_ok(), "long before any deadline of the call");
}

#[tokio::test(flavor = "multi_thread")]
async fn sleep_and_clock_are_the_hosts() {
    let started = Instant::now();
    assert_eq!(told(&plugin(false), &asked("sleep", "", &[])).await, Ok("1800000000000".to_owned()));
    assert!(started.elapsed() >= Duration::from_millis(50));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_makes_the_value() {
    let plugin = plugin(true);
    let calls = (0..20).map(|_| {
        let plugin = Arc::clone(&plugin);
        tokio::spawn(async move { told(&plugin, &asked("cached", "token", &[])).await.unwrap() })
    });
    let calls: Vec<_> = calls.collect();
    let mut values = Vec::new();
    for call in calls {
        values.push(call.await.unwrap());
    }
    values.dedup();
    assert_eq!(values.len(), 1, "{values:?}");
    let other = OnBehalf { cache_key: "authenticator-2".to_owned(), ..asked("cached", "token", &[]) };
    assert_ne!(told(&plugin, &other).await.unwrap(), values[0], "another authenticator's");
}

/// One account at the provider, several authenticators: whoever knows the secret gets the value that it was got with.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_is_made_once_for_each_secret() {
    let plugin = plugin(true);
    let of = |authenticator: &str, verb: &str, secret: &str| {
        let on = asked(verb, &format!("token client-1 {secret}"), &[]);
        let on = OnBehalf { authenticator: authenticator.to_owned(), cache_key: authenticator.to_owned(), ..on };
        let plugin = Arc::clone(&plugin);
        tokio::spawn(async move { told(&plugin, &on).await.unwrap() })
    };
    let together = "cached together";
    let calls = [of("1", together, "s3cret"), of("2", together, "s3cret"), of("3", together, "another")];
    let [first, second, third] = calls;
    let [first, second, third] = [first.await.unwrap(), second.await.unwrap(), third.await.unwrap()];
    assert_eq!(first, second, "one request for both");
    assert_ne!(first, third, "another secret, another value");
    assert_eq!(of("4", together, "s3cret").await.unwrap(), first);
    assert_ne!(of("1", "cached", "s3cret").await.unwrap(), first, "what is one's own stays apart");
    let renewed = of("2", "renewed together", "s3cret").await.unwrap();
    assert_ne!(renewed, first);
    assert_eq!(of("1", together, "s3cret").await.unwrap(), renewed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_ends_with_its_call() {
    let plugin = plugin(true);
    assert_eq!(told(&plugin, &asked("hang with lease", "held", &[])).await, Err(FaultKind::Internal));
    assert!(told(&plugin, &asked("cached", "held", &[])).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_leave_in_the_manifest_nothing_is_kept() {
    let plugin = plugin(false);
    let first = told(&plugin, &asked("cached", "unkept", &[])).await.unwrap();
    assert_ne!(told(&plugin, &asked("cached", "unkept", &[])).await.unwrap(), first);
}
