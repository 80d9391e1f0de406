//! One request, and either the answer it should have or a fault.

use plugin_api::{Context, Fault, FaultKind, HttpReply, HttpRequest, Identity};
use serde::de::DeserializeOwned;

use crate::refusal;

/// Sends `request` and reads the answer. `step` says in the log what was tried; `secrets` is what was sent and must
/// not be there: a server that echoes the request would otherwise pass off the one-time `code` as an error `code`.
pub(crate) async fn call<T>(cx: &Context, request: HttpRequest, step: &str, secrets: &[&str]) -> Result<T, Fault>
where
    T: DeserializeOwned,
{
    let answer = match cx.http(request).await {
        Ok(reply) => read(&reply),
        Err(silence) => Err(silence.into()),
    };
    answer.map_err(|fault| without(secrets, fault).during(step))
}

/// An answer counts only if it is no refusal and every field in it has the right type.
///
/// What the parser says is not passed on: it quotes the values it stumbles over.
fn read<T: DeserializeOwned>(reply: &HttpReply) -> Result<T, Fault> {
    match refusal::of(reply) {
        Some(fault) => Err(fault),
        None => reply.json().ok_or_else(|| {
            Fault::new(FaultKind::BadAnswer, "the answer lacks a field, has one twice or of another type")
        }),
    }
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

/// Whether `text` can be the key of a person or an organisation: visible ASCII of a sane length.
pub(crate) fn is_identifier(text: &str) -> bool {
    is_header_text(text) && text.len() <= Identity::KEY_CAP
}
