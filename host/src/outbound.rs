//! The host's one HTTP client.
//!
//! Everything the host calls goes through here, for itself or on a plug-in's behalf: TLS by rustls and ring, HTTP/1.1,
//! a deadline for the connection and one for the whole exchange, a cap on the answer. No redirect is followed, no
//! request repeated (an authorization code is good for one try, RFC 6749 section 4.1.2), no proxy taken from the
//! environment, and no address called that belongs to a private network. *Whether* an address may be called at all is
//! decided by whoever lends the client; see [`crate::plugins`].

mod address;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use plugin_api::{HttpFault, HttpFaultKind, HttpReply, HttpRequest, Method};
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response, Url, redirect, retry};
use tokio::sync::OnceCell;

use address::{Addresses, ForbiddenAddress};

pub(crate) use address::{is_private, names_loopback};

/// Connections to one host that are kept open for the next call.
const IDLE_CONNECTIONS: usize = 64;

/// What the client allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundLimits {
    /// Until a connection stands, TLS included.
    pub connect: Duration,
    /// The whole exchange, from the connection to the last byte. Shorter than [`crate::plugins::CallLimits::call`],
    /// so that a slow provider is told apart from a plug-in that hangs.
    pub total: Duration,
    /// Largest body of an answer, in bytes.
    pub body: usize,
    /// Whether this machine's own addresses may be called, with plain `http` too. For development and tests.
    pub allow_loopback: bool,
    /// Private networks that may be called as well, with `https` only: a provider's deployment of the organisation's own.
    pub private: Vec<IpNet>,
}

impl Default for OutboundLimits {
    /// 3 s, 4.5 s, 256 KiB, no loopback. A sign-in that takes two calls ends, or fails, within the ten seconds of
    /// [`crate::plugins::CallLimits::call`].
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            total: Duration::from_millis(4500),
            body: 256 * 1024,
            allow_loopback: false,
            private: Vec::new(),
        }
    }
}

impl OutboundLimits {
    fn addresses(&self) -> Addresses {
        Addresses { allow_loopback: self.allow_loopback, private: self.private.clone() }
    }
}

/// The client. It is built when it is first needed: reading the system's certificates takes tens of milliseconds.
pub struct Outbound {
    limits: OutboundLimits,
    client: OnceCell<Client>,
}

impl Outbound {
    /// A client with these limits.
    pub fn new(limits: OutboundLimits) -> Self {
        Self { limits, client: OnceCell::new() }
    }

    /// What the client allows.
    pub fn limits(&self) -> &OutboundLimits {
        &self.limits
    }

    /// Sends one request and reads its whole answer, within [`HttpRequest::within_ms`] if that is shorter. Must be polled on a runtime with timers and sockets.
    ///
    /// # Errors
    /// [`HttpFault`] when there is no complete answer; its detail names no address and quotes no header or body.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpReply, HttpFault> {
        let url = Url::parse(&request.url).map_err(|_| not_allowed("the address is malformed"))?;
        self.limits.addresses().check_url(&url).map_err(not_allowed)?;
        let client = self.client().await?;
        let total = request.within_ms.map_or(self.limits.total, |ms| self.limits.total.min(Duration::from_millis(ms)));
        tokio::time::timeout(total, exchange(client, url, request, self.limits.body))
            .await
            .unwrap_or_else(|_| Err(fault(HttpFaultKind::Timeout, "no complete answer within the deadline")))
    }

    /// The client, built off the async threads because it reads files.
    async fn client(&self) -> Result<&Client, HttpFault> {
        let limits = self.limits.clone();
        self.client
            .get_or_try_init(|| async move {
                match tokio::task::spawn_blocking(move || build(&limits)).await {
                    Ok(built) => built.map_err(|error| fault(HttpFaultKind::Connect, chain(&error))),
                    Err(_) => Err(fault(HttpFaultKind::Connect, "the HTTP client could not be built")),
                }
            })
            .await
    }
}

fn build(limits: &OutboundLimits) -> Result<Client, reqwest::Error> {
    // Fails only if a provider is installed already, and then there is one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .http1_only()
        .connect_timeout(limits.connect)
        .timeout(limits.total)
        .pool_idle_timeout(Duration::from_secs(30))
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .no_proxy()
        .user_agent("Gatehouse")
        .dns_resolver(Arc::new(limits.addresses()))
        .build()
}

async fn exchange(client: &Client, url: Url, request: HttpRequest, cap: usize) -> Result<HttpReply, HttpFault> {
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
    };
    let mut headers = header_map(&request)?;
    let mut outgoing = client.request(method, url);
    if let Some(body) = request.body {
        headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
        outgoing = outgoing.body(body);
    }
    let response = outgoing.headers(headers).send().await.map_err(classify)?;
    read(response, cap).await
}

fn header_map(request: &HttpRequest) -> Result<HeaderMap, HttpFault> {
    let mut headers = HeaderMap::with_capacity(request.headers.len() + 1);
    for (name, value) in &request.headers {
        let name = HeaderName::try_from(name).map_err(|_| not_allowed("a header field's name is malformed"))?;
        let mut value = HeaderValue::try_from(value).map_err(|_| not_allowed("a header field's value is malformed"))?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    Ok(headers)
}

/// Reads the answer up to the cap, and not one byte of memory further.
async fn read(mut response: Response, cap: usize) -> Result<HttpReply, HttpFault> {
    // We never offer a coding, so whoever sends one breaks RFC 9110 section 12.5.3; nothing is ever unpacked.
    if response.headers().get(CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
        return Err(fault(HttpFaultKind::Broken, "the answer is compressed although that was not offered"));
    }
    let too_large = || fault(HttpFaultKind::TooLarge, format!("the answer is larger than {cap} bytes"));
    if response.content_length().is_some_and(|length| length > cap as u64) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(classify)? {
        if body.len() + piece.len() > cap {
            return Err(too_large());
        }
        body.extend_from_slice(&piece);
    }
    let text = |(name, value): (&HeaderName, &HeaderValue)| Some((name.to_string(), value.to_str().ok()?.to_owned()));
    let headers = response.headers().iter().filter_map(text).collect();
    Ok(HttpReply { status: response.status().as_u16(), headers, body })
}

fn classify(error: reqwest::Error) -> HttpFault {
    let error = error.without_url();
    if forbidden(&error) {
        return not_allowed(ForbiddenAddress::TEXT);
    }
    let kind = if error.is_timeout() {
        HttpFaultKind::Timeout
    } else if error.is_connect() {
        HttpFaultKind::Connect
    } else {
        HttpFaultKind::Broken
    };
    fault(kind, chain(&error))
}

fn forbidden(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| cause.is::<ForbiddenAddress>())
}

/// The error and its causes in one line.
fn chain(error: &reqwest::Error) -> String {
    causes(error).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

fn not_allowed(why: &str) -> HttpFault {
    fault(HttpFaultKind::NotAllowed, why)
}

fn fault(kind: HttpFaultKind, detail: impl Into<String>) -> HttpFault {
    HttpFault { kind, detail: detail.into() }
}
