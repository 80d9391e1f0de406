//! Which way the request came that asks for an examination.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use http::HeaderMap;
use http::request::Parts;

use crate::app::App;

/// Header fields by which a proxy says that it passes a request on (RFC 7239, and what came before it).
const PASSED_ON: [&str; 4] = ["forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"];

/// Which way a request came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Approach {
    /// Who opened the connection.
    pub(crate) peer: Option<IpAddr>,
    /// Whether that is one of the trusted proxies.
    pub(crate) trusted: bool,
    /// Whether the request says that a proxy passed it on.
    pub(crate) forwarded: bool,
    /// The scheme that the person used, as the proxy says.
    pub(crate) scheme: Option<String>,
}

impl FromRequestParts<App> for Approach {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
        let is_trusted = |ip: IpAddr| app.config.trusted_proxies.iter().any(|net| net.contains(&ip));
        Ok(Self {
            peer,
            trusted: peer.is_some_and(is_trusted),
            forwarded: PASSED_ON.iter().any(|name| parts.headers.contains_key(*name)),
            scheme: scheme(&parts.headers),
        })
    }
}

/// The last proxy's word counts, which is the one that stands before us.
fn scheme(headers: &HeaderMap) -> Option<String> {
    let said = headers.get_all("x-forwarded-proto").iter().next_back()?.to_str().ok()?;
    let scheme = said.rsplit(',').next()?.trim().to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https").then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_scheme_is_taken_for_one() {
        let told = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-proto", value.parse().unwrap());
            scheme(&headers)
        };
        assert_eq!(told("HTTPS").as_deref(), Some("https"));
        assert_eq!(told("https, http").as_deref(), Some("http"));
        assert_eq!(told("javascript"), None);
        assert_eq!(scheme(&HeaderMap::new()), None);
    }
}
