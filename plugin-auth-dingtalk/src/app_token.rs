//! The application's own token.

use std::time::Duration;

use plugin_api::{Context, Fault, FaultKind, HttpRequest};
use serde::{Deserialize, Serialize};

use crate::wire::{self, is_header_text};
use crate::{Servers, Settings};

/// How long before its end a token is no longer used; DingTalk advises ten minutes.
const MARGIN_S: u64 = 600;

/// A token that was asked for now, with the credentials of `settings` (page
/// `obtain-the-access-token-of-an-internal-app`), and that others of this authenticator may go on to use.
///
/// An older token is forgotten first: it would say nothing about the secret that is in the form now. The request goes
/// through the cache all the same, so that several who ask at once make one request; the endpoint is rate-limited.
pub(crate) async fn renewed(cx: &Context, settings: &Settings, servers: &Servers) -> Result<Vec<u8>, Fault> {
    let key = format!("app-token {} {}", settings.client_id, servers.api);
    cx.forget(&key);
    cx.cached(&key, || request(cx, settings, servers)).await
}

/// Asks for a token; gives it with the time for which it may be used.
async fn request(cx: &Context, settings: &Settings, servers: &Servers) -> Result<(Vec<u8>, Duration), Fault> {
    const STEP: &str = "asking for an application token";
    let body = Credentials { app_key: &settings.client_id, app_secret: &settings.client_secret };
    let request = HttpRequest::post_json(format!("{}/v1.0/oauth2/accessToken", servers.api), &body);
    let answer: AppToken = wire::call(cx, request, STEP, &[&settings.client_secret]).await?;
    if !is_header_text(&answer.access_token) {
        return Err(Fault::new(FaultKind::BadAnswer, "the application token is no text for a header").during(STEP));
    }
    let time_to_live = Duration::from_secs(answer.expire_in.saturating_sub(MARGIN_S));
    Ok((answer.access_token.into_bytes(), time_to_live))
}

/// The older names of client id and secret; this endpoint knows no others.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Credentials<'a> {
    app_key: &'a str,
    app_secret: &'a str,
}

/// `expireIn`, in seconds; without an s.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AppToken {
    access_token: String,
    expire_in: u64,
}
