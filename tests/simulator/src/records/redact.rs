//! Redaction by a list of what may be shown. What is not on it is replaced by its length, so that a name nobody
//! thought of cannot leak a secret.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use serde_json::Value;

use crate::front::{Call, Pairs};

/// Parameters and fields whose values are shown.
const SHOWN: [&str; 25] = [
    "appKey",
    "appkey",
    "clientId",
    "client_id",
    "corpId",
    "decision",
    "exclusiveCorpId",
    "exclusiveLogin",
    "grantType",
    "grant_type",
    "iframe",
    "language",
    "migrationUnionId",
    "organisation",
    "org_type",
    "person",
    "prompt",
    "redirect_uri",
    "response_type",
    "scope",
    "size",
    "unionId",
    "unionid",
    "userid",
    "support_exclusive_account_search",
];

/// Headers whose values are shown.
const SHOWN_HEADERS: [&str; 7] =
    ["accept", "accept-encoding", "connection", "content-length", "content-type", "host", "user-agent"];

/// Pairs of a query or a form.
pub(super) fn pairs(pairs: &Pairs) -> Vec<(String, String)> {
    pairs.0.iter().map(|(name, value)| (name.clone(), shown(name, value))).collect()
}

/// Headers by name; several values of one name are joined.
pub(super) fn headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (name, value) in headers {
        let value = value.to_str().unwrap_or_default();
        let value = if SHOWN_HEADERS.contains(&name.as_str()) { value.to_owned() } else { hidden(value) };
        all.entry(name.to_string())
            .and_modify(|known: &mut String| *known = format!("{known}, {value}"))
            .or_insert(value);
    }
    all
}

/// The fields of a body.
pub(super) fn body(call: &Call) -> Vec<(String, String)> {
    if let Ok(Value::Object(fields)) = serde_json::from_slice(&call.body) {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        return fields.iter().map(|(name, value)| (name.clone(), shown(name, &text(value)))).collect();
    }
    let form = call.form();
    if !form.0.is_empty() {
        return pairs(&form);
    }
    let length = call.body.len();
    if length == 0 { Vec::new() } else { vec![("(body)".to_owned(), format!("({length} bytes)"))] }
}

fn shown(name: &str, value: &str) -> String {
    if SHOWN.contains(&name) { value.to_owned() } else { hidden(value) }
}

fn hidden(value: &str) -> String {
    format!("(hidden, {} characters)", value.chars().count())
}
