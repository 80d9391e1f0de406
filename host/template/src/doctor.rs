//! The connection doctor: do these settings work? Asked before an administrator switches the authenticator on.

use plugin_api::ui_schema::Text;
use plugin_api::{Context, FaultKind, Finding, Severity};

use crate::exchange;
use crate::settings::Settings;

/// Shows the server a code that it never issued. If it rejects the code, it has accepted the credentials.
pub(crate) async fn credentials(cx: &Context, settings: &Settings) -> Finding {
    let redirect_uri = &cx.about().redirect_uri;
    let answer = exchange::ask(cx, settings, "none", redirect_uri).await;
    let kind = match answer {
        Ok(reply) => exchange::refusal(&reply).kind,
        Err(fault) => fault.kind,
    };
    let (severity, message) = match kind {
        FaultKind::CodeRejected => {
            (Severity::Good, Text::new("The server accepts the credentials.", "服务器接受该凭证。"))
        }
        FaultKind::CredentialsRejected => {
            (Severity::Error, Text::new("The server does not accept the credentials.", "服务器不接受该凭证。"))
        }
        _ => (Severity::Error, Text::new("The server does not answer as it should.", "服务器未正确响应。")),
    };
    Finding::new(Finding::CREDENTIALS, severity, message)
}
