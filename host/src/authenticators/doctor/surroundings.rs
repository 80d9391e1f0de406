//! What the host knows by itself: how people and the provider reach it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use plugin_api::{Finding, Severity};
use url::{Host, Url};

use super::approach::Approach;
use super::text;
use crate::app::App;

/// Top-level names that lead nowhere outside a network of one's own (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`).
const INNER_NAMES: [&str; 8] = ["localhost", "local", "internal", "lan", "intranet", "home.arpa", "test", "invalid"];

/// The findings about `uid`; without an approach nobody asked over the network, and nothing is said about proxies.
pub(super) fn findings(app: &App, uid: &str, approach: Option<&Approach>) -> Vec<Finding> {
    let proxy = approach.and_then(|approach| proxy(&app.base, approach));
    [public_url(&app.base, &app.origin), redirect_url(&app.redirect_url(uid))].into_iter().chain(proxy).collect()
}

/// Off loopback, the configuration allows nothing but https.
fn public_url(base: &Url, origin: &str) -> Finding {
    let address = || [("address", origin.to_owned().into())];
    let finding = |severity, key: &str| Finding::new("public-url", severity, text(key, &address()));
    if base.scheme() != "https" {
        return finding(Severity::Info, "doctor-address-demo");
    }
    if is_inner(base) {
        return finding(Severity::Warning, "doctor-address-inner").remedy(text("doctor-address-inner-remedy", &[]));
    }
    finding(Severity::Good, "doctor-address-good")
}

/// Whether only this machine or its own network can come to the address.
fn is_inner(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_inner_v4(ip),
        Some(Host::Ipv6(ip)) => match IpAddr::V6(ip).to_canonical() {
            IpAddr::V4(ip) => is_inner_v4(ip),
            IpAddr::V6(ip) => is_inner_v6(ip),
        },
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let ends_so = |end: &str| name.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            !name.contains('.') || INNER_NAMES.iter().any(|end| ends_so(end))
        }
        None => true,
    }
}

/// Private, loopback, link-local, and the addresses that providers share among customers (RFC 6598).
fn is_inner_v4(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    let shared = first == 100 && (64..128).contains(&second);
    ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() || shared
}

fn is_inner_v6(ip: Ipv6Addr) -> bool {
    ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
}

fn redirect_url(address: &str) -> Finding {
    let finding = Finding::new("redirect-url", Severity::Info, text("doctor-redirect", &[]));
    finding.remedy(text("doctor-redirect-remedy", &[])).search(address)
}

/// A proxy that nobody trusts hides who signs in; one that was reached by http tells that people were, too.
fn proxy(base: &Url, approach: &Approach) -> Option<Finding> {
    if !approach.forwarded {
        return None;
    }
    let address = approach.peer.map(|ip| ip.to_string()).unwrap_or_default();
    let finding = |severity, key: &str| {
        let scheme = approach.scheme.clone().unwrap_or_default();
        Finding::new("proxy", severity, text(key, &[("address", address.clone().into()), ("scheme", scheme.into())]))
    };
    Some(if !approach.trusted {
        let remedy = text("doctor-proxy-untrusted-remedy", &[("address", address.clone().into())]);
        finding(Severity::Warning, "doctor-proxy-untrusted").remedy(remedy)
    } else if approach.scheme.as_ref().is_some_and(|scheme| scheme != base.scheme()) {
        finding(Severity::Warning, "doctor-proxy-scheme").remedy(text("doctor-proxy-scheme-remedy", &[]))
    } else {
        finding(Severity::Good, "doctor-proxy-good")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn inner_addresses_are_told_from_public_ones() {
        for inner in [
            "https://10.1.2.3",
            "https://192.168.0.9:8443",
            "https://100.64.0.1",
            "https://127.0.0.1",
            "https://[::1]",
            "https://[fd00::1]",
            "https://[::ffff:10.0.0.1]",
            "https://localhost",
            "https://gate",
            "https://gate.local",
            "https://gate.corp.internal.",
            "https://gate.home.arpa",
        ] {
            assert!(is_inner(&url(inner)), "{inner}");
        }
        for public in [
            "https://gate.example.com",
            "https://203.0.113.7",
            "https://100.128.0.1",
            "https://notlocal.example",
            "https://[2001:db8::1]",
        ] {
            assert!(!is_inner(&url(public)), "{public}");
        }
    }

    #[test]
    fn the_public_address_is_weighed() {
        let weigh = |text: &str| public_url(&url(text), text).severity;
        assert_eq!(weigh("https://gate.example.com"), Severity::Good);
        assert_eq!(weigh("https://10.0.0.5"), Severity::Warning);
        assert_eq!(weigh("http://127.0.0.1:8080"), Severity::Info);
    }

    #[test]
    fn a_proxy_is_weighed_by_whether_it_is_trusted() {
        let peer = Some(IpAddr::from([192, 0, 2, 1]));
        let base = url("https://gate.example.com");
        let weigh = |approach: Approach| proxy(&base, &approach).map(|finding| finding.severity);
        let forwarded = Approach { peer, forwarded: true, ..Approach::default() };
        assert_eq!(weigh(Approach { peer, ..Approach::default() }), None);
        assert_eq!(weigh(forwarded.clone()), Some(Severity::Warning));
        let trusted = Approach { trusted: true, ..forwarded };
        assert_eq!(weigh(trusted.clone()), Some(Severity::Good));
        assert_eq!(weigh(Approach { scheme: Some("https".into()), ..trusted.clone() }), Some(Severity::Good));
        assert_eq!(weigh(Approach { scheme: Some("http".into()), ..trusted }), Some(Severity::Warning));
    }
}
