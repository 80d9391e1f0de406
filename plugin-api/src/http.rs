//! Requests through the lent HTTP client, and what comes of them.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Fault, FaultKind};

/// A request through the lent HTTP client.
///
/// ```
/// use std::time::Duration;
///
/// use plugin_api::{HttpRequest, Method};
///
/// let request = HttpRequest::post("https://id.example/token", "application/x-www-form-urlencoded", "code=c0de")
///     .header("accept", "application/json")
///     .leg("token")
///     .within(Duration::from_secs(3));
/// assert_eq!((request.method, request.within_ms), (Method::Post, Some(3000)));
/// assert!(!format!("{request:?}").contains("c0de"), "secrets are not in what a log may have");
/// ```
#[derive(Clone, Serialize, Deserialize)]
pub struct HttpRequest {
    /// `GET` or `POST`.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Header fields, sent as they are.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Body; sent with `content-type: application/json` unless a header says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Vec<u8>>,
    /// What this call is for, `[a-z][a-z0-9-]{1,63}`, for example `user-token`. The host measures, limits and reports
    /// calls by it; without one, all calls of a server are one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leg: Option<String>,
    /// How long the whole exchange may take, in milliseconds, if shorter than the host's own limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_ms: Option<u64>,
}

/// The methods that the lent client knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
}

impl HttpRequest {
    /// A GET request.
    pub fn get(url: impl Into<String>) -> Self {
        Self { method: Method::Get, url: url.into(), headers: BTreeMap::new(), body: None, leg: None, within_ms: None }
    }

    /// A POST request with a JSON body.
    pub fn post_json(url: impl Into<String>, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).unwrap_or_default();
        Self {
            method: Method::Post,
            url: url.into(),
            headers: BTreeMap::new(),
            body: Some(body),
            leg: None,
            within_ms: None,
        }
    }

    /// A POST request with any body.
    pub fn post(url: impl Into<String>, content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        let request = Self { method: Method::Post, body: Some(body.into()), ..Self::get(url) };
        request.header("content-type", content_type)
    }

    /// Says what this call is for; see [`HttpRequest::leg`].
    #[must_use]
    pub fn leg(mut self, name: impl Into<String>) -> Self {
        self.leg = Some(name.into());
        self
    }

    /// Says how long the whole exchange may take; see [`HttpRequest::within_ms`].
    #[must_use]
    pub fn within(mut self, time: std::time::Duration) -> Self {
        self.within_ms = u64::try_from(time.as_millis()).ok();
        self
    }

    /// Adds a header field.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }
}

impl std::fmt::Debug for HttpRequest {
    /// Method and host only: addresses, header fields and bodies carry secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpRequest").field("method", &self.method).finish_non_exhaustive()
    }
}

/// The answer to an [`HttpRequest`], whatever its status.
///
/// ```
/// # use plugin_api::HttpReply;
/// # let reply = HttpReply { status: 200, headers: Default::default(), body: br#"{"id":"u-1"}"#.to_vec() };
/// #[derive(serde::Deserialize)]
/// struct Profile {
///     id: String,
/// }
///
/// let profile: Option<Profile> = reply.json().filter(|_| reply.status == 200);
/// assert_eq!(profile.unwrap().id, "u-1");
/// ```
#[derive(Clone, Serialize, Deserialize)]
pub struct HttpReply {
    /// HTTP status code.
    pub status: u16,
    /// Header fields, names in lower case; a repeated field has its last value.
    pub headers: BTreeMap<String, String>,
    /// The decoded body, within the host's cap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<u8>,
}

impl HttpReply {
    /// The body as JSON, or `None` when it is not.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl std::fmt::Debug for HttpReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpReply")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Why there is no [`HttpReply`]. With `?` it becomes the [`Fault`] that fits.
///
/// ```
/// use plugin_api::{Fault, FaultKind, HttpFault, HttpFaultKind};
///
/// let fault = Fault::from(HttpFault { kind: HttpFaultKind::Timeout, detail: "three seconds".into() });
/// assert_eq!(fault.kind, FaultKind::Slow);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpFault {
    /// What went wrong.
    pub kind: HttpFaultKind,
    /// For the log; no address, no header field, no body in it.
    pub detail: String,
}

/// Why there is no [`HttpReply`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HttpFaultKind {
    /// The host does not lend this address: it is neither in the manifest nor in the settings.
    NotAllowed,
    /// No connection.
    Connect,
    /// No complete answer within the deadline.
    Timeout,
    /// The answer was larger than the cap.
    TooLarge,
    /// The server failed several times in a row and is not asked for a moment.
    Paused,
    /// The connection broke off, or the answer was no HTTP; also what a later host may say that this version has no
    /// word for.
    #[serde(other)]
    Broken,
}

impl From<HttpFault> for Fault {
    /// An address that is not lent is a matter of settings; anything else means that the provider is not there.
    fn from(fault: HttpFault) -> Self {
        let kind = match fault.kind {
            HttpFaultKind::NotAllowed => FaultKind::Misconfigured,
            HttpFaultKind::TooLarge => FaultKind::BadAnswer,
            HttpFaultKind::Timeout => FaultKind::Slow,
            HttpFaultKind::Connect | HttpFaultKind::Paused | HttpFaultKind::Broken => FaultKind::Unavailable,
        };
        Self::new(kind, fault.detail)
    }
}
