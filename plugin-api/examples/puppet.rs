//! A plug-in that believes whoever comes back: the code is the identity, as JSON. With it the tests say what a provider
//! would have said, so that every rule of the host about identities can be tried.

#[path = "shared.rs"]
mod shared;

use plugin_api::ui_schema::{JsonSchema, Text, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, Identity,
    KeyKind, export_auth_plugin,
};
use serde::Deserialize;

struct Puppet;

#[derive(Deserialize, JsonSchema)]
struct Settings {
    // Whether people whom nobody knows get an account.
    #[serde(default)]
    #[schemars(title = "Sign-up", extend("x-role" = "sign-up", "x-zh-CN" = { "title": "自动注册" }))]
    #[expect(dead_code, reason = "the host reads it")]
    sign_up: bool,
}

impl AuthPlugin for Puppet {
    const MANIFEST: &'static str = r#"{
        "id": "example-puppet", "version": "1.0.0", "api": "1.1",
        "name": { "en": "Puppet", "zh-CN": "木偶示例" },
        "description": { "en": "Believes whoever comes back.", "zh-CN": "轻信任何返回者。" },
        "borrows": { "redirect": ["elsewhere.example"] },
        "abilities": ["sign-in"]
    }"#;

    fn new() -> Self {
        Self
    }

    /// Two types that share nothing but their form.
    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        let key = |id: &str, title: Text, stable| KeyKind { id: id.into(), title, stable };
        let mut types: Vec<_> = ["puppet", "marionette"].into_iter().flat_map(shared::one_type::<Settings>).collect();
        for one in &mut types {
            one.keys = vec![
                key("badge", Text::new("Badge", "工牌"), true),
                key("pass", Text::new("Pass", "通行证"), true),
                key("desk", Text::new("Desk", "工位"), false),
            ];
        }
        types
    }

    async fn begin(&self, _: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        let authorize_url = format!("https://elsewhere.example/authorize?state={}", request.state);
        Ok(BeginReply { authorize_url, memo: Vec::new() })
    }

    async fn finish(&self, _: &Context, callback: Callback) -> Result<Identity, Fault> {
        let code = callback.param("code").ok_or_else(|| Fault::new(FaultKind::Denied, "no code came back"))?;
        serde_json::from_str(code).map_err(|error| Fault::new(FaultKind::BadAnswer, error.to_string()))
    }

    async fn check(&self, _: &Context) -> Result<Vec<Finding>, Fault> {
        Ok(Vec::new())
    }
}

export_auth_plugin!(Puppet);
