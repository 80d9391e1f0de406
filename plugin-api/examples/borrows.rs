//! A plug-in that uses everything the host lends: HTTP with binary bodies, the cache, the clock, sleep and the log.

#[path = "shared.rs"]
mod shared;

use std::time::Duration;

use plugin_api::ui_schema::{JsonSchema, Text, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, HttpReply,
    HttpRequest, Identity, Level, Severity, export_auth_plugin,
};
use serde::Deserialize;
use serde_json::json;

struct Borrows;

#[derive(Deserialize, JsonSchema)]
struct Settings {
    #[schemars(
        title = "Server",
        description = "Base address.",
        extend("format" = "uri", "x-role" = "upstream", "x-zh-CN" = { "title": "服务器", "description": "基础地址。" })
    )]
    server: String,
}

impl AuthPlugin for Borrows {
    const MANIFEST: &'static str = r#"{
        "id": "example-borrows", "version": "1.0.0", "api": "1.0",
        "name": { "en": "Borrows", "zh-CN": "借用示例" },
        "description": { "en": "Uses everything the host lends.", "zh-CN": "使用宿主提供的全部能力。" },
        "borrows": { "cache": true },
        "abilities": ["sign-in"]
    }"#;

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        shared::one_type::<Settings>("borrows")
    }

    /// The memo is not UTF-8.
    async fn begin(&self, cx: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        let Settings { server } = cx.settings()?;
        Ok(BeginReply { authorize_url: format!("{server}/authorize?state={}", request.state), memo: vec![0, 159, 255] })
    }

    /// Sends the memo to the server, with a token that all calls share, and takes the answer for the subject.
    async fn finish(&self, cx: &Context, callback: Callback) -> Result<Identity, Fault> {
        let Settings { server } = cx.settings()?;
        let token = cx.cached("token", || fetch_token(cx, &server)).await?;
        let request = HttpRequest::post(format!("{server}/echo"), "application/octet-stream", callback.memo);
        let reply = cx.http(request.header("authorization", String::from_utf8_lossy(&token))).await?;
        if reply.status == 401 {
            cx.forget("token");
            return Err(Fault::new(FaultKind::CredentialsRejected, "the server does not accept the token"));
        }
        cx.log(Level::Info, "echoed", json!({ "bytes": reply.body.len() }));
        Ok(Identity::new(format!("{:?}", reply.body)))
    }

    /// How long did a sleep of a quarter of a second take?
    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        let start = cx.now_ms();
        cx.sleep(Duration::from_millis(250)).await;
        let slept = cx.now_ms() - start;
        let message = Text::new(format!("Slept for {slept} ms."), format!("休眠了 {slept} 毫秒。"));
        Ok(vec![Finding::new("sleep", Severity::Good, message)])
    }
}

async fn fetch_token(cx: &Context, server: &str) -> Result<(Vec<u8>, Duration), Fault> {
    let HttpReply { body, .. } = cx.http(HttpRequest::get(format!("{server}/token"))).await?;
    Ok((body, Duration::from_secs(60)))
}

export_auth_plugin!(Borrows);
