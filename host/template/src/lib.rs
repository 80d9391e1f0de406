//! Sign in with {{title}}: OAuth 2.0 with an authorization code (RFC 6749), then one question for the profile.
//!
//! The story in reading order: [`settings`] is the form that an administrator fills in; `authorize` sends the browser
//! to the provider; `exchange` makes the code that comes back into an identity; `doctor` finds out whether the settings
//! work, without a person. `address` is percent-encoding.

mod address;
mod authorize;
mod doctor;
mod exchange;
pub mod settings;

use plugin_api::ui_schema::{Form, Text};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, Finding, Identity,
    export_auth_plugin,
};

use settings::Settings;

/// The plug-in. It keeps nothing between calls: everything comes with the [`Context`].
pub struct Provider;

impl AuthPlugin for Provider {
    const MANIFEST: &'static str = include_str!("../manifest.json");

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        let mut kind = AuthenticatorType::new(
            "{{kind}}",
            Text::new("{{title}}", "{{title}}"),
            Text::new("Sign in with {{title}}.", "使用 {{title}} 账号登录。"),
            Text::new("Continue with {title}", "使用{title}登录"),
            Form::of::<Settings>(),
        );
        kind.icon = Some(include_str!("../icon.svg").trim_end().to_owned());
        kind.guide = Text::new(
            "Register an application at the server. Enter `{redirect_url}` as its redirect URL.",
            "在服务器上注册一个应用，并将 `{redirect_url}` 填写为其重定向 URL。",
        );
        vec![kind]
    }

    async fn begin(&self, cx: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        let settings: Settings = cx.settings()?;
        let authorize_url = authorize::url(&settings, &request);
        Ok(BeginReply { authorize_url, memo: Vec::new() })
    }

    async fn finish(&self, cx: &Context, callback: Callback) -> Result<Identity, Fault> {
        let settings: Settings = cx.settings()?;
        let token = exchange::token(cx, &settings, &callback).await?;
        exchange::identity(cx, &settings, &token).await
    }

    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        let settings: Settings = cx.settings()?;
        Ok(vec![doctor::credentials(cx, &settings).await])
    }
}

export_auth_plugin!(Provider);
