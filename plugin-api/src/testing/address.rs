//! Just enough of RFC 3986 to say where an address leads and what it carries.

/// An absolute http or https address, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    pub(super) scheme: &'a str,
    pub(super) host: &'a str,
    port: Option<&'a str>,
    path: &'a str,
    query: &'a str,
}

impl<'a> Address<'a> {
    /// `None` for anything else, and for addresses with a user name in them.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let rest = rest.split('#').next()?;
        let end = rest.find(['/', '?', '\\']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
            _ => (authority, None),
        };
        let good = matches!(scheme, "https" | "http") && !host.is_empty() && !authority.contains('@');
        good.then_some(Self { scheme, host, port, path, query })
    }

    /// https on the usual port.
    pub(super) fn is_plain_https(&self) -> bool {
        self.scheme == "https" && matches!(self.port, None | Some("443"))
    }

    /// Whether the address lies at or below `base`.
    pub(super) fn is_below(&self, base: &Address<'_>) -> bool {
        let (path, base_path) = (self.path.trim_start_matches('/'), base.path.trim_matches('/'));
        let below = path
            .strip_prefix(base_path)
            .is_some_and(|rest| base_path.is_empty() || rest.is_empty() || rest.starts_with('/'));
        let same_place = (self.scheme, self.host, self.port) == (base.scheme, base.host, base.port);
        same_place && below && !path.split('/').any(|segment| segment == "..")
    }

    /// The decoded values of the query parameter `name`.
    pub(super) fn params(&self, name: &str) -> Vec<String> {
        let pairs = self.query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.filter(|(key, _)| decoded(key) == name).map(|(_, value)| decoded(value)).collect()
    }
}

/// Percent-decoding, with `+` for a blank as in forms.
pub(super) fn decoded(text: &str) -> String {
    let (mut out, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((&byte, tail)) = rest.split_first() {
        let digits = tail.get(..2).filter(|_| byte == b'%').and_then(|digits| str::from_utf8(digits).ok());
        let (decoded, next) = match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => (byte, &tail[2..]),
            None => (if byte == b'+' { b' ' } else { byte }, tail),
        };
        out.push(decoded);
        rest = next;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_addresses_apart() {
        let address = Address::parse("https://id.example:443/a/b?x=1&x=%20&y=a+b#f").unwrap();
        assert!(address.is_plain_https());
        assert_eq!((address.host, address.path), ("id.example", "/a/b"));
        assert_eq!(address.params("x"), ["1", " "]);
        assert_eq!(address.params("y"), ["a b"]);
        for bad in ["javascript:alert(1)", "https://", "https://user@id.example/", "ftp://id.example", "//id.example"] {
            assert_eq!(Address::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn below_means_below() {
        let base = Address::parse("http://127.0.0.1:8080/base/").unwrap();
        let below = |url| Address::parse(url).unwrap().is_below(&base);
        assert!(below("http://127.0.0.1:8080/base/x") && below("http://127.0.0.1:8080/base?x"));
        assert!(!below("http://127.0.0.1:8080/basement") && !below("http://127.0.0.1:8080/base/../x"));
        assert!(!below("http://127.0.0.1:8081/base/x") && !below("https://127.0.0.1:8080/base/x"));
    }

    #[test]
    fn decodes_what_is_encoded_and_nothing_else() {
        assert_eq!(decoded("%E4%BD%A0+%2B%zz%4"), "你 +%zz%4");
    }
}
