//! The one-time code of the sign-in page becomes a user token.

use plugin_api::{Fault, HttpRequest};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::leg::Leg;
use crate::wire::{self, is_header_text, is_identifier};

/// What DingTalk gives for a code. Deliberately without `Debug`: the token must not reach a log.
pub(crate) struct Grant {
    /// Lets whoever has it act as the person for two hours; we use it once and drop it.
    pub(crate) access_token: String,
    /// The organisation that the person chose; there because the scope had `corpid`.
    pub(crate) corp_id: Option<String>,
}

/// Exchanges `code` (page `obtain-user-token`).
///
/// There is no second try: once the request has left, the code may be spent, and asking again could only turn a
/// passing fault into a lasting one.
pub(crate) async fn user_token(app: &App<'_>, code: &str) -> Result<Grant, Fault> {
    let (client_id, client_secret) = (app.settings.client_id.as_str(), app.settings.client_secret.as_str());
    let body = Exchange { client_id, client_secret, code, grant_type: "authorization_code" };
    let request = HttpRequest::post_json(format!("{}/v1.0/oauth2/userAccessToken", app.servers.api), &body);
    let answer: UserToken = wire::ask(app, Leg::UserToken, request, &[code, client_secret]).await?;
    let corp_id = answer.corp_id.filter(|corp| !corp.is_empty());
    if !is_header_text(&answer.access_token) || !corp_id.as_deref().is_none_or(is_identifier) {
        return Err(wire::bad_answer(app, Leg::UserToken, "the user token or the corpId is none"));
    }
    Ok(Grant { access_token: answer.access_token, corp_id })
}

/// DingTalk takes JSON in camel case only; a form or snake case is refused.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exchange<'a> {
    client_id: &'a str,
    client_secret: &'a str,
    code: &'a str,
    grant_type: &'a str,
}

/// The refresh token and the life span that come along are of no use: nothing is kept.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserToken {
    access_token: String,
    corp_id: Option<String>,
}
