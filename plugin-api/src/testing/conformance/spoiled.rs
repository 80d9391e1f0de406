//! The same calls against a provider that misbehaves.
//!
//! Two kinds of misbehaviour. When *every* answer is spoiled, there is nothing an identity could be made of. When one
//! answer is, the plug-in may do without it; but if it names a person, then the right one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::bench::Bench;
use super::report::Rule;
use crate::testing::{Script, ScriptedReply, bytes_reply, http_fault, json_reply};
use crate::{About, HttpFaultKind, HttpReply, Identity};

/// How deep the types of an answer are spoiled.
const DEPTH: usize = 10;

/// A way to spoil an answer.
struct Spoiler {
    name: String,
    /// `None` when the answer has nothing that could be spoiled this way.
    spoil: Box<dyn Fn(HttpReply) -> Option<ScriptedReply> + Send + Sync>,
    /// Whether nothing of the original is left.
    total: bool,
}

/// Tries every call with every spoiler, on all answers and on each one.
pub(super) fn check(bench: &mut Bench<'_>, memo: &[u8]) {
    let whole = finish(bench, memo, "finish", &Arc::clone(&bench.sample.provider));
    let requests = whole.as_ref().map_or(1, |(_, requests)| *requests).min(8);
    let expected = whole.and_then(|(identity, _)| identity);
    for spoiler in spoilers().into_iter().map(Arc::new) {
        let script = spoiled(&bench.sample.provider, &spoiler, None);
        let what = format!("every answer {}", spoiler.name);
        others(bench, &what, &script);
        let identity = finish(bench, memo, &format!("finish, {what}"), &script).and_then(|(identity, _)| identity);
        if spoiler.total && requests > 0 {
            bench.report.require(Rule::NoProvider, identity.is_none(), || format!("{what}: an identity"));
        } else {
            require_same(bench, &what, expected.as_ref(), identity);
        }
        for number in 0..requests {
            let what = format!("answer {} {}", number + 1, spoiler.name);
            let script = spoiled(&bench.sample.provider, &spoiler, Some(number));
            let ended = finish(bench, memo, &format!("finish, {what}"), &script);
            require_same(bench, &what, expected.as_ref(), ended.and_then(|(identity, _)| identity));
        }
    }
}

/// `begin` and `check` may fail, in an orderly way: the bench watches.
fn others(bench: &mut Bench<'_>, what: &str, script: &Script) {
    let (settings, request) = (bench.sample.settings.clone(), bench.begin_request());
    bench.call(&format!("begin, {what}"), script, &settings, |handle, settings, lender| {
        handle.begin(settings, lender, request.clone())
    });
    bench.call(&format!("check, {what}"), script, &settings, |handle, settings, lender| {
        handle.check(settings, lender, About::default())
    });
}

/// The identity, if there is one, and how many requests it took.
fn finish(bench: &mut Bench<'_>, memo: &[u8], what: &str, script: &Script) -> Option<(Option<Identity>, usize)> {
    let (settings, callback) = (bench.sample.settings.clone(), bench.callback(memo));
    let ended = bench
        .call(what, script, &settings, |handle, settings, lender| handle.finish(settings, lender, callback.clone()))?;
    Some((ended.result.ok(), ended.host.requests().len()))
}

fn require_same(bench: &mut Bench<'_>, what: &str, expected: Option<&Identity>, found: Option<Identity>) {
    let (Some(expected), Some(found)) = (expected, found) else { return };
    let same =
        found.subject == expected.subject && found.tenant.as_ref().is_none_or(|_| found.tenant == expected.tenant);
    bench.report.require(Rule::NoProvider, same, || format!("{what}: somebody else's identity"));
}

/// The provider with one answer spoiled, or all.
fn spoiled(provider: &Script, spoiler: &Arc<Spoiler>, number: Option<usize>) -> Script {
    let (provider, spoiler, count) = (Arc::clone(provider), Arc::clone(spoiler), AtomicUsize::new(0));
    Arc::new(move |request| {
        let reply = provider(request);
        let turn = count.fetch_add(1, Ordering::Relaxed);
        if number.is_some_and(|number| number != turn) {
            return reply;
        }
        let spoiled = reply.clone().ok().and_then(|reply| (spoiler.spoil)(reply));
        spoiled.unwrap_or(reply)
    })
}

fn spoilers() -> Vec<Spoiler> {
    const FAULTS: [(&str, HttpFaultKind); 5] = [
        ("times out", HttpFaultKind::Timeout),
        ("breaks off", HttpFaultKind::Broken),
        ("is refused a connection", HttpFaultKind::Connect),
        ("is too large", HttpFaultKind::TooLarge),
        ("is not lent", HttpFaultKind::NotAllowed),
    ];
    let mut spoilers: Vec<Spoiler> = FAULTS.map(|(name, kind)| replaced(name, http_fault(kind))).into();
    let html = "<!DOCTYPE html><title>502</title><h1>Bad Gateway</h1>";
    spoilers.extend([
        replaced("is status 500 with HTML", bytes_reply(500, "text/html", html)),
        replaced("is status 200 with HTML", bytes_reply(200, "text/html", html)),
        replaced("is status 429", json_reply(429, &json!({}))),
        replaced("is status 302", bytes_reply(302, "text/plain", "")),
        replaced("is empty", bytes_reply(200, "application/json", "")),
        replaced("is not UTF-8", bytes_reply(200, "application/json", [0xff, 0xfe, 0x00, 0x80])),
        replaced("is an empty object", json_reply(200, &json!({}))),
        replaced("is deeply nested", bytes_reply(200, "application/json", "[".repeat(4000))),
        Spoiler { name: "is truncated".to_owned(), spoil: Box::new(|reply| Some(Ok(truncated(reply)))), total: true },
    ]);
    spoilers.extend((0..DEPTH).flat_map(|depth| [wrong_types(depth), nulls(depth)]));
    spoilers
}

fn replaced(name: &str, reply: ScriptedReply) -> Spoiler {
    Spoiler { name: name.to_owned(), spoil: Box::new(move |_| Some(reply.clone())), total: true }
}

fn truncated(mut reply: HttpReply) -> HttpReply {
    reply.body.truncate(reply.body.len() / 2);
    reply
}

/// At `depth`, every value has another type.
fn wrong_types(depth: usize) -> Spoiler {
    let wrong = |value: &Value| match value {
        Value::String(_) => json!(12),
        Value::Number(_) => json!({ "unexpected": [] }),
        Value::Bool(_) => json!("perhaps"),
        Value::Array(_) => json!({ "0": "unexpected" }),
        Value::Object(_) => json!(["unexpected"]),
        Value::Null => json!(-1.5),
    };
    at_depth(format!("has wrong types at depth {depth}"), depth, wrong)
}

/// At `depth`, every value is null.
fn nulls(depth: usize) -> Spoiler {
    at_depth(format!("has nulls at depth {depth}"), depth, |_| Value::Null)
}

fn at_depth(name: String, depth: usize, alter: fn(&Value) -> Value) -> Spoiler {
    let spoil = move |reply: HttpReply| {
        let mut document: Value = reply.json()?;
        if !alter_at(&mut document, depth, alter) {
            return None;
        }
        Some(Ok(HttpReply { body: document.to_string().into_bytes(), ..reply }))
    };
    // Below the second level there may be enough left for the right identity.
    Spoiler { name, spoil: Box::new(spoil), total: depth == 0 }
}

/// Whether there was anything at that depth.
fn alter_at(value: &mut Value, depth: usize, alter: fn(&Value) -> Value) -> bool {
    if depth == 0 {
        *value = alter(value);
        return true;
    }
    let children: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    let mut found = false;
    for child in children {
        found |= alter_at(child, depth - 1, alter);
    }
    found
}
