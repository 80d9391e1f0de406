//! The address of DingTalk's sign-in page.

use plugin_api::{BeginRequest, Fault};

use crate::Settings;
use crate::servers::{Servers, percent_encode};

/// Where the person's browser goes (page `obtain-identity-credentials`).
///
/// `openid corpid` makes DingTalk ask which organisation the person signs in for and name it with the user token.
/// Where members are checked, `corpId` makes that choice for them; it proves nothing, because anybody can take it out
/// of the address again. `prompt=consent` has to be there: without it the sign-in fails. DingTalk knows neither PKCE
/// nor a nonce, so `state` is all that ties the answer to this attempt.
///
/// # Errors
/// [`plugin_api::FaultKind::Misconfigured`] when members are checked and nobody said of which organisation: nobody
/// could come in.
pub(crate) fn url(settings: &Settings, servers: &Servers, request: &BeginRequest) -> Result<String, Fault> {
    let mut query = vec![
        ("client_id", settings.client_id.as_str()),
        ("redirect_uri", &request.redirect_uri),
        ("response_type", "code"),
        ("scope", "openid corpid"),
        ("prompt", "consent"),
        ("state", &request.state),
    ];
    if settings.checks_members() {
        query.push(("corpId", settings.organisation()?));
    }
    let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={}", percent_encode(value))).collect();
    Ok(format!("{}/oauth2/auth?{}", servers.login, query.join("&")))
}
