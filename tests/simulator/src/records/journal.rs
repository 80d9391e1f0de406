//! The last requests, kept without anything that could sign somebody in.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use axum::http::StatusCode;
use serde::Serialize;

use super::redact;
use crate::endpoint::Endpoint;
use crate::front::Call;
use crate::world::guard;

/// How many requests are remembered.
const LENGTH: usize = 500;

/// A request as it was received, redacted: values are shown for a short list of harmless names only.
#[derive(Clone, Debug, Serialize)]
pub struct RecordedRequest {
    /// Running number, from 1.
    pub number: u64,
    /// Milliseconds on the simulator's clock.
    pub at_ms: u64,
    /// The endpoint it was for.
    pub endpoint: Endpoint,
    /// HTTP method.
    pub method: String,
    /// Path, without the query.
    pub path: String,
    /// Query parameters, in order.
    pub query: Vec<(String, String)>,
    /// Headers by lower-case name.
    pub headers: BTreeMap<String, String>,
    /// Fields of the body, of a JSON object or a form; a body that is neither is only measured.
    pub body: Vec<(String, String)>,
    /// HTTP status of the answer; `None` while there is none, for example because the connection was cut.
    pub status: Option<u16>,
}

/// The memory of the last requests.
#[derive(Default)]
pub(crate) struct Journal(Mutex<Pages>);

#[derive(Default)]
struct Pages {
    written: u64,
    last: VecDeque<RecordedRequest>,
}

impl Journal {
    /// Notes a request and gives its number.
    pub(crate) fn begin(&self, call: &Call, now: Duration) -> u64 {
        let mut record = RecordedRequest {
            number: 0,
            at_ms: u64::try_from(now.as_millis()).unwrap_or(u64::MAX),
            endpoint: call.endpoint,
            method: call.method.to_string(),
            path: call.path.clone(),
            query: redact::pairs(&call.query),
            headers: redact::headers(&call.headers),
            body: redact::body(call),
            status: None,
        };
        let mut pages = guard(&self.0);
        pages.written += 1;
        record.number = pages.written;
        if pages.last.len() == LENGTH {
            pages.last.pop_front();
        }
        pages.last.push_back(record);
        pages.written
    }

    /// Notes how a request was answered.
    pub(crate) fn end(&self, number: u64, status: StatusCode) {
        let mut pages = guard(&self.0);
        let first = pages.last.front().map_or(0, |record| record.number);
        let at = number.checked_sub(first).and_then(|at| usize::try_from(at).ok());
        if let Some(record) = at.and_then(|at| pages.last.get_mut(at)) {
            record.status = Some(status.as_u16());
        }
    }

    /// The last requests, oldest first.
    pub(crate) fn read(&self) -> Vec<RecordedRequest> {
        guard(&self.0).last.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        guard(&self.0).last.clear();
    }
}
