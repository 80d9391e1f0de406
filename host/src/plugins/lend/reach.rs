//! Which addresses a plug-in may call, and which it may send a browser to.

use std::sync::Arc;

use plugin_api::{HttpRequest, Manifest};
use url::{Origin, Url};

use crate::outbound::names_loopback;

/// Largest body of a request, in bytes.
const MAX_BODY: usize = 256 * 1024;

/// Header fields that belong to the connection (RFC 9110 section 7.6.1) or to the client, and are not a caller's.
const RESERVED: [&str; 13] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// The manifest's host names, and the origins of the addresses that an administrator entered.
pub(in crate::plugins) struct Reach {
    manifest: Arc<Manifest>,
    upstreams: Vec<Origin>,
}

impl Reach {
    /// `upstreams` are the addresses from the settings; one that is neither https nor, if `allow_loopback`, this
    /// machine's own counts for nothing.
    pub(in crate::plugins) fn new(manifest: Arc<Manifest>, upstreams: &[String], allow_loopback: bool) -> Self {
        let usable =
            |url: &Url| url.scheme() == "https" || (url.scheme() == "http" && allow_loopback && names_loopback(url));
        let parsed = upstreams.iter().filter_map(|text| Url::parse(text).ok());
        let upstreams = parsed.filter(usable).map(|url| url.origin()).collect();
        Self { manifest, upstreams }
    }

    /// Whether this request may be sent.
    pub(super) fn may_send(&self, request: &HttpRequest) -> Result<(), &'static str> {
        if request.body.as_ref().is_some_and(|body| body.len() > MAX_BODY) {
            return Err("the request is too large");
        }
        if request.headers.keys().any(|name| RESERVED.contains(&name.to_ascii_lowercase().as_str())) {
            return Err("a header field is not the plug-in's to set");
        }
        self.permits(&request.url, &self.manifest.borrows.http)
    }

    /// Whether a browser may be sent there.
    pub(in crate::plugins) fn may_redirect(&self, url: &str) -> Result<(), &'static str> {
        self.permits(url, &self.manifest.borrows.redirect)
    }

    fn permits(&self, url: &str, hosts: &[String]) -> Result<(), &'static str> {
        let url = Url::parse(url).map_err(|_| "the address is malformed")?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the address holds a user name or password");
        }
        let named = url.scheme() == "https"
            && url.port_or_known_default() == Some(443)
            && url.host_str().is_some_and(|host| hosts.iter().any(|named| named.eq_ignore_ascii_case(host)));
        if named || self.upstreams.contains(&url.origin()) {
            return Ok(());
        }
        Err("the address is neither in the manifest nor in the settings")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(upstreams: &[&str], allow_loopback: bool) -> Reach {
        let manifest = serde_json::json!({
            "id": "auth-example", "version": "1.0.0", "api": "1.0",
            "name": {"en": "Example", "zh-CN": "示例"}, "description": {"en": "Example.", "zh-CN": "示例。"},
            "borrows": {"http": ["api.example.com"], "redirect": ["login.example.com"]},
            "abilities": ["sign-in"]
        });
        let manifest = serde_json::from_value(manifest).unwrap();
        let upstreams: Vec<String> = upstreams.iter().map(|text| (*text).to_owned()).collect();
        Reach::new(Arc::new(manifest), &upstreams, allow_loopback)
    }

    fn may_get(reach: &Reach, url: &str) -> bool {
        reach.may_send(&HttpRequest::get(url)).is_ok()
    }

    #[test]
    fn the_manifest_names_hosts_for_https_only() {
        let reach = reach(&[], true);
        for url in ["https://api.example.com/v1?x=1", "https://API.example.com:443/"] {
            assert!(may_get(&reach, url), "{url}");
        }
        let refused = "http://api.example.com/ https://api.example.com:8443/ https://example.com/ \
            https://api.example.com.evil.example/ https://evil.example/api.example.com https://login.example.com/ \
            https://api.example.com@evil.example/ https://user@api.example.com/ https://api.example.com./ file:///etc \
            //api.example.com/ https:///";
        for url in refused.split_whitespace() {
            assert!(!may_get(&reach, url), "{url}");
        }
    }

    #[test]
    fn upstreams_are_exact_origins() {
        let reach =
            reach(&["https://idp.example.org:8443/base", "http://idp.example.org", "http://127.0.0.1:9000"], true);
        assert!(may_get(&reach, "https://idp.example.org:8443/other"));
        assert!(may_get(&reach, "http://127.0.0.1:9000/x"));
        for url in
            ["https://idp.example.org/", "http://idp.example.org/", "http://127.0.0.1:9001/", "http://localhost:9000/"]
        {
            assert!(!may_get(&reach, url), "{url}");
        }
    }

    #[test]
    fn loopback_upstreams_need_the_switch() {
        assert!(!may_get(&reach(&["http://127.0.0.1:9000"], false), "http://127.0.0.1:9000/"));
    }

    #[test]
    fn browsers_go_elsewhere_than_the_client() {
        let reach = reach(&["https://idp.example.org"], false);
        assert!(reach.may_redirect("https://login.example.com/authorize?x=1").is_ok());
        assert!(reach.may_redirect("https://idp.example.org/authorize").is_ok());
        assert!(reach.may_redirect("https://api.example.com/authorize").is_err());
        assert!(reach.may_redirect("javascript:alert(1)").is_err());
    }

    #[test]
    fn the_connection_is_not_the_callers() {
        let reach = reach(&[], false);
        let with = |name: &str| HttpRequest::get("https://api.example.com/").header(name, "x");
        assert!(reach.may_send(&with("authorization")).is_ok());
        assert!(reach.may_send(&with("Host")).is_err());
        assert!(reach.may_send(&with("Transfer-Encoding")).is_err());
        let mut large = with("accept");
        large.body = Some(vec![0; MAX_BODY + 1]);
        assert!(reach.may_send(&large).is_err());
    }
}
