//! The application's own token: one for all of this plug-in's authenticators that have the same application.

use std::sync::OnceLock;
use std::time::Duration;

use plugin_api::{Fault, HttpReply, HttpRequest};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::leg::Leg;
use crate::servers::percent_encode;
use crate::wire::{self, is_header_text};

/// How long before its end a token is no longer used; DingTalk advises ten minutes.
const MARGIN_S: u64 = 600;

/// What DingTalk says of a token that it does not take, or not any more.
const REJECTED: [&str; 3] = ["InvalidAuthentication", "40014", "42001"];

/// Where a family of interfaces looks for the token.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// The newer family: in a header field of DingTalk's own.
    Header,
    /// The older family: in the query.
    Query,
}

impl Place {
    fn put(self, token: &str, mut request: HttpRequest) -> HttpRequest {
        match self {
            Self::Header => request.header("x-acs-dingtalk-access-token", token),
            Self::Query => {
                request.url.push_str("?access_token=");
                request.url.push_str(&percent_encode(token));
                request
            }
        }
    }
}

/// Asks as the application, whose token is added to `request`.
///
/// A token that DingTalk does not take is dropped, and the question asked once more with a new one; unless it carries
/// a one-time code, which is never sent twice.
pub(crate) async fn exchange(
    app: &App<'_>,
    leg: Leg,
    place: Place,
    request: HttpRequest,
    secrets: &[&str],
) -> Result<HttpReply, Fault> {
    let token = current(app).await?;
    let first = place.put(&token, request.clone());
    let fault = match wire::exchange(app, leg, first, &with(secrets, &token)).await {
        Err(fault) if is_about_token(&fault) => fault,
        answer => return answer,
    };
    let token = instead_of(app, &token).await?;
    if leg.carries_code() {
        return Err(fault);
    }
    wire::exchange(app, leg, place.put(&token, request), &with(secrets, &token)).await
}

/// A token that was asked for now, and the `date` of DingTalk's answer.
pub(crate) struct Fresh {
    pub(crate) date: Option<String>,
}

/// Proves the credentials: an older token is forgotten first, since it would say nothing about them now. The request
/// goes through the cache all the same, so that several who ask at once make one; the endpoint is rate-limited.
pub(crate) async fn renewed(app: &App<'_>) -> Result<Fresh, Fault> {
    let (key, date) = (key(app), OnceLock::new());
    app.cx.forget_together(&key);
    app.cx.cached_together(&key, || request(app, &date)).await?;
    Ok(Fresh { date: date.into_inner() })
}

async fn current(app: &App<'_>) -> Result<String, Fault> {
    let date = OnceLock::new();
    let token = app.cx.cached_together(&key(app), || request(app, &date)).await?;
    String::from_utf8(token).map_err(|_| wire::bad_answer(app, Leg::AppToken, "the kept token is no text"))
}

/// A token other than `rejected`. Whoever noticed first has made one already, and that one is not to be dropped.
async fn instead_of(app: &App<'_>, rejected: &str) -> Result<String, Fault> {
    let token = current(app).await?;
    if token != rejected {
        return Ok(token);
    }
    app.cx.forget_together(&key(app));
    current(app).await
}

/// Everything that the token depends on: nobody gets one without the secret.
fn key(app: &App<'_>) -> String {
    ["app-token", &app.servers.api, &app.settings.client_id, &app.settings.client_secret].join("\u{1f}")
}

fn is_about_token(fault: &Fault) -> bool {
    fault.provider_code.as_deref().is_some_and(|code| REJECTED.contains(&code))
}

fn with<'a>(secrets: &[&'a str], token: &'a str) -> Vec<&'a str> {
    secrets.iter().copied().chain([token]).collect()
}

/// Asks for a token (page `obtain-the-access-token-of-an-internal-app`); gives it with the time for which it may be
/// used.
async fn request(app: &App<'_>, date: &OnceLock<String>) -> Result<(Vec<u8>, Duration), Fault> {
    let secret = app.settings.client_secret.as_str();
    let body = Credentials { app_key: &app.settings.client_id, app_secret: secret };
    let request = HttpRequest::post_json(format!("{}/v1.0/oauth2/accessToken", app.servers.api), &body);
    let reply = wire::exchange(app, Leg::AppToken, request, &[secret]).await?;
    let answer: AppToken = wire::read(app, Leg::AppToken, &reply)?;
    if !is_header_text(&answer.access_token) {
        return Err(wire::bad_answer(app, Leg::AppToken, "the application token is no text for a header"));
    }
    if let Some(stated) = reply.headers.get("date") {
        date.get_or_init(|| stated.clone());
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
