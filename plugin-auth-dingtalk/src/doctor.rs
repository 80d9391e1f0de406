//! The connection doctor: do these settings work, as far as can be told without a person?
//!
//! First the credentials; then whatever the enabled options need, each tried with somebody who cannot exist, because
//! DingTalk looks at the permission before it looks for the person; and last what only the developer console knows, as
//! a list to compare.

use plugin_api::{Context, Fault, Finding, Severity};
use ui_schema::Text;

use crate::app::App;
use crate::{app_token, explain};

mod clock;
mod console;
mod organisation;
mod permission;
mod range;

/// What can be told about the authenticator of `cx`.
///
/// # Errors
/// Only for settings that cannot be read at all.
pub(crate) async fn examine(cx: &Context) -> Result<Vec<Finding>, Fault> {
    let settings: crate::Settings = cx.settings()?;
    let mut findings = Vec::new();
    let examined = match App::of(cx) {
        Ok(app) => at_dingtalk(&app, &mut findings).await,
        Err(fault) => Err(fault),
    };
    if let Err(fault) = examined {
        let trouble = unexplained(&fault, &settings.client_id);
        // What was found later counts: credentials that DingTalk takes at one place only are none.
        findings.retain(|finding: &Finding| finding.id != trouble.id);
        findings.push(trouble);
    }
    findings.extend(console::to_compare(cx, &settings));
    Ok(findings)
}

/// What DingTalk is asked. The first fault that has nothing to do with a single permission ends it: it would meet
/// every further question, and say the same.
async fn at_dingtalk(app: &App<'_>, findings: &mut Vec<Finding>) -> Result<(), Fault> {
    let fresh = app_token::renewed(app).await?;
    findings.push(Finding::new(
        Finding::CREDENTIALS,
        Severity::Good,
        Text::new("DingTalk accepts the Client ID and the Client Secret.", "钉钉接受该 Client ID 和 Client Secret。"),
    ));
    findings.extend(fresh.date.and_then(|date| clock::compared(&date, app.cx.now_ms())));
    let settings = &app.settings;
    if settings.checks_members() || settings.client {
        findings.push(organisation::finding(app).await?);
        findings.push(permission::to_read_members(app).await?);
        findings.extend(range::findings(app).await?);
    }
    if settings.client {
        findings.push(permission::to_sign_in_inside_the_client(app).await?);
    }
    findings.extend(permission::to_look_up_numbers(app).await?);
    Ok(())
}

/// What stands in the way, as every fault explains itself.
fn unexplained(fault: &Fault, client_id: &str) -> Finding {
    match &fault.explanation {
        Some(explanation) => Finding::clone(explanation),
        None => explain::finding(fault, client_id, None),
    }
}
