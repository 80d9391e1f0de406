//! One browser: cookies, a language, and the header fields by which a browser tells where a request comes from.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use reqwest::header::{HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::{Page, headers};

/// One browser at one site.
#[derive(Clone)]
pub struct Client {
    site: String,
    /// Where the site is really listened for, if that is not what its address says.
    behind: Option<String>,
    /// Whether what answers is the product, whose every response is held to the rows on headers.
    ours: bool,
    /// Cookies by name.
    pub cookies: BTreeMap<String, String>,
    /// Sent as `Accept-Language`.
    pub language: &'static str,
}

/// A response, read to its end.
#[derive(Debug)]
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// Header fields.
    pub headers: HeaderMap,
    /// Body as text.
    pub body: String,
}

impl Client {
    /// A browser that has never been at `site` (scheme, host, port and base path).
    pub fn new(site: &str) -> Self {
        Self { site: site.to_owned(), behind: None, ours: true, cookies: BTreeMap::new(), language: "en" }
    }

    /// A browser that reaches `site` through `behind` (scheme, host and port), as through a proxy that keeps `Host`.
    pub fn through(site: &str, behind: &str) -> Self {
        Self { behind: Some(behind.to_owned()), ..Self::new(site) }
    }

    /// A browser somewhere else, at the provider's.
    pub fn elsewhere() -> Self {
        Self { ours: false, ..Self::new("http://provider.invalid") }
    }

    /// `GET` of a path of the site, or of a whole address.
    pub async fn get(&mut self, path: &str) -> Reply {
        let request = self.request(Method::GET, path);
        self.send(request).await
    }

    /// `POST` of a form, from a page of the site.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Reply {
        let request = self.request(Method::POST, path).header("origin", self.origin()).form(form);
        self.send(request).await
    }

    /// A request of the JSON API, from a page of the site.
    pub async fn json(&mut self, method: Method, path: &str, body: Option<&Value>) -> Reply {
        let mut request = self.request(method, path).header("origin", self.origin());
        if let Some(body) = body {
            request = request.json(body);
        }
        self.send(request).await
    }

    /// A request to be changed before it is [sent](Self::send).
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.site) };
        let origin = self.origin();
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = match (&self.behind, address.strip_prefix(&origin)) {
            (Some(behind), Some(rest)) => {
                let host = origin.split_once("//").map_or("", |(_, host)| host);
                http().request(method, format!("{behind}{rest}")).header("host", host)
            }
            _ => http().request(method, address),
        };
        let request = request.header("accept-language", self.language);
        if cookies.is_empty() { request } else { request.header("cookie", cookies.join("; ")) }
    }

    /// Sends a request, and keeps the cookies that come back.
    pub async fn send(&mut self, request: RequestBuilder) -> Reply {
        let response = request.send().await.expect("the host answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = String::from_utf8_lossy(&response.bytes().await.expect("a whole body")).into_owned();
        if self.ours {
            headers::check(&headers, self.site.starts_with("https:"));
        }
        for line in headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap()) {
            self.keep(line);
        }
        Reply { status, headers, body }
    }

    /// Scheme, host and port of the site.
    pub fn origin(&self) -> String {
        url::Url::parse(&self.site).unwrap().origin().ascii_serialization()
    }

    /// Whether the browser holds a session cookie.
    pub fn has_session(&self) -> bool {
        self.cookies.contains_key("__Host-gatehouse")
    }

    /// Every cookie of ours, in every test, is held to row SE-3.
    fn keep(&mut self, line: &str) {
        let (pair, attributes) = line.split_once(';').expect("a cookie has attributes");
        let (name, value) = pair.split_once('=').unwrap();
        if !self.ours {
            self.cookies.insert(name.to_owned(), value.to_owned());
            return;
        }
        for needed in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(attributes.split("; ").any(|one| one.trim() == needed), "SE-3: {name} lacks {needed}");
        }
        assert!(name.starts_with("__Host-") && !attributes.contains("Domain"), "SE-3: {name}");
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Reply {
    /// The body as a page.
    pub fn page(&self) -> Page {
        Page::new(&self.body)
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    /// Where a redirect leads.
    pub fn location(&self) -> String {
        let value =
            self.headers.get(LOCATION).unwrap_or_else(|| panic!("no redirect but {}: {}", self.status, self.body));
        value.to_str().unwrap().to_owned()
    }
}

/// One client for all browsers: making one is slow. It keeps no connection, because each test has its own runtime.
pub(crate) fn http() -> &'static reqwest::Client {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let none = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().redirect(none).no_proxy().pool_max_idle_per_host(0);
        client.build().expect("a client can be built")
    })
}
