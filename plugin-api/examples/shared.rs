//! What the misbehaving examples have in common: one type with one field, declared properly.

use plugin_api::ui_schema::{Form, JsonSchema, Text};
use plugin_api::{AuthenticatorType, CallbackGrammar, LoginButton, SubjectScope};

/// One type called `id` with the form of `S`.
pub(crate) fn one_type<S: JsonSchema>(id: &str) -> Vec<AuthenticatorType> {
    vec![AuthenticatorType {
        id: id.into(),
        title: Text::new("Misbehaving example", "不守规矩的示例"),
        description: Text::new("For tests. Never enable it.", "仅供测试，请勿启用。"),
        icon: None,
        login_button: LoginButton { caption: Text::new("Continue with {title}", "使用{title}登录") },
        form: Form::of::<S>(),
        guide: Text::new("There is nothing to set up.", "无需任何设置。"),
        callback: CallbackGrammar::default(),
        subject_scope: SubjectScope::default(),
    }]
}
