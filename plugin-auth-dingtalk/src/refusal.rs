//! What DingTalk's refusals mean.
//!
//! DingTalk has two families of interfaces with two conventions. The newer one answers 4xx or 5xx with
//! `{"code": "…", "requestid": "…", "message": "…"}`; the older one answers 200 with `{"errcode": 1, …}`, and its
//! gateway wraps that once more into errcode 88 with the real code in `sub_code`. In front of both stands a flood
//! control that answers with a page, or with JSON of its own. All three are read here, whoever was asked: the codes
//! decide, then the status, and never the message, whose wording and language vary. Messages also quote addresses and
//! telephone numbers, so nothing of them goes into a fault but the names of missing permissions.

use std::net::IpAddr;

use plugin_api::{Fault, FaultKind, HttpReply};
use serde_json::Value;

mod codes;

/// How long the flood control lasts once it has begun (page `call-frequency-limit`).
const FLOOD_MS: u64 = 5 * 60 * 1000;

/// The fault in `reply`, or `None` when it has the shape of a success: status 200 and a JSON object without an error.
pub(crate) fn of(reply: &HttpReply) -> Option<Fault> {
    let body: Option<Value> = reply.json().filter(Value::is_object);
    let is_object = body.is_some();
    let body = body.unwrap_or_default();
    let code = effective_code(&body);
    let page = is_page(&reply.body) || body.get("punish").is_some();
    if reply.status == 200 && is_object && code.is_none() && !page {
        return None;
    }
    let by_code = code.as_deref().and_then(codes::kind);
    let kind = by_code.unwrap_or_else(|| by_status(reply.status, page));
    let mut fault = Fault::new(kind, format!("DingTalk answered with status {}", reply.status));
    if let Some(id) = request_id(&body) {
        fault.chain.push(format!("DingTalk's request id is {id}"));
    }
    fault.provider_code = code.as_deref().and_then(provider_code);
    if kind == FaultKind::PermissionMissing {
        fault.missing = missing_scopes(&body);
    }
    if kind == FaultKind::Busy && page {
        fault.retry_after_ms = Some(FLOOD_MS);
    }
    Some(fault)
}

/// The address from which DingTalk saw a call come, where it complains about that: what has to be allowed.
pub(crate) fn seen_from(reply: &HttpReply) -> Option<IpAddr> {
    let body: Value = reply.json()?;
    let texts = ["message", "errmsg", "sub_msg"].into_iter().filter_map(|name| body.get(name)?.as_str());
    let address = |text: &str| {
        let (_, rest) = text.split_once("request ip=")?;
        rest.split(|c: char| !c.is_ascii_hexdigit() && c != '.' && c != ':').next()?.parse().ok()
    };
    texts.filter_map(address).next()
}

/// What the status says when no code does (pages `server-api-error-codes-1`, `call-frequency-limit`).
fn by_status(status: u16, page: bool) -> FaultKind {
    match status {
        500..=599 => FaultKind::Unavailable,
        429 => FaultKind::Busy,
        // A page that does not exist is a wrong address; any other page is the flood control.
        404 => FaultKind::BadAnswer,
        _ if page => FaultKind::Busy,
        _ => FaultKind::BadAnswer,
    }
}

/// The error code of either family, unwrapped; `None` when there is none or it says "no error".
fn effective_code(body: &Value) -> Option<String> {
    let text = |name: &str| match body.get(name)? {
        Value::String(code) if !code.is_empty() => Some(code.clone()),
        Value::Number(code) => Some(code.to_string()),
        _ => None,
    };
    let legacy = || match text("errcode")?.as_str() {
        "0" => None,
        "88" => Some(text("sub_code").unwrap_or_else(|| "88".into())),
        code => Some(code.to_owned()),
    };
    text("code").or_else(legacy)
}

/// Whether the body is markup instead of data.
fn is_page(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

/// `code` if it is fit to be shown: a code, not a text that might say anything.
pub(crate) fn provider_code(code: &str) -> Option<String> {
    let fits =
        (1..=100).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    fits.then(|| code.to_owned())
}

/// The identifier that DingTalk's support asks for.
fn request_id(body: &Value) -> Option<String> {
    let id = body.get("requestid").or_else(|| body.get("request_id"))?.as_str()?;
    provider_code(id).filter(|id| id.len() <= 40)
}

/// The permissions that DingTalk names as missing: a list in the newer family, a part of `errmsg` in the older one.
fn missing_scopes(body: &Value) -> Vec<String> {
    let listed = body.pointer("/accessdenieddetail/requiredScopes").and_then(Value::as_array);
    let named: Vec<&str> = match listed {
        Some(scopes) => scopes.iter().filter_map(Value::as_str).collect(),
        None => scopes_in_text(body).map(|scopes| scopes.split(',').map(str::trim).collect()).unwrap_or_default(),
    };
    named.into_iter().filter_map(provider_code).take(20).collect()
}

/// What stands between `requiredScopes=[` and `]` in the older family's `errmsg`.
fn scopes_in_text(body: &Value) -> Option<&str> {
    let (_, rest) = body.get("errmsg")?.as_str()?.split_once("requiredScopes=[")?;
    rest.split_once(']').map(|(scopes, _)| scopes)
}
