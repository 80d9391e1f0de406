//! What the misbehaving examples have in common: one type with one field, declared properly.

use plugin_api::AuthenticatorType;
use plugin_api::ui_schema::{Form, JsonSchema, Text};

/// One type called `id` with the form of `S`.
pub(crate) fn one_type<S: JsonSchema>(id: &str) -> Vec<AuthenticatorType> {
    let mut only = AuthenticatorType::new(
        id,
        Text::new("Misbehaving example", "不守规矩的示例"),
        Text::new("For tests. Never enable it.", "仅供测试，请勿启用。"),
        Text::new("Continue with {title}", "使用{title}登录"),
        Form::of::<S>(),
    );
    only.guide = Text::new("There is nothing to set up.", "无需任何设置。");
    vec![only]
}
