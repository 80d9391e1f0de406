//! The smallest plug-in that works: a provider with an authorize page and one endpoint that gives a profile for a
//! code.
//!
//! The provider is whatever server the administrator enters. `begin` sends the person there, `finish` exchanges the
//! code for the profile. Everything that a real plug-in has is here once, and nothing twice.

use plugin_api::ui_schema::{Form, JsonSchema, Text, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Claim, Context, Fault, FaultKind, Finding,
    HttpRequest, Identity, Severity, export_auth_plugin,
};
use serde::Deserialize;
use serde_json::json;

struct Smallest;

/// What the administrator enters. The struct is the form, too.
#[derive(Deserialize, JsonSchema)]
struct Settings {
    // `x-role: upstream`: the host lends this address, although the manifest cannot know it.
    #[schemars(title = "Server", extend("format" = "uri", "x-role" = "upstream", "x-zh-CN" = { "title": "服务器" }))]
    server: String,
    // `writeOnly`: the host seals it and never shows it again.
    #[schemars(
        title = "Client secret",
        extend("writeOnly" = true, "format" = "password", "x-zh-CN" = { "title": "客户端密钥" })
    )]
    client_secret: String,
}

/// What the provider tells about a person.
#[derive(Deserialize)]
struct Profile {
    id: String,
    name: Option<String>,
}

impl AuthPlugin for Smallest {
    const MANIFEST: &'static str = include_str!("smallest.json");

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        let mut example = AuthenticatorType::new(
            "example",
            Text::new("Example", "示例"),
            Text::new("Sign in with the example server.", "使用示例服务器登录。"),
            Text::new("Continue with {title}", "使用{title}登录"),
            Form::of::<Settings>(),
        );
        example.guide =
            Text::new("Enter `{redirect_url}` at the example server.", "在示例服务器上填写 `{redirect_url}`。");
        vec![example]
    }

    async fn begin(&self, cx: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        let Settings { server, .. } = cx.settings()?;
        let (redirect_uri, state) = (encoded(&request.redirect_uri), encoded(&request.state));
        let authorize_url = format!("{server}/authorize?redirect_uri={redirect_uri}&state={state}");
        Ok(BeginReply { authorize_url, memo: Vec::new() })
    }

    async fn finish(&self, cx: &Context, callback: Callback) -> Result<Identity, Fault> {
        let Settings { server, client_secret } = cx.settings()?;
        let code = callback.param("code").ok_or_else(|| Fault::new(FaultKind::Denied, "no code came back"))?;
        let question = json!({ "code": code, "client_secret": client_secret });
        let reply = cx.http(HttpRequest::post_json(format!("{server}/profile"), &question)).await?;
        if reply.status == 401 {
            return Err(Fault::new(FaultKind::CodeRejected, "the server does not accept the code"));
        }
        let profile = reply.json::<Profile>().filter(|profile| reply.status == 200 && !profile.id.is_empty());
        let profile = profile.ok_or_else(|| Fault::new(FaultKind::BadAnswer, "the server sent no profile"))?;
        let mut identity = Identity::new(profile.id);
        identity.name = profile.name.map(Claim::account);
        Ok(identity)
    }

    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        let Settings { server, .. } = cx.settings()?;
        let reply = cx.http(HttpRequest::get(format!("{server}/health"))).await;
        let (severity, message) = if reply.is_ok_and(|reply| reply.status == 200) {
            (Severity::Good, Text::new("The server answers.", "服务器响应正常。"))
        } else {
            (Severity::Error, Text::new("The server does not answer.", "服务器没有响应。"))
        };
        Ok(vec![Finding::new("server", severity, message)])
    }
}

/// Percent-encoding for a query parameter (RFC 3986 section 2.3).
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

export_auth_plugin!(Smallest);
