//! The connection doctor: every answer of DingTalk's, turned into something an administrator can do.

use plugin_api::{Context, Fault, Finding, Severity};
use ui_schema::Text;

use crate::{Servers, Settings, app_token};

mod diagnosis;

use diagnosis::Diagnosis;

/// Where applications are administered.
const CONSOLE: &str = "https://open-dev.dingtalk.com";

/// Whether DingTalk knows the application: it gives a token of the application's own for the right credentials.
pub(crate) async fn credentials(cx: &Context, settings: &Settings) -> Finding {
    let outcome = match Servers::of(settings) {
        Ok(servers) => app_token::renewed(cx, settings, &servers).await,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(_) => Finding {
            id: "credentials".into(),
            severity: Severity::Good,
            message: Text::new(
                "DingTalk accepts the Client ID and the Client Secret.",
                "钉钉接受该 Client ID 和 Client Secret。",
            ),
            remedy: None,
            link: None,
        },
        Err(fault) => finding(&fault),
    }
}

/// What stands in the way of a token, with the code that DingTalk gave for it.
fn finding(fault: &Fault) -> Finding {
    let diagnosis = Diagnosis::of(fault.kind);
    let mut message = Text::new(diagnosis.message.0, diagnosis.message.1);
    if let Some(code) = &fault.provider_code {
        message.en.push_str(&format!(" DingTalk's code: {code}."));
        message.zh_cn.push_str(&format!("钉钉错误码：{code}。"));
    }
    Finding {
        id: diagnosis.id.into(),
        severity: diagnosis.severity,
        message,
        remedy: Some(Text::new(diagnosis.remedy.0, diagnosis.remedy.1)),
        link: diagnosis.in_console.then(|| CONSOLE.into()),
    }
}
