//! Permissions, each tried out.

use plugin_api::{Fault, FaultKind, Finding, Severity};
use serde_json::{Value, json};
use ui_schema::Text;

use crate::app::App;
use crate::leg::Leg;
use crate::{explain, legacy};

/// What DingTalk answers who may ask but asks for nobody: no such person, code, number; no valid value.
const ASKED_FOR_NOBODY: [&str; 7] = ["60121", "33012", "400002", "40035", "40078", "40079", "40104"];

/// A `unionId`, a code and a number that nobody has: they are too plain, and no mobile number begins with 10.
const NO_UNION_ID: &str = "gatehouse-connection-check";
const NO_CODE: &str = "gatehouse-connection-check";
const NO_NUMBER: &str = "10000000000";

/// Whether the application may read members, as the check of membership and the client need it.
pub(super) async fn to_read_members(app: &App<'_>) -> Result<Finding, Fault> {
    let granted = is_granted(app, Leg::Member, "/topapi/user/getbyunionid", json!({ "unionid": NO_UNION_ID })).await?;
    Ok(if granted {
        let message = Text::new("The application may read the organisation's members.", "应用可以读取组织成员信息。");
        Finding::new("permission-members", Severity::Good, message)
    } else {
        let message = Text::new(
            "The application may not read the organisation's members, so nobody can be proven one and come in.",
            "应用无权读取组织成员信息，无法确认用户是否为成员，任何人都无法登录。",
        );
        let finding = Finding::new("permission-members", Severity::Error, message);
        to_be_granted(app, finding, "qyapi_get_member", ("Member information read", "成员信息读权限"))
    })
}

/// Whether the application may ask whose client gave a code. DingTalk grants this to every application at first.
pub(super) async fn to_sign_in_inside_the_client(app: &App<'_>) -> Result<Finding, Fault> {
    let granted = is_granted(app, Leg::ClientCode, "/topapi/v2/user/getuserinfo", json!({ "code": NO_CODE })).await?;
    Ok(if granted {
        let message =
            Text::new("The application may sign people in inside the client.", "应用可以在钉钉客户端内登录用户。");
        Finding::new("permission-client", Severity::Good, message)
    } else {
        let message =
            Text::new("The application may not sign people in inside the client.", "应用无权在钉钉客户端内登录用户。");
        let finding = Finding::new("permission-client", Severity::Error, message);
        to_be_granted(app, finding, "qyapi_base", ("Basic interfaces", "企业基础信息读权限"))
    })
}

/// Whether the application may look people up by number; worth knowing for whoever moves identity keys, no more. Where
/// that cannot be told, nothing is said.
pub(super) async fn to_look_up_numbers(app: &App<'_>) -> Result<Option<Finding>, Fault> {
    let body = json!({ "mobile": NO_NUMBER });
    let granted = match is_granted(app, Leg::Mobile, "/topapi/v2/user/getbymobile", body).await {
        Err(fault) if fault.kind == FaultKind::BadAnswer => return Ok(None),
        granted => granted?,
    };
    Ok(Some(if granted {
        let message = Text::new(
            "The identity-key assistant can look people up by phone number.",
            "身份标识迁移助手可以按手机号查询用户。",
        );
        Finding::new("permission-numbers", Severity::Info, message)
    } else {
        let message = Text::new(
            "The identity-key assistant cannot look people up by phone number. Signing in does not need it.",
            "身份标识迁移助手无法按手机号查询用户。登录不需要此权限。",
        );
        let finding = Finding::new("permission-numbers", Severity::Info, message);
        let name = ("Members by mobile phone number", "根据手机号获取成员基本信息权限");
        to_be_granted(app, finding, "qyapi_get_member_by_mobile", name)
    }))
}

/// Asks for somebody who cannot exist. Whether somebody may ask is looked at first.
async fn is_granted(app: &App<'_>, leg: Leg, path: &str, body: Value) -> Result<bool, Fault> {
    match legacy::exchange(app, leg, path, body, &[]).await {
        Ok(_) => Ok(true),
        Err(fault) if fault.kind == FaultKind::PermissionMissing => Ok(false),
        Err(fault) => {
            let code = fault.provider_code.as_deref().unwrap_or_default();
            if ASKED_FOR_NOBODY.contains(&code) { Ok(true) } else { Err(fault) }
        }
    }
}

pub(super) fn to_be_granted(app: &App<'_>, finding: Finding, code: &str, (en, zh_cn): (&str, &str)) -> Finding {
    let remedy = Text::new(
        format!("Grant the permission “{en}” ({zh_cn}, {code}), then publish a version of the application."),
        format!("请开通“{zh_cn}”（{code}），然后发布应用版本。"),
    );
    finding.remedy(remedy).link(explain::apply(&app.settings.client_id, code)).search(code)
}
