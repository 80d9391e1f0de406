//! A person at a browser, as far as a sign-in notices.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE, USER_AGENT,
};
use hyper::{HeaderMap, Method, Request, StatusCode, Uri};
use url::form_urlencoded;

use crate::Outcome;
use crate::line::{Answer, Line};

/// Where the authenticator's button leads.
pub(crate) const START: &str = "/signin/dingtalk/start";
const FORM: &str = "application/x-www-form-urlencoded";

/// Whether pages are asked for in compressed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    /// As browsers ask: `Accept-Encoding: gzip`.
    Gzip,
    /// As simple clients ask.
    Plain,
}

/// A browser with a connection to the site, one to the provider, and the site's cookies.
pub(crate) struct Browser {
    site: Line,
    provider: Line,
    origin: String,
    coding: Coding,
    cookies: Vec<(String, String)>,
}

impl Browser {
    pub(crate) async fn open(site: SocketAddr, provider: SocketAddr, coding: Coding) -> Outcome<Self> {
        let (origin, cookies) = (format!("http://{site}"), Vec::new());
        Ok(Self { site: Line::open(site).await?, provider: Line::open(provider).await?, origin, coding, cookies })
    }

    /// Signs `person` in from nothing, and returns how long the site let them wait: page, click, way back, first page.
    /// What happens at the provider's own page is not counted.
    pub(crate) async fn sign_in(&mut self, person: &str) -> Outcome<Duration> {
        self.cookies.clear();
        let started = Instant::now();
        self.page("/signin").await?;
        let click = self.ask(Method::POST, START, "redirect=%2F").await?;
        let authorize = click.expect_status(StatusCode::SEE_OTHER, "the click")?.header(LOCATION.as_str())?.to_owned();
        let there = started.elapsed();
        let callback = self.agree(&authorize, person).await?;
        let started = Instant::now();
        let back = self.ask(Method::GET, &callback, "").await?;
        let first_page = back.expect_status(StatusCode::SEE_OTHER, "the way back")?;
        self.page(first_page.header(LOCATION.as_str())?).await?;
        Ok(there + started.elapsed())
    }

    /// Gets a page that must be there.
    pub(crate) async fn page(&mut self, path: &str) -> Outcome<Answer> {
        self.ask(Method::GET, path, "").await?.expect_status(StatusCode::OK, path)
    }

    /// What the provider's page does when the person agrees; returns path and query of the way back.
    async fn agree(&mut self, authorize: &str, person: &str) -> Outcome<String> {
        let authorize: Uri = authorize.parse()?;
        let fields = [("query", authorize.query().unwrap_or_default()), ("person", person), ("decision", "approve")];
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post("/oauth2/auth/approve").header(CONTENT_TYPE, FORM).body(form)?;
        let answer = self.provider.send(request).await?.expect_status(StatusCode::SEE_OTHER, "the provider")?;
        let back: Uri = answer.header(LOCATION.as_str())?.parse()?;
        Ok(back.path_and_query().ok_or("the provider sends the person nowhere")?.to_string())
    }

    async fn ask(&mut self, method: Method, path: &str, form: &str) -> Outcome<Answer> {
        let mut request = Request::builder()
            .uri(path)
            .header(USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
            .header(ACCEPT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
            .header(ACCEPT_LANGUAGE, "en-GB,en;q=0.5")
            .header("sec-fetch-site", "same-origin");
        if self.coding == Coding::Gzip {
            request = request.header(ACCEPT_ENCODING, "gzip");
        }
        if method == Method::POST {
            request = request.header(CONTENT_TYPE, FORM).header(ORIGIN, &self.origin);
        }
        if !self.cookies.is_empty() {
            let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, all.join("; "));
        }
        let answer = self.site.send(request.method(method).body(form.to_owned())?).await?;
        self.keep_cookies(&answer.headers)?;
        Ok(answer)
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) -> Outcome<()> {
        for field in headers.get_all(SET_COOKIE) {
            let field = field.to_str()?;
            let pair = field.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').ok_or("a cookie has no name")?;
            self.cookies.retain(|(known, _)| known != name);
            if !field.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        Ok(())
    }
}
