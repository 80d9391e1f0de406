//! Which addresses the host calls: public ones, and this machine's own or those of private networks if that was allowed.
//!
//! A name is looked up by us and the connection goes to exactly the addresses that passed, so that a name which
//! changes its mind between the check and the connection (DNS rebinding) gains nothing. The networks are those of the
//! IANA special-purpose registries (RFC 6890 and its updates).

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::IpNet;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Host;

/// Which addresses may be called; also the resolver of the client.
#[derive(Clone)]
pub(super) struct Addresses {
    /// This machine's own.
    pub(super) allow_loopback: bool,
    /// Networks that are not public and may be called all the same, with https.
    pub(super) private: Vec<IpNet>,
}

impl Resolve for Addresses {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let passed: Vec<SocketAddr> = found.filter(|address| allowed.may_call(address.ip())).collect();
            if passed.is_empty() {
                return Err(Box::new(ForbiddenAddress) as Box<dyn Error + Send + Sync>);
            }
            Ok(Box::new(passed.into_iter()) as Addrs)
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

impl Addresses {
    /// Checks what the resolver never sees: the scheme, and addresses written as numbers.
    pub(super) fn check_url(&self, url: &Url) -> Result<(), &'static str> {
        let number = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            Some(Host::Domain(_)) => None,
            None => return Err("the address names no host"),
        };
        if number.is_some_and(|ip| !self.may_call(ip)) {
            return Err("the address is not public");
        }
        match url.scheme() {
            "https" => Ok(()),
            "http" if self.allow_loopback && names_loopback(url) => Ok(()),
            _ => Err("the address is not https"),
        }
    }

    fn may_call(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        if ip.is_loopback() {
            return self.allow_loopback;
        }
        let is_public = match ip {
            IpAddr::V4(ip) => is_public_v4(ip),
            IpAddr::V6(ip) => is_public_v6(ip),
        };
        is_public || self.private.iter().any(|net| net.contains(&ip))
    }
}

/// Whether all of `net` is for use inside an organisation: RFC 1918, RFC 6598, RFC 4193. Neither this machine nor the
/// link, where cloud providers hand out credentials, is among them.
pub(crate) fn is_private(net: &IpNet) -> bool {
    const PRIVATE: [&str; 5] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"];
    PRIVATE.iter().filter_map(|text| text.parse::<IpNet>().ok()).any(|whole| whole.contains(net))
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

    fn addresses(allow_loopback: bool, private: &[&str]) -> Addresses {
        Addresses { allow_loopback, private: private.iter().map(|net| net.parse().unwrap()).collect() }
    }

    fn may(ip: &str) -> bool {
        addresses(false, &[]).may_call(ip.parse().unwrap())
    }

    #[test]
    fn private_networks_are_called_where_they_are_named() {
        let allowed = addresses(false, &["10.1.0.0/16", "fd12::/16"]);
        for ip in ["10.1.2.3", "::ffff:10.1.2.3", "fd12::1", "8.8.8.8"] {
            assert!(allowed.may_call(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["10.2.0.1", "192.168.0.1", "169.254.169.254", "127.0.0.1", "fd13::1", "fe80::1"] {
            assert!(!allowed.may_call(ip.parse().unwrap()), "{ip}");
        }
        assert!(allowed.check_url(&"https://10.1.2.3/x".parse().unwrap()).is_ok());
        assert!(allowed.check_url(&"http://10.1.2.3/x".parse().unwrap()).is_err(), "never without TLS");
    }

    #[test]
    fn only_private_networks_can_be_named() {
        let named = |text: &str| is_private(&text.parse().unwrap());
        for net in ["10.0.0.0/8", "10.1.2.3/32", "172.20.0.0/14", "192.168.7.0/24", "100.64.0.0/10", "fd00::/8"] {
            assert!(named(net), "{net}");
        }
        for net in [
            "0.0.0.0/0",
            "8.0.0.0/7",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.0.0.0/8",
            "8.8.8.0/24",
            "::/0",
            "fe80::/10",
        ] {
            assert!(!named(net), "{net}");
        }
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
            assert!(addresses(true, &[]).may_call(ip.parse().unwrap()), "{ip}");
        }
        assert!(!addresses(true, &[]).may_call("10.0.0.1".parse().unwrap()));
    }

    #[test]
    fn urls_are_judged_before_a_name_is_looked_up() {
        let check = |url: &str, loopback| addresses(loopback, &[]).check_url(&url.parse().unwrap()).is_ok();
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
