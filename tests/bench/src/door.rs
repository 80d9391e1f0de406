//! A call across the door of the library, beside the same call of the same plug-in inside the process.
//!
//! It is made in this process and costs what this process uses meanwhile, so nothing else may happen in it.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use auth_dingtalk::DingTalk;
use plugin_api::host::{InProcess, open};
use plugin_api::{
    BeginRequest, CacheClaim, Callback, Channel, Fault, HttpFault, HttpReply, HttpRequest, Lender, Lent, Level,
    PluginHandle,
};
use serde_json::{Value, json};
use ui_schema::Language;

use crate::Outcome;
use crate::numbers::median;
use crate::program::own_cpu_time;

/// Median nanoseconds of one call.
pub(crate) struct Door {
    pub(crate) call: &'static str,
    pub(crate) library: f64,
    pub(crate) native: f64,
}

/// What is called.
#[derive(Clone, Copy)]
enum Call {
    Ping,
    Begin,
    /// Borrows two HTTP exchanges, which are answered at once.
    Finish,
}

/// Measures in `rounds` of so many `calls`, each side in turn.
pub(crate) async fn measure(library: &Path, rounds: usize, calls: u32) -> Outcome<Vec<Door>> {
    let library = open(library).map_err(|error| format!("the library cannot be opened: {error}"))?.handle;
    let native: Arc<dyn PluginHandle> = Arc::new(InProcess::<DingTalk>::new());
    let mut doors = Vec::new();
    for (call, name) in [(Call::Ping, "ping"), (Call::Begin, "begin"), (Call::Finish, "finish, two lent calls")] {
        let (mut across, mut inside) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            inside.push(time(&*native, call, calls).await?);
            across.push(time(&*library, call, calls).await?);
        }
        doors.push(Door { call: name, library: median(across), native: median(inside) });
    }
    Ok(doors)
}

/// Nanoseconds of one call.
async fn time(plugin: &dyn PluginHandle, call: Call, calls: u32) -> Outcome<f64> {
    let (settings, lender) = (settings(), Arc::new(Prompt));
    let before = own_cpu_time()?;
    for _ in 0..calls {
        make(plugin, call, settings.clone(), lender.clone()).await.map_err(|fault| fault.to_string())?;
    }
    Ok(own_cpu_time()?.saturating_sub(before).as_secs_f64() * 1e9 / f64::from(calls))
}

async fn make(plugin: &dyn PluginHandle, call: Call, settings: Value, lender: Arc<dyn Lender>) -> Result<(), Fault> {
    match call {
        Call::Ping => plugin.ping().await,
        Call::Begin => plugin.begin(settings, lender, begin()).await.map(|reply| drop(black_box(reply))),
        Call::Finish => plugin.finish(settings, lender, callback()).await.map(|identity| drop(black_box(identity))),
    }
}

fn settings() -> Value {
    json!({
        "sign_up": false, "client_id": "dingbench0001", "client_secret": "bench-secret-0001-not-a-real-one",
        "region": "mainland", "login_url": null, "api_url": null, "legacy_url": "https://oapi.dingtalk.com"
    })
}

fn begin() -> BeginRequest {
    BeginRequest {
        authenticator_type: "dingtalk".into(),
        redirect_uri: "https://gate.example/signin/dingtalk/callback".into(),
        state: "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG".into(),
        language: Language::En,
    }
}

fn callback() -> Callback {
    let query = [("authCode", "c0de"), ("state", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG")];
    Callback {
        authenticator_type: "dingtalk".into(),
        redirect_uri: "https://gate.example/signin/dingtalk/callback".into(),
        query: query.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        memo: Vec::new(),
        language: Language::En,
        channel: Channel::Redirect,
    }
}

/// A host that has every answer at hand.
struct Prompt;

impl Lender for Prompt {
    fn log(&self, _: Level, _: &str, _: &Value) {}

    fn now_ms(&self) -> u64 {
        0
    }

    fn http(&self, request: HttpRequest) -> Lent<Result<HttpReply, HttpFault>> {
        let body: &[u8] = match request.url.ends_with("/userAccessToken") {
            true => {
                br#"{"expireIn":7200,"accessToken":"5ab3d6d6c4b53b5d8d7f","refreshToken":"r","corpId":"dingcorp1"}"#
            }
            false => {
                br#"{"nick":"Lin","unionId":"z21HjQliSzpw0Yxxxx","openId":"o","mobile":"13900000001","stateCode":"86"}"#
            }
        };
        let headers = [("content-type".to_owned(), "application/json".to_owned())].into();
        Box::pin(std::future::ready(Ok(HttpReply { status: 200, headers, body: body.to_vec() })))
    }

    fn sleep(&self, _: Duration) -> Lent<()> {
        Box::pin(std::future::ready(()))
    }

    fn cache_claim(&self, _: &str) -> Lent<CacheClaim> {
        Box::pin(std::future::ready(CacheClaim::Lease(0)))
    }

    fn cache_settle(&self, _: &str, _: u64, _: Option<(Vec<u8>, Duration)>) {}

    fn cache_forget(&self, _: &str) {}
}
