//! One fault: any mix of waiting, cutting the connection and answering wrongly.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Preset;

/// What to do wrong. In JSON every field may be left out, and unknown ones are refused.
///
/// The steps come in this order: reset before reading; read the request; the work, if [`Fault::work_first`]; delay;
/// barrier; hold; reset after reading; the answer (the real one, the preset or the given one), dripped if asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// How many requests it hits; `None` means all until it is removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// A well-known wrong answer, in the shape of the endpoint it hits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// HTTP status of the answer, 200 to 599.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Content type of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Body of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A body of this many spaces, in chunks, without a declared length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub huge_bytes: Option<u64>,
    /// Milliseconds to wait before answering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// Milliseconds between the bytes of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drip_ms: Option<u64>,
    /// Name of a barrier to wait at until it is released, ten minutes at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barrier: Option<String>,
    /// Opens the barrier by itself as soon as this many requests wait at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_at: Option<usize>,
    /// Never answer: wait this many milliseconds (ten minutes at most), then close the connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold_ms: Option<u64>,
    /// Reset the TCP connection instead of answering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset: Option<Reset>,
    /// Do what was asked before going wrong: the code is spent, the token issued, and only the answer is lost.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub work_first: bool,
}

/// When to reset the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reset {
    /// As soon as the head of the request is known.
    BeforeReading,
    /// Once the whole request was read.
    AfterReading,
}

impl Fault {
    /// A fault for all requests until it is removed.
    #[must_use]
    pub fn always() -> Self {
        Self::default()
    }

    /// A fault for the next `times` requests.
    #[must_use]
    pub fn next(times: u32) -> Self {
        Self { times: Some(times), ..Self::default() }
    }

    /// Answers with a well-known wrong answer.
    #[must_use]
    pub fn preset(mut self, preset: Preset) -> Self {
        self.preset = Some(preset);
        self
    }

    /// Answers with this status, content type and body.
    #[must_use]
    pub fn answer(mut self, status: u16, content_type: &str, body: impl Into<String>) -> Self {
        self.status = Some(status);
        self.content_type = Some(content_type.to_owned());
        self.body = Some(body.into());
        self
    }

    /// Answers with a body of `bytes` spaces.
    #[must_use]
    pub fn huge(mut self, bytes: u64) -> Self {
        self.huge_bytes = Some(bytes);
        self
    }

    /// Waits before answering.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay_ms = Some(millis(delay));
        self
    }

    /// Sends the body byte by byte.
    #[must_use]
    pub fn drip(mut self, interval: Duration) -> Self {
        self.drip_ms = Some(millis(interval));
        self
    }

    /// Waits at a barrier.
    #[must_use]
    pub fn barrier(mut self, name: &str) -> Self {
        self.barrier = Some(name.to_owned());
        self
    }

    /// Opens that barrier as soon as `waiting` requests wait at it.
    #[must_use]
    pub fn release_at(mut self, waiting: usize) -> Self {
        self.release_at = Some(waiting);
        self
    }

    /// Never answers.
    #[must_use]
    pub fn hold(mut self, at_most: Duration) -> Self {
        self.hold_ms = Some(millis(at_most));
        self
    }

    /// Resets the connection.
    #[must_use]
    pub fn reset(mut self, when: Reset) -> Self {
        self.reset = Some(when);
        self
    }

    /// Does the work before going wrong.
    #[must_use]
    pub fn work_first(mut self) -> Self {
        self.work_first = true;
        self
    }

    /// What makes the fault impossible to carry out, if anything.
    pub(crate) fn complaint(&self) -> Option<&'static str> {
        let bad_type = |text: &String| axum::http::HeaderValue::from_str(text).is_err();
        if self.status.is_some_and(|status| !(200..=599).contains(&status)) {
            return Some("status must be from 200 to 599");
        }
        if self.content_type.as_ref().is_some_and(bad_type) {
            return Some("content_type is not a header value");
        }
        if self.release_at.is_some() && self.barrier.is_none() {
            return Some("release_at needs a barrier");
        }
        (self.times == Some(0)).then_some("times must be at least 1; leave it out for all requests")
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
