//! Cookies: `__Host-` prefixed, so that a browser takes them only from this host over a secure channel, for every
//! path, and never from a sub-domain (RFC 6265bis section 4.1.3.2). Browsers count loopback as secure.
//!
//! `SameSite=Lax`, because a strict one would not be sent when a provider sends the person back.

use http::HeaderMap;
use http::header::COOKIE;

/// The session.
pub(crate) const SESSION: &str = "__Host-gatehouse";
/// Start of the name of the cookie that ties one attempt to the browser; the rest tells attempts apart.
pub(crate) const ATTEMPT: &str = "__Host-attempt-";
/// What stands for a person whom a provider named, until it is confirmed who they are here.
pub(crate) const PENDING_LINK: &str = "__Host-link";
/// What says that the session was just held against the provider's client.
pub(crate) const ENTRY: &str = "__Host-entry";
/// Language.
pub(crate) const LANGUAGE: &str = "__Host-language";
/// Theme.
pub(crate) const THEME: &str = "__Host-theme";

/// The value of the cookie `name`, if the browser sent exactly one.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = all(headers).filter(|(key, _)| *key == name).map(|(_, value)| value);
    let value = found.next()?;
    found.next().is_none().then_some(value)
}

/// Every cookie of a request.
pub(crate) fn all(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// A cookie that ends with the browser session, or after `max_age` seconds.
pub(crate) fn set(name: &str, value: &str, max_age: Option<i64>) -> String {
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}")
}

/// Removes a cookie.
pub(crate) fn clear(name: &str) -> String {
    set(name, "", Some(0))
}
