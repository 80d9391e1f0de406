//! What the Authentication page shows of the type.

use plugin_api::AuthenticatorType;
use ui_schema::{Form, Text};

use crate::Settings;

/// The type that is registered.
pub(crate) fn openid_connect() -> AuthenticatorType {
    let mut kind = AuthenticatorType::new(
        "oidc",
        Text::new("OpenID Connect", "OpenID Connect"),
        Text::new("Sign in at any OpenID Connect provider.", "通过任意 OpenID Connect 身份提供方登录。"),
        Text::new("Continue with {title}", "使用{title}登录"),
        Form::of::<Settings>(),
    );
    kind.icon = Some(include_str!("../icon.svg").to_owned());
    kind.guide = Text::new(GUIDE, GUIDE_ZH_CN);
    kind
}

const GUIDE: &str = "\
1. At the provider, register a client for a **web application** with the **authorization code** flow.
2. Enter `{redirect_url}` as its redirect URI, exactly as it is.
3. Copy the issuer, the client ID and the client secret into this form.
4. Ask the connection doctor before you switch the authenticator on.
";

const GUIDE_ZH_CN: &str = "\
1. 在提供方注册一个 **Web 应用**客户端，使用**授权码**流程。
2. 将 `{redirect_url}` 原样填写为重定向 URI。
3. 将 Issuer、Client ID 和 Client Secret 填入本表单。
4. 启用前请先运行连接诊断。
";
