//! A plug-in that panics in every way a guard can hold: at once, after an await, and in the drop of a cancelled call.

#[path = "shared.rs"]
mod shared;

use std::time::Duration;

use plugin_api::ui_schema::{JsonSchema, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, Finding, Identity,
    export_auth_plugin,
};
use serde::Deserialize;

struct Panics;

#[derive(Deserialize, JsonSchema)]
struct Settings {
    // How long `check` sleeps with the bomb in its hands.
    #[serde(default = "Settings::default_milliseconds")]
    #[schemars(title = "Milliseconds", range(min = 1), extend("x-zh-CN" = { "title": "毫秒数" }))]
    milliseconds: u32,
}

impl Settings {
    fn default_milliseconds() -> u32 {
        3_600_000
    }
}

impl AuthPlugin for Panics {
    const MANIFEST: &'static str = r#"{
        "id": "example-panics", "version": "1.0.0", "api": "1.0",
        "name": { "en": "Panics", "zh-CN": "崩溃示例" },
        "description": { "en": "Panics in every call.", "zh-CN": "每次调用都会崩溃。" },
        "abilities": ["sign-in"]
    }"#;

    fn new() -> Self {
        Self
    }

    /// Does not panic, so that the other methods have somebody to call them.
    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        shared::one_type::<Settings>("panics")
    }

    async fn begin(&self, _: &Context, _: BeginRequest) -> Result<BeginReply, Fault> {
        panic!("begin went wrong");
    }

    async fn finish(&self, cx: &Context, callback: Callback) -> Result<Identity, Fault> {
        cx.sleep(Duration::from_millis(1)).await;
        let beyond_the_end = callback.query.len();
        let names: Vec<&String> = callback.query.keys().collect();
        Ok(Identity::new(names[beyond_the_end]))
    }

    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        let Settings { milliseconds } = cx.settings()?;
        let _bomb = Bomb;
        cx.sleep(Duration::from_millis(milliseconds.into())).await;
        Ok(Vec::new())
    }
}

/// Panics when dropped. A panic while another one unwinds ends the process, and no guard can help: hence the question.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            panic!("dropped the bomb");
        }
    }
}

export_auth_plugin!(Panics);
