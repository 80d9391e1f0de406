//! A request as the endpoints see it, and what they give back: plain values, no sockets.

use std::borrow::Cow;
use std::net::IpAddr;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, header};
use url::form_urlencoded;

use crate::endpoint::Endpoint;

/// Content type of the new API.
pub(crate) const JSON_NEW: &str = "application/json;charset=utf-8";
/// Content type of `topapi`; only the case differs, which some clients trip over.
pub(crate) const JSON_TOPAPI: &str = "application/json;charset=UTF-8";
/// Content type of `/gettoken`.
pub(crate) const JSON_BARE: &str = "application/json";
/// Content type of scripts.
pub(crate) const SCRIPT: &str = "application/javascript";
/// Content type of pages.
pub(crate) const HTML: &str = "text/html;charset=utf-8";

/// A request that was read to its end.
pub(crate) struct Call {
    pub(crate) endpoint: Endpoint,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) raw_query: String,
    pub(crate) query: Pairs,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) peer: IpAddr,
}

impl Call {
    /// The content type without its parameters, in lower case.
    pub(crate) fn media_type(&self) -> String {
        let value = self.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The fields of a form body; none when the body is something else.
    pub(crate) fn form(&self) -> Pairs {
        if self.media_type() == "application/x-www-form-urlencoded" {
            Pairs::parse(&self.body)
        } else {
            Pairs::default()
        }
    }

    /// The segment of the path at `index`, percent-decoded.
    pub(crate) fn segment(&self, index: usize) -> String {
        let raw = self.path.split('/').skip(1).nth(index).unwrap_or_default();
        // In a path a plus is a plus, which is where it differs from a form.
        let form = format!("x={}", raw.replace('+', "%2B").replace('&', "%26"));
        Pairs::parse(form.as_bytes()).first("x").unwrap_or_default().to_owned()
    }
}

/// Decoded `name=value` pairs of a query or a form, in order, duplicates included.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs(pub(crate) Vec<(String, String)>);

impl Pairs {
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The first value of `name`.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The first value of `name`, unless it is empty.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        self.first(name).filter(|value| !value.is_empty())
    }
}

/// An answer before it meets the wire.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) content_type: Cow<'static, str>,
    pub(crate) location: Option<String>,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn of(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self { status, content_type: content_type.into(), location: None, body: body.into() }
    }

    /// Sends the browser on.
    pub(crate) fn redirect(status: StatusCode, location: String) -> Self {
        Self { status, content_type: HTML.into(), location: Some(location), body: Bytes::new() }
    }
}
