//! The address of DingTalk's sign-in page.

use plugin_api::BeginRequest;

use crate::{Servers, Settings};

/// Where the person's browser goes (page `obtain-identity-credentials`).
///
/// `openid corpid` makes DingTalk ask which organisation the person signs in for and name it with the user token.
/// `prompt=consent` has to be there: without it the sign-in fails. DingTalk knows neither PKCE nor a nonce, so `state`
/// is all that ties the answer to this attempt.
pub(crate) fn url(settings: &Settings, servers: &Servers, request: &BeginRequest) -> String {
    let query = [
        ("client_id", settings.client_id.as_str()),
        ("redirect_uri", &request.redirect_uri),
        ("response_type", "code"),
        ("scope", "openid corpid"),
        ("prompt", "consent"),
        ("state", &request.state),
    ];
    let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={}", percent_encode(value))).collect();
    format!("{}/oauth2/auth?{}", servers.login, query.join("&"))
}

/// Everything but RFC 3986's unreserved characters (section 2.3) as `%XX`, byte by byte of the UTF-8 text.
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
