//! Which addresses the host calls: public ones, and this machine's own if that was allowed.
//!
//! A name is looked up by us and the connection goes to exactly the addresses that passed, so that a name which
//! changes its mind between the check and the connection (DNS rebinding) gains nothing. The networks are those of the
//! IANA special-purpose registries (RFC 6890 and its updates).

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Host;

/// The resolver of the client.
pub(super) struct Addresses {
    pub(super) allow_loopback: bool,
}

impl Resolve for Addresses {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_loopback = self.allow_loopback;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|address| may_call(address.ip(), allow_loopback)).collect();
            if allowed.is_empty() {
                return Err(Box::new(ForbiddenAddress) as Box<dyn Error + Send + Sync>);
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// A name that leads nowhere we go.
#[derive(Debug)]
pub(super) struct ForbiddenAddress;

impl ForbiddenAddress {
    pub(super) const TEXT: &str = "the name leads to no public address";
}

impl std::fmt::Display for ForbiddenAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(Self::TEXT)
    }
}

impl Error for ForbiddenAddress {}

/// Checks what the resolver never sees: the scheme, and addresses written as numbers.
pub(super) fn check_url(url: &Url, allow_loopback: bool) -> Result<(), &'static str> {
    let number = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        Some(Host::Domain(_)) => None,
        None => return Err("the address names no host"),
    };
    if number.is_some_and(|ip| !may_call(ip, allow_loopback)) {
        return Err("the address is not public");
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if allow_loopback && names_loopback(url) => Ok(()),
        _ => Err("the address is not https"),
    }
}

/// Whether the address names this machine, without asking a name server.
pub(crate) fn names_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.to_canonical().is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn may_call(ip: IpAddr, allow_loopback: bool) -> bool {
    let ip = ip.to_canonical();
    if ip.is_loopback() {
        return allow_loopback;
    }
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_link_local()
        || ip.is_documentation()
        || matches!((a, b, c), (0, ..) | (192, 0, 0) | (192, 88, 99))
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (b == 18 || b == 19))
        || a >= 224;
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    // NAT64 (RFC 6052): the way to the IPv4 world from a network without it; what counts is the address inside.
    if let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = segments {
        return is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    }
    let global = (0x2000..0x4000).contains(&segments[0]);
    // 2001::/23 protocol assignments with Teredo, 2001:db8::/32 and 3fff::/20 documentation, 2002::/16 6to4.
    let special = (segments[0] == 0x2001 && (segments[1] < 0x200 || segments[1] == 0xdb8))
        || segments[0] == 0x2002
        || (segments[0] == 0x3fff && segments[1] < 0x1000);
    global && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(ip: &str) -> bool {
        may_call(ip.parse().unwrap(), false)
    }

    #[test]
    fn public_addresses_pass() {
        for ip in ["8.8.8.8", "203.0.112.1", "2606:4700::1111", "2400:3200::1", "64:ff9b::808:808", "::ffff:8.8.8.8"] {
            assert!(may(ip), "{ip}");
        }
    }

    #[test]
    fn special_addresses_do_not() {
        let special = "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 \
            192.0.0.8 192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1 255.255.255.255 \
            :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::7f00:1 fc00::1 fd12::1 fe80::1 fec0::1 ff02::1 2001:db8::1 \
            2001::1 2002:7f00:1::1 64:ff9b::a00:1 64:ff9b:1::1 3fff::1 100::1";
        for ip in special.split_whitespace() {
            assert!(!may(ip), "{ip}");
        }
    }

    #[test]
    fn loopback_is_a_switch_of_its_own() {
        for ip in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert!(may_call(ip.parse().unwrap(), true), "{ip}");
        }
        assert!(!may_call("10.0.0.1".parse().unwrap(), true));
    }

    #[test]
    fn urls_are_judged_before_a_name_is_looked_up() {
        let check = |url: &str, loopback| check_url(&url.parse().unwrap(), loopback).is_ok();
        assert!(check("https://api.example.com/x", false));
        for url in ["http://api.example.com/", "https://127.0.0.1/", "https://[::1]/", "https://0x7f.1/", "file:///x"] {
            assert!(!check(url, false), "{url}");
        }
        for url in ["http://127.0.0.1:8080/", "http://localhost:1/", "http://[::1]:1/", "https://127.0.0.1/"] {
            assert!(check(url, true), "{url}");
        }
        assert!(!check("http://10.0.0.1/", true));
        assert!(!check("http://example.com/", true));
    }
}
