//! The rules for `begin`: where the browser goes, and with what.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use serde_json::Value;

use super::bench::{Bench, REDIRECT_URI, STATE};
use super::report::Rule;
use crate::testing::FakeHost;
use crate::testing::address::Address;
use crate::{BeginReply, Lent, guard};

/// Tries `begin`; gives the memo that `finish` is tried with.
pub(super) fn check(bench: &mut Bench<'_>) -> Vec<u8> {
    let sample = bench.sample;
    let reply = begin(bench, "begin", &sample.settings);
    let other = begin(bench, "begin with the other settings", &sample.other_settings);
    if let (Some(reply), Some(other)) = (&reply, &other) {
        interleaved(bench, reply, other);
    }
    reply.map(|reply| reply.memo).unwrap_or_default()
}

fn begin(bench: &mut Bench<'_>, what: &str, settings: &Value) -> Option<BeginReply> {
    let (provider, request) = (Arc::clone(&bench.sample.provider), bench.begin_request());
    let ended = bench
        .call(what, &provider, settings, |handle, settings, lender| handle.begin(settings, lender, request.clone()))?;
    match ended.result {
        Ok(reply) => {
            check_url(bench, what, settings, &reply.authorize_url);
            Some(reply)
        }
        Err(fault) => {
            bench.report.fail(Rule::AuthorizeUrl, format!("{what}: {fault}"));
            None
        }
    }
}

fn check_url(bench: &mut Bench<'_>, what: &str, settings: &Value, url: &str) {
    bench.look_for_secrets(&format!("{what}: the address"), settings, url);
    let place = url.split('?').next().unwrap_or_default();
    let Some(address) = Address::parse(url) else {
        bench.report.fail(Rule::AuthorizeUrl, format!("{what}: {place} is no address"));
        return;
    };
    let allowed = bench.redirects(&address, settings);
    bench.report.require(Rule::AuthorizeUrl, allowed, || format!("{what}: no browser may be sent to {place}"));
    for (name, expected) in [("state", STATE), ("redirect_uri", REDIRECT_URI)] {
        let found = address.params(name);
        let exact = found == [expected];
        bench.report.require(Rule::AuthorizeParameters, exact, || format!("{what}: `{name}` is {found:?}"));
    }
}

/// Two calls at once must answer what each answered alone.
fn interleaved(bench: &mut Bench<'_>, alone: &BeginReply, other_alone: &BeginReply) {
    let host = FakeHost::with_script(Arc::clone(&bench.sample.provider), FakeHost::LATENCY);
    let call =
        |host: &FakeHost, settings: &Value| bench.handle.begin(settings.clone(), host.lender(), bench.begin_request());
    let both = guard::catch(|| {
        let neighbour = host.neighbour();
        let calls = both(call(&host, &bench.sample.settings), call(&neighbour, &bench.sample.other_settings));
        host.run(calls)
    });
    let same = matches!(&both, Ok(Ok((Ok(first), Ok(second)))) if first == alone && second == other_alone);
    let mixed = || "two calls at once answer otherwise than each alone".to_owned();
    bench.report.require(Rule::Stateless, same, mixed);
}

/// Polls both in turn until both have ended.
async fn both<T>(mut first: Lent<T>, mut second: Lent<T>) -> (T, T) {
    let mut outputs = (None, None);
    poll_fn(|cx| {
        for (future, output) in [(&mut first, &mut outputs.0), (&mut second, &mut outputs.1)] {
            if output.is_none()
                && let Poll::Ready(value) = future.as_mut().poll(cx)
            {
                *output = Some(value);
            }
        }
        match outputs {
            (Some(_), Some(_)) => outputs.0.take().zip(outputs.1.take()).map_or(Poll::Pending, Poll::Ready),
            _ => Poll::Pending,
        }
    })
    .await
}
