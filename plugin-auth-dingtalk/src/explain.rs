//! What a fault means and what to do about it, for the administrator.

use std::net::IpAddr;

use plugin_api::{Fault, FaultKind, Finding};
use ui_schema::Text;

use crate::servers::percent_encode;

mod codes;
mod kinds;

use kinds::{Diagnosis, Place};

/// Where applications are administered.
pub(crate) const CONSOLE: &str = "https://open-dev.dingtalk.com";

/// Where DingTalk lists its error codes.
const CODES: &str = "https://open.dingtalk.com/document/development/server-api-error-codes-1";

/// `fault` with its explanation, unless it has one. `seen_from` is the address from which DingTalk saw the call come.
pub(crate) fn explained(fault: Fault, client_id: &str, seen_from: Option<IpAddr>) -> Fault {
    if fault.explanation.is_some() || fault.kind == FaultKind::Internal {
        return fault;
    }
    let finding = finding(&fault, client_id, seen_from);
    fault.explained(finding)
}

/// What `fault` means.
pub(crate) fn finding(fault: &Fault, client_id: &str, seen_from: Option<IpAddr>) -> Finding {
    let code = fault.provider_code.as_deref();
    let diagnosis = Diagnosis::of(fault.kind);
    let message = message(&diagnosis, fault);
    let mut finding = Finding::new(diagnosis.id, diagnosis.severity, message).remedy(text(diagnosis.remedy));
    finding.link = match diagnosis.place {
        Place::Nowhere => None,
        Place::Console => Some(CONSOLE.into()),
        Place::Permissions => Some(fault.missing.first().map_or_else(|| CONSOLE.into(), |name| apply(client_id, name))),
        Place::Codes => code.map(|_| CODES.into()),
    };
    let missing = (!fault.missing.is_empty()).then(|| fault.missing.join(", "));
    finding.search = seen_from.map(|address| address.to_string()).or(missing).or_else(|| code.map(Into::into));
    finding
}

/// The page of the console that asks for one permission, as DingTalk's own messages name it.
pub(crate) fn apply(client_id: &str, permission: &str) -> String {
    format!("{CONSOLE}/appscope/apply?content={}%23{}", percent_encode(client_id), percent_encode(permission))
}

/// A text in both languages.
pub(crate) fn text((en, zh_cn): (&str, &str)) -> Text {
    Text::new(en, zh_cn)
}

/// What happened, which code DingTalk gave for it and what that means, and which permissions it named.
fn message(diagnosis: &Diagnosis, fault: &Fault) -> Text {
    let mut message = text(diagnosis.message);
    if let Some(code) = &fault.provider_code {
        let (en, zh_cn) = codes::meaning(code).unwrap_or((
            "its meaning is not known here, look it up in DingTalk's list of error codes",
            "含义未知，请在钉钉错误码列表中查询",
        ));
        message.en.push_str(&format!(" DingTalk's code {code}: {en}."));
        message.zh_cn.push_str(&format!("钉钉错误码 {code}：{zh_cn}。"));
    }
    if !fault.missing.is_empty() {
        let missing = fault.missing.join(", ");
        message.en.push_str(&format!(" Missing: {missing}."));
        message.zh_cn.push_str(&format!("缺少：{missing}。"));
    }
    message
}
