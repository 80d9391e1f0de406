//! One question, and either the answer it should have or a fault.

use plugin_api::{Fault, FaultKind, HttpReply, HttpRequest, Identity};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::leg::Leg;
use crate::{backoff, explain, refusal};

/// Asks and reads the answer. `secrets` is what was sent and must not be in the log: a server that echoes the request
/// would otherwise pass off the one-time `code` as an error `code`.
pub(crate) async fn ask<T>(app: &App<'_>, leg: Leg, request: HttpRequest, secrets: &[&str]) -> Result<T, Fault>
where
    T: DeserializeOwned,
{
    let reply = exchange(app, leg, request, secrets).await?;
    read(app, leg, &reply)
}

/// Asks, and asks again where that is polite; gives the first reply that is no refusal.
pub(crate) async fn exchange(
    app: &App<'_>,
    leg: Leg,
    request: HttpRequest,
    secrets: &[&str],
) -> Result<HttpReply, Fault> {
    let mut tries = 1;
    loop {
        let fault = match once(app, leg, request.clone(), secrets).await {
            Ok(reply) => return Ok(reply),
            Err(fault) => fault,
        };
        match backoff::pause(app, leg, &fault, tries) {
            Some(pause) => app.cx.sleep(pause).await,
            None => return Err(fault),
        }
        tries += 1;
    }
}

/// The answer in `reply`: every field in it has the right type.
///
/// What the parser says is not passed on: it quotes the values it stumbles over.
pub(crate) fn read<T: DeserializeOwned>(app: &App<'_>, leg: Leg, reply: &HttpReply) -> Result<T, Fault> {
    reply.json().ok_or_else(|| bad_answer(app, leg, "the answer lacks a field, has one twice or of another type"))
}

/// An answer that DingTalk's own rules do not allow.
pub(crate) fn bad_answer(app: &App<'_>, leg: Leg, detail: &str) -> Fault {
    let fault = Fault::new(FaultKind::BadAnswer, detail).during(leg.step());
    explain::explained(fault, &app.settings.client_id, None)
}

async fn once(app: &App<'_>, leg: Leg, request: HttpRequest, secrets: &[&str]) -> Result<HttpReply, Fault> {
    let request = request.leg(leg.name()).within(leg.patience().min(app.remaining()));
    let (fault, seen_from) = match app.cx.http(request).await {
        Ok(reply) => match refusal::of(&reply) {
            None => return Ok(reply),
            Some(fault) => (fault, refusal::seen_from(&reply)),
        },
        Err(silence) => (silence.into(), None),
    };
    let fault = without(secrets, fault).during(leg.step());
    Err(explain::explained(fault, &app.settings.client_id, seen_from))
}

/// `fault`, without whatever in it tells one of `secrets`. One that is shorter than any real one turns up in other
/// words by chance, so only the whole text counts then.
fn without(secrets: &[&str], mut fault: Fault) -> Fault {
    let tells = |text: &str| secrets.iter().any(|secret| text == *secret || secret.len() >= 8 && text.contains(secret));
    fault.provider_code = fault.provider_code.filter(|code| !tells(code));
    fault.chain.retain(|line| !tells(line));
    fault.missing.retain(|name| !tells(name));
    fault
}

/// Whether `text` can stand in a header field: visible ASCII, and some of it.
pub(crate) fn is_header_text(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether `text` can be a `unionId`, an `openId` or a `corpId`: visible ASCII of a sane length.
pub(crate) fn is_identifier(text: &str) -> bool {
    is_header_text(text) && text.len() <= Identity::KEY_CAP
}

/// Whether `text` can be a `userid`, which an administrator may have made up of any letters.
pub(crate) fn is_userid(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= Identity::KEY_CAP && !text.chars().any(char::is_control)
}
