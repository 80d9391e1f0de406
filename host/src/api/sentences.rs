//! What is said to whoever calls the API and to nobody else, in both languages.
//!
//! Pages say similar things in other words: they speak of buttons, and these of requests. Whatever both say comes from
//! the language files.

use http::StatusCode;
use ui_schema::Text;

/// A place in a body, counted from 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Line.
    pub(super) line: usize,
    /// Column, in bytes.
    pub(super) column: usize,
}

/// What is said where only the status is known.
pub(super) fn of_status(status: StatusCode) -> Text {
    let (en, zh_cn) = match status {
        StatusCode::BAD_REQUEST => {
            ("The address or a parameter of it cannot be understood.", "无法理解请求的地址或其参数。")
        }
        StatusCode::UNAUTHORIZED => ("Please sign in first.", "请先登录。"),
        StatusCode::FORBIDDEN => {
            ("You may not do this, or the request comes from another site.", "您无权执行此操作，或请求来自其他网站。")
        }
        StatusCode::NOT_FOUND => ("There is nothing here.", "此处没有内容。"),
        StatusCode::METHOD_NOT_ALLOWED => ("This address does not know this method.", "此地址不支持该请求方法。"),
        StatusCode::PAYLOAD_TOO_LARGE => ("The body is too large.", "请求正文过大。"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ("Please send JSON as application/json.", "请以 application/json 发送 JSON。")
        }
        StatusCode::MISDIRECTED_REQUEST => ("This site has another address.", "本站使用的是另一个地址。"),
        StatusCode::TOO_MANY_REQUESTS => ("Please wait a moment and try again.", "请稍候再试。"),
        StatusCode::SERVICE_UNAVAILABLE => (
            "The service is busy or being restarted. Please try again in a moment.",
            "服务繁忙或正在重启，请稍后再试。",
        ),
        status if status.is_client_error() => ("The request cannot be served.", "无法处理该请求。"),
        _ => (
            "Something went wrong here. If it happens again, give an administrator the reference code.",
            "服务器出现问题。如果再次发生，请将参考码告知管理员。",
        ),
    };
    Text::new(en, zh_cn)
}

/// The body is no JSON from `place` on.
pub(super) fn not_json(Place { line, column }: Place) -> Text {
    Text::new(
        format!("The body is no JSON (line {line}, column {column})."),
        format!("请求正文不是有效的 JSON（第 {line} 行，第 {column} 列）。"),
    )
}

/// The body has not the fields that it should have.
pub(super) fn wrong_shape(Place { line, column }: Place) -> Text {
    Text::new(
        format!("A field is unknown, missing, or of the wrong type (line {line}, column {column})."),
        format!("存在未知字段、缺少字段或字段类型错误（第 {line} 行，第 {column} 列）。"),
    )
}

/// Values that cannot be; each is named beside this.
pub(super) fn invalid() -> Text {
    Text::new("Not saved: some values cannot be accepted.", "未保存：部分值无效。")
}

/// People could not sign in.
pub(super) fn findings() -> Text {
    Text::new(
        "Not enabled: people could not sign in; see the findings. Send despite_findings to enable it all the same.",
        "未启用：用户将无法登录，详见检查结果。如仍要启用，请附带 despite_findings。",
    )
}

/// New credentials are not proven.
pub(super) fn unproven() -> Text {
    Text::new(
        "Not saved: the provider did not accept the new credentials, so the old ones stay in use; see the findings. Send \
         unproven to save them all the same.",
        "未保存：登录服务未接受新凭证，原有凭证继续使用，详见检查结果。如仍要保存，请附带 unproven。",
    )
}

/// Signing in with a password is switched off.
pub(super) fn password_off() -> Text {
    Text::new("Signing in with a password is switched off.", "密码登录已停用。")
}

/// The built-in authenticator stays.
pub(super) fn built_in() -> Text {
    Text::new("It is built in and cannot be deleted. You can disable it.", "这是内置的认证方式，无法删除，但可以停用。")
}

/// No enabled plug-in registers the type.
pub(super) fn plugin_off() -> Text {
    Text::new("No enabled plug-in registers this authenticator type.", "没有已启用的插件提供此认证类型。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_a_sentence_in_both_languages() {
        for status in (400..600).filter_map(|code| StatusCode::from_u16(code).ok()) {
            let text = of_status(status);
            assert!(text.en.ends_with('.') && text.zh_cn.ends_with('。'), "{status}");
        }
    }
}
