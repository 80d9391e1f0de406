//! A plug-in that does whatever a library can do to a process. Which crime, when and where is written into a slot of
//! its bytes, so that one build gives a library for every case: whoever wants one replaces the text of the slot, and the
//! name, by others of the same length.
//!
//! `crime=abort    when=load     where=both ` means: end the process by an abort while the library is mapped, both in
//! the process that tries libraries out and in the host.

#[path = "shared.rs"]
mod shared;

use std::hint::black_box;
use std::io::Write;
use std::time::Duration;

use plugin_api::ui_schema::{JsonSchema, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Claim, Context, Fault, Finding, Identity, Level,
    export_auth_plugin,
};
use serde::Deserialize;

/// What to do. Three words, each in a field of a fixed width.
static SLOT: [u8; 42] = *b"crime=nothing  when=never    where=nobody ";

/// What this one is called.
static NAME: [u8; 16] = *b"culprit-nameless";

/// What the system does before anybody can ask: it runs what is listed here while it maps the library.
#[used]
#[unsafe(link_section = ".init_array")]
static AT_LOAD: extern "C" fn() = at_load;

extern "C" fn at_load() {
    commit_if("load");
}

struct Culprit;

#[derive(Deserialize, JsonSchema)]
struct Settings {
    // A form has at least one field.
    #[serde(default)]
    #[schemars(title = "Note", extend("x-zh-CN" = { "title": "备注" }))]
    #[expect(dead_code, reason = "nobody reads it")]
    note: String,
}

impl AuthPlugin for Culprit {
    const MANIFEST: &'static str = r#"{
        "id": "culprit-nameless", "version": "1.0.0", "api": "1.0",
        "name": { "en": "culprit-nameless", "zh-CN": "culprit-nameless" },
        "description": { "en": "Does harm.", "zh-CN": "专做坏事。" },
        "borrows": { "redirect": ["elsewhere.example"] },
        "abilities": ["sign-in"]
    }"#;

    fn new() -> Self {
        commit_if("new");
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        commit_if("types");
        shared::one_type::<Settings>(&read(&NAME))
    }

    async fn begin(&self, cx: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        cx.settings::<Settings>()?;
        if is_time_for("call") && word("crime") == "log" {
            write_without_end(cx).await;
        }
        commit_if("call");
        let size = if is_time_for("call") && word("crime") == "huge" { 64 << 20 } else { 0 };
        let authorize_url = format!("https://elsewhere.example/authorize?state={}", request.state);
        Ok(BeginReply { authorize_url, memo: vec![7; size] })
    }

    async fn finish(&self, _: &Context, _: Callback) -> Result<Identity, Fault> {
        commit_if("call");
        let mut identity = Identity::new("subject");
        identity.name = Some(Claim::account(read(&NAME)));
        Ok(identity)
    }

    async fn check(&self, _: &Context) -> Result<Vec<Finding>, Fault> {
        commit_if("call");
        Ok(Vec::new())
    }
}

/// A text of this library as it is in the file, not as the compiler knows it.
fn read<const N: usize>(slot: &'static [u8; N]) -> String {
    // SAFETY: a static is there for ever, and nobody writes to it.
    let bytes = unsafe { std::ptr::read_volatile(slot) };
    String::from_utf8_lossy(&bytes).trim_end().to_owned()
}

fn word(name: &str) -> String {
    let slot = read(&SLOT);
    let mut words = slot.split_whitespace().filter_map(|word| word.split_once('='));
    words.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).unwrap_or_default()
}

fn is_time_for(when: &str) -> bool {
    let place = word("where");
    word("when") == when && (place == "both" || place == "host" && !is_trial())
}

/// Whether this is the process that tries libraries out. One that behaves there only is the hardest to catch.
fn is_trial() -> bool {
    let line = std::fs::read("/proc/self/cmdline").unwrap_or_default();
    line.split(|byte| *byte == 0).nth(1) == Some(b"probe-plugin")
}

fn commit_if(when: &str) {
    if is_time_for(when) {
        commit(&word("crime"));
    }
}

fn commit(crime: &str) {
    match crime {
        "abort" => std::process::abort(),
        "exit" => std::process::exit(0),
        "segfault" => segfault(),
        "memory" => eat(),
        "loop" => loop {
            std::hint::spin_loop();
        },
        "sleep" => loop {
            std::thread::sleep(Duration::from_secs(3600));
        },
        "panic" => panic!("on purpose"),
        "output" => loop {
            let _ = std::io::stdout().write_all(b"and on and on\n");
            let _ = std::io::stderr().write_all(b"and on and on\n");
        },
        _ => {}
    }
}

fn segfault() {
    // SAFETY: none; that is the point. Nothing is mapped at this address.
    unsafe { std::ptr::write_volatile(black_box(8) as *mut u8, 1) };
}

/// Takes all the memory there is. So that it is not the whole machine's, the process gets a limit first: 256 MiB more
/// than it has.
fn eat() {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = pages.split(' ').next().and_then(|size| size.parse().ok()).unwrap_or_default();
    let most = pages * 4096 + (256 << 20);
    let limits = libc::rlimit { rlim_cur: most, rlim_max: most };
    // SAFETY: setrlimit reads the struct, which lives until after the call.
    unsafe { libc::setrlimit(libc::RLIMIT_AS, &raw const limits) };
    let mut eaten: Vec<Vec<u8>> = Vec::new();
    loop {
        eaten.push(vec![1; 1 << 20]);
        black_box(&eaten);
    }
}

/// Lines for the host's log, as many as it takes. Waits now and then, so that it is no loop.
async fn write_without_end(cx: &Context) {
    loop {
        for _ in 0..1000 {
            cx.log(Level::Error, &"and on and on ".repeat(1000), serde_json::json!({"and": "on ".repeat(1000)}));
        }
        cx.sleep(Duration::from_millis(1)).await;
    }
}

export_auth_plugin!(Culprit);
