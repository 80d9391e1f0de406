//! The way back: from the code to a token (RFC 6749 section 4.1.3), from the token to a person.

use plugin_api::{Callback, Claim, Context, Fault, FaultKind, HttpReply, HttpRequest, Identity, PhoneNumber};
use serde::Deserialize;

use crate::address::query;
use crate::settings::Settings;

#[derive(Deserialize)]
struct Granted {
    access_token: String,
}

/// What the server says when it grants nothing (RFC 6749 section 5.2).
#[derive(Deserialize)]
struct Refused {
    error: String,
}

/// What the server tells about a person.
#[derive(Deserialize)]
struct Profile {
    id: String,
    name: Option<String>,
    email: Option<String>,
    /// International, with a leading `+`, and verified by the server.
    phone: Option<String>,
}

/// Trades the code of the callback for a token.
pub(crate) async fn token(cx: &Context, settings: &Settings, callback: &Callback) -> Result<String, Fault> {
    let Some(code) = callback.param("code") else {
        return Err(Fault::new(FaultKind::Denied, "no code came back"));
    };
    let reply = ask(cx, settings, code, &callback.redirect_uri).await?;
    let granted = reply.json::<Granted>().filter(|_| reply.status == 200);
    granted.map(|granted| granted.access_token).ok_or_else(|| refusal(&reply))
}

/// Asks the token endpoint about a code.
pub(crate) async fn ask(cx: &Context, settings: &Settings, code: &str, redirect_uri: &str) -> Result<HttpReply, Fault> {
    let body = query(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
        ("client_id", &settings.client_id),
        ("client_secret", &settings.client_secret),
    ]);
    let form = "application/x-www-form-urlencoded";
    let request = HttpRequest::post(settings.at("/token"), form, body).leg("token");
    Ok(cx.http(request).await?)
}

/// Why there is no token. The kind decides what people read; the text is for the log, so it repeats nothing that the
/// server says.
pub(crate) fn refusal(reply: &HttpReply) -> Fault {
    let refused = reply.json::<Refused>();
    let kind = match (refused.as_ref().map(|refused| refused.error.as_str()), reply.status) {
        (Some("invalid_grant"), _) => FaultKind::CodeRejected,
        (Some("invalid_client" | "unauthorized_client"), _) => FaultKind::CredentialsRejected,
        (_, 429) => FaultKind::Busy,
        (_, 500..) => FaultKind::Unavailable,
        _ => FaultKind::BadAnswer,
    };
    Fault::new(kind, format!("the server grants no token, with status {}", reply.status))
}

/// Asks whose token it is.
pub(crate) async fn identity(cx: &Context, settings: &Settings, token: &str) -> Result<Identity, Fault> {
    let request = HttpRequest::get(settings.at("/profile")).leg("profile");
    let reply = cx.http(request.header("authorization", format!("Bearer {token}"))).await?;
    let profile = reply.json::<Profile>();
    let profile = profile.filter(|profile| reply.status == 200 && !profile.id.is_empty());
    let Some(profile) = profile else {
        return Err(Fault::new(FaultKind::BadAnswer, "the server sent no profile"));
    };
    // The identifier that never changes. A name or an e-mail address is none.
    let mut identity = Identity::new(profile.id);
    identity.name = profile.name.map(Claim::account);
    identity.email = profile.email.map(Claim::account);
    // Hosts find somebody's account by it, once. Only say it here if the server has made sure of it.
    let phone = profile.phone.map(|number| PhoneNumber { number, country_code: None });
    identity.phone = phone.map(Claim::account);
    Ok(identity)
}
