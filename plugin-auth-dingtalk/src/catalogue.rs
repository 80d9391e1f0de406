//! What the Authentication page and the sign-in page show of this plug-in.

use plugin_api::{AuthenticatorType, CallbackGrammar, LoginButton, SubjectScope};
use ui_schema::{Form, Text};

use crate::Settings;
use crate::callback::{CODE_NAMES, ERROR_NAME};

/// The one authenticator type.
///
/// A `unionId` belongs to a person and to the organisation that owns the application. It stays the same whichever
/// organisation the person chooses at DingTalk, so that choice is no part of the link.
pub(crate) fn dingtalk() -> AuthenticatorType {
    AuthenticatorType {
        id: "dingtalk".into(),
        title: Text::new("DingTalk", "钉钉"),
        description: Text::new("Sign in with a DingTalk account", "使用钉钉账号登录"),
        icon: Some(include_str!("../icon.svg").into()),
        login_button: LoginButton { caption: Text::new("Continue with {title}", "使用{title}登录") },
        form: Form::of::<Settings>(),
        guide: Text::new(include_str!("../guide/en.md"), include_str!("../guide/zh-CN.md")),
        callback: CallbackGrammar { code: CODE_NAMES.map(Into::into).to_vec(), error: ERROR_NAME.into() },
        subject_scope: SubjectScope::Authenticator,
    }
}
