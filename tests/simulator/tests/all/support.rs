//! A simulator with the demonstration scenario, a client that follows nothing, and answers as plain values.

use std::sync::Once;

use dingtalk_simulator::{Scenario, Simulator};
use reqwest::{Client, RequestBuilder, redirect};
use serde_json::Value;

pub(crate) const CORP: &str = "dingcorpdemo0001";
pub(crate) const OTHER_CORP: &str = "dingcorpother0002";
pub(crate) const APP: &str = "dingdemoclient0001";
pub(crate) const SECRET: &str = "demo-secret-0001-not-a-real-one";
pub(crate) const BARE_APP: &str = "dingdemobare0002";
pub(crate) const BARE_SECRET: &str = "demo-secret-0002-not-a-real-one";
pub(crate) const VENDOR_APP: &str = "dingdemovendor0003";
pub(crate) const VENDOR_SECRET: &str = "demo-secret-0003-not-a-real-one";
pub(crate) const OTHER_APP: &str = "dingotherclient0004";
pub(crate) const OTHER_SECRET: &str = "demo-secret-0004-not-a-real-one";
pub(crate) const CALLBACK: &str = "http://127.0.0.1:8080/callback";
pub(crate) const JSON_NEW: &str = "application/json;charset=utf-8";
pub(crate) const JSON_TOPAPI: &str = "application/json;charset=UTF-8";

pub(crate) struct Rig {
    pub(crate) sim: Simulator,
    pub(crate) http: Client,
}

/// An answer, with everything random in it replaced by `*` once its form has been checked.
#[derive(Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) location: Option<String>,
    pub(crate) raw: String,
}

impl Rig {
    pub(crate) async fn start() -> Self {
        Self::with(Scenario::demo().unwrap()).await
    }

    pub(crate) async fn with(scenario: Scenario) -> Self {
        let sim = Simulator::start(scenario).await.unwrap();
        sim.register_redirect(APP, CALLBACK).unwrap();
        Self { sim, http: client() }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sim.base_url())
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(self.url(path))
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(self.url(path))
    }

    pub(crate) async fn post_json(&self, path: &str, body: Value) -> Reply {
        send(self.post(path).json(&body)).await
    }

    /// Sends a form; the client here has no helper for it.
    pub(crate) fn post_form(&self, path: &str, pairs: &[(&str, &str)]) -> RequestBuilder {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.post(path).header("content-type", "application/x-www-form-urlencoded").body(body)
    }

    /// A user token of `APP` for this person.
    pub(crate) async fn user_token(&self, person: &str) -> String {
        self.user_token_of(APP, SECRET, person).await
    }

    pub(crate) async fn user_token_of(&self, client_id: &str, secret: &str, person: &str) -> String {
        let code = self.sim.oauth_code(client_id, person, None).unwrap();
        let body = serde_json::json!({"clientId": client_id, "clientSecret": secret, "code": code, "grantType": "authorization_code"});
        self.post_json("/v1.0/oauth2/userAccessToken", body).await.text("accessToken")
    }

    pub(crate) async fn app_token(&self, client_id: &str, secret: &str) -> String {
        let body = serde_json::json!({"appKey": client_id, "appSecret": secret});
        self.post_json("/v1.0/oauth2/accessToken", body).await.text("accessToken")
    }
}

pub(crate) fn client() -> Client {
    static CRYPTO: Once = Once::new();
    CRYPTO.call_once(|| rustls::crypto::ring::default_provider().install_default().unwrap());
    Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap()
}

pub(crate) async fn send(request: RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    Reply {
        status: response.status().as_u16(),
        content_type: header("content-type").unwrap_or_default(),
        location: header("location"),
        raw: response.text().await.unwrap(),
    }
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.raw).unwrap()
    }

    pub(crate) fn text(&self, field: &str) -> String {
        self.json()[field].as_str().unwrap_or_else(|| panic!("no {field} in {}", self.raw)).to_owned()
    }

    /// The body with `*` in place of every random value.
    pub(crate) fn body(&self) -> String {
        let mut body = self.raw.clone();
        for (field, is_right) in RANDOM {
            body = star(&body, field, is_right);
        }
        body
    }

    pub(crate) fn expect(&self, status: u16, content_type: &str, body: &str) {
        assert_eq!((self.status, self.content_type.as_str(), self.body().as_str()), (status, content_type, body));
    }

    pub(crate) fn expect_new(&self, status: u16, body: &str) {
        self.expect(status, JSON_NEW, body);
    }

    pub(crate) fn expect_topapi(&self, body: &str) {
        self.expect(200, JSON_TOPAPI, body);
    }

    /// The query of the `Location`, decoded, in order.
    pub(crate) fn callback(&self) -> Vec<(String, String)> {
        let location = self.location.as_ref().unwrap_or_else(|| panic!("no redirect: {}", self.raw));
        url::Url::parse(location).unwrap().query_pairs().into_owned().collect()
    }
}

type IsRight = fn(&str) -> bool;

const RANDOM: [(&str, IsRight); 5] = [
    ("requestid", is_upper_uuid),
    ("request_id", is_request_id),
    ("accessToken", is_hex),
    ("access_token", is_hex),
    ("refreshToken", is_hex),
];

fn is_upper_uuid(text: &str) -> bool {
    text.len() == 36
        && text.chars().enumerate().all(|(at, c)| match at {
            8 | 13 | 18 | 23 => c == '-',
            _ => c.is_ascii_digit() || ('A'..='F').contains(&c),
        })
}

fn is_request_id(text: &str) -> bool {
    (12..=13).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase())
}

fn is_hex(text: &str) -> bool {
    text.len() == 32 && text.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
}

fn star(body: &str, field: &str, is_right: IsRight) -> String {
    let key = format!("\"{field}\":\"");
    let Some(at) = body.find(&key) else { return body.to_owned() };
    let (before, rest) = body.split_at(at + key.len());
    let (value, after) = rest.split_at(rest.find('"').unwrap());
    assert!(is_right(value), "{field} has a wrong form: {value}");
    format!("{before}*{after}")
}
