//! What every response of the product carries, whatever it answers (row WB-2).

use reqwest::header::HeaderMap;

/// Holds one response to row WB-2. `tls` says whether people reach the site over TLS.
pub(crate) fn check(headers: &HeaderMap, tls: bool) {
    let text = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
    let policy = text("content-security-policy");
    for part in ["default-src 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "WB-2: the policy lacks {part}: {policy}");
    }
    assert!(!policy.contains("unsafe-"), "WB-2: {policy}");
    assert_eq!(text("x-content-type-options"), "nosniff", "WB-2");
    assert_eq!(text("referrer-policy"), "no-referrer", "WB-2");
    assert_eq!(text("cross-origin-opener-policy"), "same-origin", "WB-2");
    assert_eq!(text("cross-origin-resource-policy"), "same-origin", "WB-2");
    assert!(!text("permissions-policy").is_empty(), "WB-2");
    let media = text("content-type");
    if media.is_empty() || media.starts_with("text/html") || media.starts_with("application/json") {
        assert_eq!(text("cache-control"), "no-store", "WB-2: {media}");
    }
    for banner in ["server", "x-powered-by", "access-control-allow-origin"] {
        assert!(!headers.contains_key(banner), "WB-2: {banner}");
    }
    assert_eq!(headers.contains_key("strict-transport-security"), tls, "WB-2: HSTS is for TLS only");
}
