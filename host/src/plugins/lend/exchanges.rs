//! The requests of one call: each goes along a [leg](crate::plugins::legs), and leaves a [`Step`] behind.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use plugin_api::{HttpFault, HttpFaultKind, HttpReply, HttpRequest, Method};
use tokio::time::Instant;
use url::Url;

use super::Borrower;
use super::trace::{Step, StepOutcome, Trace};
use crate::plugins::legs::{Leg, Legs, Passage};
use crate::plugins::{definition, lock};

/// Whose requests they are, and which of them are under way.
pub(super) struct Exchanges {
    authenticator: String,
    settings_ms: i64,
    check: bool,
    legs: Arc<Legs>,
    trace: Trace,
    under_way: Mutex<UnderWay>,
}

#[derive(Default)]
struct UnderWay {
    next: u64,
    open: HashMap<u64, Begun>,
}

struct Begun {
    errand: Errand,
    passage: Passage,
    at: Instant,
}

/// What may be told about a request: no path, no query, no header field, no body.
pub(super) struct Errand {
    leg: String,
    origin: String,
    target: String,
}

impl Errand {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let url = Url::parse(&request.url).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or("?").to_owned();
        let origin = url.map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        let method = match request.method {
            Method::Get => "GET",
            Method::Post => "POST",
        };
        let target = format!("{method} {host}");
        let named = request.leg.as_deref().filter(|leg| definition::is_id(leg)).map(str::to_owned);
        Self { leg: named.unwrap_or(host), origin, target }
    }
}

impl Exchanges {
    /// For one call.
    pub(super) fn new(borrower: &Borrower) -> Self {
        Self {
            authenticator: borrower.authenticator.clone(),
            settings_ms: borrower.settings_ms,
            check: borrower.check,
            legs: Arc::clone(&borrower.legs),
            trace: borrower.trace.clone(),
            under_way: Mutex::default(),
        }
    }

    /// Notes a request that was not allowed. It belongs to no leg: whoever asks for many addresses makes none.
    pub(super) fn refuse(&self, errand: Errand) {
        self.note(errand, self.trace.begin(), StepOutcome::NotAllowed);
    }

    /// Begins a request, unless its leg is left alone.
    pub(super) fn begin(self: &Arc<Self>, errand: Errand) -> Option<Exchange> {
        let at = self.trace.begin();
        let leg =
            Leg { authenticator: self.authenticator.clone(), origin: errand.origin.clone(), name: errand.leg.clone() };
        let Some(passage) = self.legs.admit(leg, self.settings_ms, self.check) else {
            self.note(errand, at, StepOutcome::Paused);
            return None;
        };
        let mut under_way = lock(&self.under_way);
        let number = under_way.next;
        under_way.next += 1;
        under_way.open.insert(number, Begun { errand, passage, at });
        Some(Exchange { exchanges: Arc::clone(self), number })
    }

    /// The call is over: what is still under way got no answer in time. It may have had too little, so that it says
    /// nothing about the server.
    pub(super) fn close(&self) {
        let open = std::mem::take(&mut lock(&self.under_way).open);
        for begun in open.into_values() {
            self.note(begun.errand, begun.at, StepOutcome::Timeout);
        }
    }

    fn settle(&self, number: u64, outcome: Option<StepOutcome>) {
        let Some(begun) = lock(&self.under_way).open.remove(&number) else { return };
        let took = begun.at.elapsed();
        self.note(begun.errand, begun.at, outcome.unwrap_or(StepOutcome::Timeout));
        if let Some(outcome) = outcome {
            begun.passage.settle(outcome, took);
        }
    }

    fn note(&self, errand: Errand, at: Instant, outcome: StepOutcome) {
        self.trace.note(at, |began_ms, took_ms| Step {
            leg: errand.leg,
            target: errand.target,
            began_ms,
            took_ms,
            outcome,
        });
    }
}

/// A request that is under way. Dropped without an outcome (nobody waits for it any more), it got no answer in time.
pub(super) struct Exchange {
    exchanges: Arc<Exchanges>,
    number: u64,
}

impl Exchange {
    /// Says what came of it.
    pub(super) fn end(self, outcome: &Result<HttpReply, HttpFault>) {
        self.exchanges.settle(self.number, Some(told(outcome)));
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.exchanges.settle(self.number, None);
    }
}

fn told(outcome: &Result<HttpReply, HttpFault>) -> StepOutcome {
    match outcome {
        Ok(reply) => StepOutcome::Status(reply.status),
        Err(fault) => match fault.kind {
            HttpFaultKind::NotAllowed => StepOutcome::NotAllowed,
            HttpFaultKind::Connect => StepOutcome::Connect,
            HttpFaultKind::Timeout => StepOutcome::Timeout,
            HttpFaultKind::TooLarge => StepOutcome::TooLarge,
            HttpFaultKind::Paused => StepOutcome::Paused,
            HttpFaultKind::Broken => StepOutcome::Broken,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errand(request: &HttpRequest) -> [String; 3] {
        let Errand { leg, origin, target } = Errand::of(request);
        [leg, origin, target]
    }

    #[test]
    fn nothing_secret_is_told() {
        let request = HttpRequest::get("https://user:word@api.example.com:8443/v1/people/13900000001?code=c#f");
        let told = errand(&request.clone().leg("profile"));
        assert_eq!(told, ["profile", "https://api.example.com:8443", "GET api.example.com"]);
        for leg in ["13900000001", "A", "x", "Profile", "a b", "", &"a".repeat(65)] {
            assert_eq!(errand(&request.clone().leg(leg))[0], "api.example.com", "{leg}");
        }
        assert_eq!(errand(&HttpRequest::post("nonsense", "text/plain", "x"))[2], "POST ?");
    }
}
