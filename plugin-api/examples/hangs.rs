//! A plug-in whose calls never end: one that nobody will ever wake, one that is busy sleeping, one that waits for a
//! server for ever.

#[path = "shared.rs"]
mod shared;

use std::time::Duration;

use plugin_api::ui_schema::{JsonSchema, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, Finding, Identity,
    export_auth_plugin,
};
use serde::Deserialize;

struct Hangs;

#[derive(Deserialize, JsonSchema)]
struct Settings {
    // How long `finish` sleeps before it sleeps again.
    #[serde(default = "Settings::default_milliseconds")]
    #[schemars(title = "Milliseconds", range(min = 1), extend("x-zh-CN" = { "title": "毫秒数" }))]
    milliseconds: u32,
}

impl Settings {
    fn default_milliseconds() -> u32 {
        100
    }
}

impl AuthPlugin for Hangs {
    const MANIFEST: &'static str = r#"{
        "id": "example-hangs", "version": "1.0.0", "api": "1.0",
        "name": { "en": "Hangs", "zh-CN": "挂起示例" },
        "description": { "en": "Never answers.", "zh-CN": "永不响应。" },
        "abilities": ["sign-in"]
    }"#;

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        shared::one_type::<Settings>("hangs")
    }

    async fn begin(&self, _: &Context, _: BeginRequest) -> Result<BeginReply, Fault> {
        std::future::pending().await
    }

    async fn finish(&self, cx: &Context, _: Callback) -> Result<Identity, Fault> {
        let Settings { milliseconds } = cx.settings()?;
        loop {
            cx.sleep(Duration::from_millis(milliseconds.into())).await;
        }
    }

    /// Takes a lease and keeps it: whoever cancels the call gives it back.
    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        cx.cached("for-ever", std::future::pending).await.map(|_| Vec::new())
    }
}

export_auth_plugin!(Hangs);
