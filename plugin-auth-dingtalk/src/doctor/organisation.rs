//! Whether the application belongs to the organisation in the settings.

use plugin_api::{Fault, FaultKind, Finding, HttpReply, HttpRequest, Severity};
use serde_json::json;
use ui_schema::Text;

use crate::app::App;
use crate::explain::{self, CONSOLE};
use crate::leg::Leg;
use crate::servers::percent_encode;
use crate::wire;

/// DingTalk gives a token for this very organisation only to an application of it (page `obtain-orgapp-token`).
pub(super) async fn finding(app: &App<'_>) -> Result<Finding, Fault> {
    let Ok(corp_id) = app.settings.organisation() else { return Ok(nobody_s()) };
    match ask(app, corp_id).await {
        Ok(_) => {
            let message = Text::new("The application belongs to the organisation.", "该应用属于所填写的组织。");
            Ok(Finding::new("organisation", Severity::Good, message).search(corp_id))
        }
        Err(fault) if is_refusal(&fault) => Ok(other(&fault, corp_id)),
        Err(fault) => Err(fault),
    }
}

/// Asks for a token. Whether there is one is all that matters: the usual one does everything that we need.
async fn ask(app: &App<'_>, corp_id: &str) -> Result<HttpReply, Fault> {
    let (id, secret) = (app.settings.client_id.as_str(), app.settings.client_secret.as_str());
    let body = json!({ "client_id": id, "client_secret": secret, "grant_type": "client_credentials" });
    let url = format!("{}/v1.0/oauth2/{}/token", app.servers.api, percent_encode(corp_id));
    wire::exchange(app, Leg::Organisation, HttpRequest::post_json(url, &body), &[secret]).await
}

/// The credentials are known to be good by now, so a refusal is about the organisation. For one that does not exist,
/// DingTalk fails without a word that would say so.
fn is_refusal(fault: &Fault) -> bool {
    match fault.provider_code.as_deref() {
        Some("unknownError" | "server.error") => true,
        Some(_) => !matches!(fault.kind, FaultKind::Busy | FaultKind::Unavailable | FaultKind::AddressNotAllowed),
        None => false,
    }
}

fn other(fault: &Fault, corp_id: &str) -> Finding {
    let code = fault.provider_code.as_deref().unwrap_or_default();
    let message = Text::new(
        format!("The application does not belong to the organisation {corp_id}. DingTalk's code: {code}."),
        format!("该应用不属于组织 {corp_id}。钉钉错误码：{code}。"),
    );
    let remedy = (
        "Copy the CorpId from the home page of the developer console, signed in to the organisation that owns the \
         application.",
        "请登录拥有该应用的组织，从开发者后台首页复制 CorpId。",
    );
    Finding::new("organisation", Severity::Error, message).remedy(explain::text(remedy)).link(CONSOLE).search("CorpId")
}

fn nobody_s() -> Finding {
    let message = Text::new(
        "Members are checked, but the Organisation ID is missing, so nobody can come in.",
        "已启用成员检查，但未填写组织 ID，任何人都无法登录。",
    );
    let remedy = ("Enter the CorpId from the home page of the developer console.", "请填写开发者后台首页的 CorpId。");
    Finding::new("organisation", Severity::Error, message).remedy(explain::text(remedy)).link(CONSOLE).search("CorpId")
}
