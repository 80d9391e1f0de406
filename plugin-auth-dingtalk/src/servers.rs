//! Where DingTalk lives.

use plugin_api::{Fault, FaultKind};

use crate::{Region, Settings};

/// Base addresses of one region, without a slash at the end.
pub(crate) struct Servers {
    /// The sign-in page that people's browsers are sent to.
    pub(crate) login: String,
    /// The newer family of interfaces.
    pub(crate) api: String,
    /// The older family, which knows the members of the organisation.
    pub(crate) legacy: String,
}

impl Servers {
    /// The servers of the region that `settings` choose (pages `obtain-identity-credentials`, `obtain-user-token`).
    ///
    /// # Errors
    /// [`FaultKind::Misconfigured`] when the region is [`Region::Custom`] and an address is missing or is none.
    pub(crate) fn of(settings: &Settings) -> Result<Self, Fault> {
        match settings.region {
            Region::Mainland => Ok(Self::at("com")),
            Region::International => Ok(Self::at("io")),
            Region::Custom => Ok(Self {
                login: base(settings.login_url.as_deref(), "login_url")?,
                api: base(settings.api_url.as_deref(), "api_url")?,
                legacy: base(Some(&settings.legacy_url), "legacy_url")?,
            }),
        }
    }

    fn at(top_level_domain: &str) -> Self {
        let server = |name: &str| format!("https://{name}.dingtalk.{top_level_domain}");
        Self { login: server("login"), api: server("api"), legacy: server("oapi") }
    }
}

/// Everything but RFC 3986's unreserved characters (section 2.3) as `%XX`, byte by byte of the UTF-8 text.
pub(crate) fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The address in `field`, fit to have a path put behind it.
fn base(address: Option<&str>, field: &str) -> Result<String, Fault> {
    let address = address.unwrap_or_default().trim().trim_end_matches('/');
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or_default();
    let fits = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#@\\".contains(&byte));
    if fits { Ok(address.to_owned()) } else { Err(misconfigured(field)) }
}

fn misconfigured(field: &str) -> Fault {
    Fault::new(FaultKind::Misconfigured, format!("the region is custom, and {field} holds no web address"))
}
