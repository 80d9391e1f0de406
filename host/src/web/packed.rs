//! Bodies that are sent many times, compressed once.

use std::io::Write;

use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, VARY};
use http::{HeaderMap, HeaderValue};

/// A body, plain and, if that is smaller, compressed (RFC 9110 section 8.4).
#[derive(Clone)]
pub(crate) struct Packed {
    plain: Bytes,
    gzip: Option<Bytes>,
}

impl Packed {
    /// Compresses `plain` as well as gzip can.
    pub(crate) fn new(plain: impl Into<Bytes>) -> Self {
        let plain = plain.into();
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let packed = encoder.write_all(&plain).and_then(|()| encoder.finish());
        let gzip = packed.ok().filter(|packed| packed.len() < plain.len()).map(Bytes::from);
        Self { plain, gzip }
    }

    /// The body in the form that the browser takes.
    pub(crate) fn response(&self, headers: &HeaderMap) -> Response {
        let vary = (VARY, HeaderValue::from_static("accept-encoding"));
        match self.gzip.clone().filter(|_| takes_gzip(headers)) {
            Some(gzip) => ([vary, (CONTENT_ENCODING, HeaderValue::from_static("gzip"))], gzip).into_response(),
            None => ([vary], self.plain.clone()).into_response(),
        }
    }
}

/// Whether the browser names gzip and does not rule it out (RFC 9110 section 12.5.3).
fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut codings =
        lines.flat_map(|line| line.split(',')).map(|coding| coding.split_once(';').unwrap_or((coding, "")));
    codings.any(|(name, parameters)| {
        let weight = parameters.trim().strip_prefix("q=").map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        name.trim().eq_ignore_ascii_case("gzip") && weight > 0.0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_goes_to_those_who_take_it() {
        for (asked, taken) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("gzip; q=0.0", false),
            ("identity", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(asked))]);
            assert_eq!(takes_gzip(&headers), taken, "{asked}");
        }
    }
}
