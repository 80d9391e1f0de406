//! The rules for `finish` and `check` while the provider behaves: who comes back, and who does not.

use std::sync::Arc;
use std::time::Duration;

use super::bench::Bench;
use super::report::Rule;
use crate::testing::FakeHost;
use crate::{About, Callback, Identity, wellformed};

/// Tries `finish` with the memo of `begin`, and `check`.
pub(super) fn check(bench: &mut Bench<'_>, memo: &[u8]) {
    let first = finish(bench, "finish", bench.callback(memo));
    let again = finish(bench, "finish once more", bench.callback(memo));
    let same = first.is_some() && first == again;
    let what = || "the sample callback gives no identity, or another one the second time".to_owned();
    bench.report.require(Rule::Identity, same, what);
    for (what, callback) in without_code(bench, memo) {
        if finish(bench, what, callback).is_some() {
            bench.report.fail(Rule::NoCode, format!("{what}: an identity"));
        }
    }
    cancelled(bench, memo);
    doctor(bench);
}

fn finish(bench: &mut Bench<'_>, what: &str, callback: Callback) -> Option<Identity> {
    let sample = bench.sample;
    let ended = bench.call(what, &sample.provider, &sample.settings, |handle, settings, lender| {
        handle.finish(settings, lender, callback.clone())
    })?;
    ended.result.ok()
}

/// Callbacks that no provider sends for a person who signed in.
fn without_code(bench: &Bench<'_>, memo: &[u8]) -> Vec<(&'static str, Callback)> {
    let (codes, error) = bench.grammar();
    let whole = bench.callback(memo);
    let altered = |alter: &dyn Fn(&mut Callback)| {
        let mut callback = whole.clone();
        alter(&mut callback);
        callback
    };
    let remove_codes = |callback: &mut Callback| callback.query.retain(|name, _| !codes.contains(name));
    let empty_codes = |callback: &mut Callback| {
        callback.query.iter_mut().filter(|(name, _)| codes.contains(name)).for_each(|(_, value)| value.clear());
    };
    let denied = |callback: &mut Callback| {
        remove_codes(callback);
        callback.query.insert(error.to_owned(), "access_denied".to_owned());
    };
    vec![
        ("finish with an empty query", altered(&|callback| callback.query.clear())),
        ("finish without a code", altered(&remove_codes)),
        ("finish with an empty code", altered(&empty_codes)),
        ("finish after a refusal", altered(&denied)),
    ]
}

/// A call that is dropped while it waits for the provider, at its first request, its second and so on.
fn cancelled(bench: &mut Bench<'_>, memo: &[u8]) {
    for requests in 0..6_u32 {
        let patience = FakeHost::LATENCY * requests + Duration::from_millis(1);
        let callback = bench.callback(memo);
        bench.cancel("finish, cancelled", patience, |handle, settings, lender| {
            handle.finish(settings, lender, callback.clone())
        });
    }
}

fn doctor(bench: &mut Bench<'_>) {
    let sample = bench.sample;
    let provider = Arc::clone(&sample.provider);
    let ended = bench.call("check", &provider, &sample.settings, |handle, settings, lender| {
        handle.check(settings, lender, About::default())
    });
    let Some(Ok(findings)) = ended.map(|ended| ended.result) else {
        bench.report.fail(Rule::Doctor, "check finds nothing out although the provider behaves");
        return;
    };
    bench.report.require(Rule::Doctor, !findings.is_empty(), || "check finds nothing at all".to_owned());
    for finding in findings {
        let texts = [Some(&finding.message), finding.remedy.as_ref()];
        let readable = texts.into_iter().flatten().all(|text| wellformed::is_text(text, 1000));
        bench.report.require(Rule::Doctor, readable, || format!("finding `{}` lacks a language", finding.id));
        let text = format!("{finding:?}");
        bench.look_for_secrets("a finding", &sample.settings, &text);
    }
}
