//! A plug-in that blocks its thread instead of waiting: the mistake that a synchronous client or a lock makes.
//!
//! It blocks for a few seconds, not for ever, so that a test ends.

#[path = "shared.rs"]
mod shared;

use std::time::Duration;

use plugin_api::ui_schema::{JsonSchema, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, Identity,
    export_auth_plugin,
};
use serde::Deserialize;

struct Blocks;

#[derive(Deserialize, JsonSchema)]
struct Settings {
    #[serde(default = "Settings::three_seconds")]
    #[schemars(title = "Milliseconds", range(min = 0, max = 5000), extend("x-zh-CN" = { "title": "毫秒数" }))]
    milliseconds: u32,
}

impl Settings {
    fn three_seconds() -> u32 {
        3000
    }
}

impl AuthPlugin for Blocks {
    const MANIFEST: &'static str = r#"{
        "id": "example-blocks", "version": "1.0.0", "api": "1.0",
        "name": { "en": "Blocks", "zh-CN": "阻塞示例" },
        "description": { "en": "Blocks its thread for seconds.", "zh-CN": "将线程阻塞数秒。" },
        "abilities": ["sign-in"]
    }"#;

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        shared::one_type::<Settings>("blocks")
    }

    async fn begin(&self, cx: &Context, _: BeginRequest) -> Result<BeginReply, Fault> {
        block(cx)
    }

    async fn finish(&self, cx: &Context, _: Callback) -> Result<Identity, Fault> {
        block(cx)
    }

    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        block(cx)
    }
}

fn block<T>(cx: &Context) -> Result<T, Fault> {
    let Settings { milliseconds } = cx.settings()?;
    std::thread::sleep(Duration::from_millis(milliseconds.min(5000).into()));
    Err(Fault::new(FaultKind::Unavailable, "slept instead of working"))
}

export_auth_plugin!(Blocks);
