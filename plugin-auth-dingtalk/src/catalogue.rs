//! What the Authentication page and the sign-in page show of this plug-in.

use plugin_api::{AuthenticatorType, CallbackGrammar, ClientSignIn, Panel, Script, SubjectScope};
use ui_schema::{Form, Text};

use crate::callback::{CODE_NAMES, ERROR_NAME};
use crate::{Settings, keys};

/// The one authenticator type.
///
/// A `unionId` belongs to a person and to the organisation that owns the application. It stays the same whichever
/// organisation the person chooses at DingTalk, so that choice is no part of the link.
pub(crate) fn dingtalk() -> AuthenticatorType {
    let mut dingtalk = AuthenticatorType::new(
        "dingtalk",
        Text::new("DingTalk", "钉钉"),
        Text::new("Sign in with a DingTalk account", "使用钉钉账号登录"),
        Text::new("Continue with {title}", "使用{title}登录"),
        Form::of::<Settings>(),
    );
    dingtalk.icon = Some(include_str!("../icon.svg").into());
    dingtalk.guide = Text::new(include_str!("../guide/en.md"), include_str!("../guide/zh-CN.md"));
    dingtalk.callback = CallbackGrammar { code: CODE_NAMES.map(Into::into).to_vec(), error: ERROR_NAME.into() };
    dingtalk.subject_scope = SubjectScope::Authenticator;
    dingtalk.client = Some(client());
    dingtalk.panel = Some(panel());
    dingtalk.keys = keys::kinds();
    dingtalk
}

/// Inside the client. Every client says `DingTalk` somewhere; the desktop says no `DingTalk/`.
fn client() -> ClientSignIn {
    ClientSignIn {
        user_agents: vec!["dingtalk".into()],
        settings: ["client_id", "corp_id"].map(Into::into).into(),
        scripts: vec![
            script("dingtalk-jsapi", include_str!("../scripts/jsapi.js")),
            script("dingtalk-client", include_str!("../scripts/client.js")),
        ],
        link_query: Some("corpId=$CORPID$".into()),
    }
}

/// The QR code. Its drawing is a script of DingTalk's that exists at DingTalk only, and a frame with their page.
fn panel() -> Panel {
    Panel {
        settings: vec!["script_url".into()],
        scripts: vec![script("dingtalk-panel", include_str!("../scripts/panel.js"))],
        script_origins: vec!["https://g.alicdn.com".into()],
        frame_origins: ["https://login.dingtalk.com", "https://login.dingtalk.io"].map(Into::into).into(),
        upstreams: ["script_url", "login_url"].map(Into::into).into(),
    }
}

fn script(name: &str, body: &str) -> Script {
    Script { name: name.into(), body: body.into() }
}
