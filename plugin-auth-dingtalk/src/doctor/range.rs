//! What the application may read of the directory: whose entries, and which fields of them. Whoever is outside of the
//! range counts as no member.

use plugin_api::{Fault, FaultKind, Finding, HttpRequest, Severity};
use serde::Deserialize;
use ui_schema::Text;

use super::permission;
use crate::app::App;
use crate::app_token::{self, Place};
use crate::explain::{self, CONSOLE};
use crate::leg::Leg;
use crate::wire;

/// The number of the department that is the organisation as a whole.
const EVERYBODY: i64 = 1;

/// Asks for the application's range of contacts (`auth/scopes`).
pub(super) async fn findings(app: &App<'_>) -> Result<Vec<Finding>, Fault> {
    let request = HttpRequest::get(format!("{}/auth/scopes", app.servers.legacy));
    let reply = app_token::exchange(app, Leg::Scopes, Place::Query, request, &[]).await;
    match reply.and_then(|reply| wire::read(app, Leg::Scopes, &reply)) {
        Ok(Scopes { errcode: 0, auth_org_scopes: Some(range), auth_user_field }) => {
            Ok([described(&range)].into_iter().chain(without_numbers(app, &auth_user_field)).collect())
        }
        Ok(_) => Ok(vec![untold()]),
        Err(fault) if matches!(fault.kind, FaultKind::BadAnswer | FaultKind::PermissionMissing) => Ok(vec![untold()]),
        Err(fault) => Err(fault),
    }
}

#[derive(Deserialize)]
struct Scopes {
    errcode: i64,
    auth_org_scopes: Option<Range>,
    #[serde(default)]
    auth_user_field: Vec<String>,
}

#[derive(Deserialize)]
struct Range {
    authed_dept: Option<Vec<i64>>,
    authed_user: Option<Vec<String>>,
}

/// Said where the list of fields is there and lacks the telephone number. In the browser the account's own number is
/// left; inside the client there is no other.
fn without_numbers(app: &App<'_>, fields: &[String]) -> Option<Finding> {
    if fields.is_empty() || fields.iter().any(|field| field == "mobile") {
        return None;
    }
    let (severity, message) = if app.settings.client {
        let message = Text::new(
            "The application may not read members' phone numbers, so nobody is matched by phone inside the client.",
            "应用无权读取员工手机号，在钉钉客户端内无法按手机号匹配用户。",
        );
        (Severity::Warning, message)
    } else {
        let message = Text::new(
            "The application may not read members' phone numbers. The number of the person's own account is used.",
            "应用无权读取员工手机号，将使用用户个人账号的手机号。",
        );
        (Severity::Info, message)
    };
    let finding = Finding::new("permission-member-phone", severity, message);
    let name = ("Phone numbers of members", "企业员工手机号信息");
    Some(permission::to_be_granted(app, finding, "fieldMobile", name))
}

fn described(range: &Range) -> Finding {
    let departments = range.authed_dept.as_deref().unwrap_or_default();
    if departments.contains(&EVERYBODY) {
        let message = Text::new("The application's range of contacts is everybody.", "应用的通讯录权限范围为全员。");
        return Finding::new("contact-range", Severity::Good, message);
    }
    let (departments, people) = (departments.len(), range.authed_user.as_deref().map_or(0, <[String]>::len));
    let message = Text::new(
        format!(
            "The application may read {departments} departments and {people} single people only. Members outside of \
             them are turned away."
        ),
        format!("应用仅可读取 {departments} 个部门和 {people} 名指定人员，范围之外的成员无法登录。"),
    );
    to_widen(Finding::new("contact-range", Severity::Warning, message))
}

fn untold() -> Finding {
    let message = Text::new(
        "Which part of the directory the application may read could not be told. Members outside of it are turned away.",
        "无法获取应用的通讯录权限范围。范围之外的成员无法登录。",
    );
    to_widen(Finding::new("contact-range", Severity::Warning, message))
}

fn to_widen(finding: Finding) -> Finding {
    let remedy = (
        "Set the range of contacts to everybody under “Permission management”, or keep it if that is what you want.",
        "请在“权限管理”中将通讯录权限范围设为全员；如果这正是您想要的，则无需更改。",
    );
    finding.remedy(explain::text(remedy)).link(CONSOLE).search("通讯录权限范围")
}
