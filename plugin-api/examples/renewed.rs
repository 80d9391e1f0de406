//! A plug-in that uses what version 1.2 of the contract added: random bytes from the host, and settings that an earlier
//! version of the plug-in saved.

use plugin_api::ui_schema::{Form, JsonSchema, Text, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, HttpRequest,
    Identity, MigrateRequest, Severity, export_auth_plugin,
};
use serde::Deserialize;
use serde_json::{Map, Value};

struct Renewed;

/// Version 1 called the server `host` and knew https only.
#[derive(Deserialize, JsonSchema)]
struct Settings {
    #[schemars(title = "Server", extend("format" = "uri", "x-role" = "upstream", "x-zh-CN" = { "title": "服务器" }))]
    server: String,
}

impl AuthPlugin for Renewed {
    const MANIFEST: &'static str = r#"{
        "id": "example-renewed", "version": "2.0.0", "api": "1.2",
        "name": { "en": "Renewed", "zh-CN": "新版示例" },
        "description": { "en": "Draws random bytes and migrates settings.", "zh-CN": "使用随机数并迁移设置。" },
        "abilities": ["sign-in", "migrate-settings"]
    }"#;

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        let mut renewed = AuthenticatorType::new(
            "renewed",
            Text::new("Renewed example", "新版示例"),
            Text::new("Sign in with the example server.", "使用示例服务器登录。"),
            Text::new("Continue with {title}", "使用{title}登录"),
            Form::of::<Settings>(),
        );
        renewed.guide = Text::new("There is nothing to set up.", "无需任何设置。");
        vec![renewed]
    }

    /// A nonce goes to the server, and with the memo to `finish`.
    async fn begin(&self, cx: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        let Settings { server } = cx.settings()?;
        let nonce = u64::from_be_bytes(cx.random()?);
        let (redirect_uri, state) = (encoded(&request.redirect_uri), encoded(&request.state));
        let authorize_url = format!("{server}/authorize?redirect_uri={redirect_uri}&state={state}&nonce={nonce:016x}");
        Ok(BeginReply { authorize_url, memo: nonce.to_be_bytes().to_vec() })
    }

    async fn finish(&self, cx: &Context, callback: Callback) -> Result<Identity, Fault> {
        let Settings { server } = cx.settings()?;
        callback.param("code").ok_or_else(|| Fault::new(FaultKind::Denied, "no code came back"))?;
        let reply = cx.http(HttpRequest::get(format!("{server}/profile"))).await?;
        let profile: Map<String, Value> = reply.json().ok_or_else(|| bad_answer("no profile"))?;
        let id = profile.get("id").and_then(Value::as_str).ok_or_else(|| bad_answer("no identifier"))?;
        Ok(Identity::new(id))
    }

    async fn check(&self, _: &Context) -> Result<Vec<Finding>, Fault> {
        Ok(vec![Finding::new("settings", Severity::Good, Text::new("The settings can be read.", "设置可以读取。"))])
    }

    async fn migrate(&self, _: &Context, request: MigrateRequest) -> Result<Value, Fault> {
        let Value::Object(mut settings) = request.settings else {
            return Err(Fault::new(FaultKind::Misconfigured, "the settings are no object"));
        };
        if let Some(Value::String(host)) = settings.remove("host") {
            settings.insert("server".to_owned(), format!("https://{host}").into());
        }
        Ok(settings.into())
    }
}

fn bad_answer(what: &str) -> Fault {
    Fault::new(FaultKind::BadAnswer, what)
}

/// Percent-encoding for a query parameter (RFC 3986 section 2.3).
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

export_auth_plugin!(Renewed);
