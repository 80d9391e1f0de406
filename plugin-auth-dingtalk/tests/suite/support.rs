//! A DingTalk of closures, and a person who signs in there.

use auth_dingtalk::DingTalk;
use plugin_api::testing::{FakeHost, ScriptedReply, bytes_reply, json_reply};
use plugin_api::ui_schema::Language;
use plugin_api::{AuthPlugin, BeginReply, BeginRequest, Callback, Fault, Finding, HttpRequest, Identity};
use serde_json::{Value, json};

pub(crate) const REDIRECT_URI: &str = "https://id.example.org/signin/k3x9/callback";
pub(crate) const SECRET: &str = "CANARY-secret-Zk3-00aQ";
pub(crate) const CODE: &str = "canarycode00112233445566778899aa";
pub(crate) const TOKEN: &str = "canarytoken0099887766554433221100";
pub(crate) const APP_TOKEN: &str = "canaryapptoken00ffeeddccbbaa9988";
pub(crate) const MOBILE: &str = "13800138000";

/// A DingTalk where the exchange works and the person is as in `profile`.
pub(crate) fn dingtalk_with(profile: Value) -> FakeHost {
    refusing_profile(ok(&profile))
}

/// A DingTalk that answers everything, first of all the code, with `reply`.
pub(crate) fn refusing_code(reply: ScriptedReply) -> FakeHost {
    FakeHost::new(move |_| reply.clone())
}

/// A DingTalk where the exchange works and everything else is answered with `reply`.
pub(crate) fn refusing_profile(reply: ScriptedReply) -> FakeHost {
    FakeHost::new(
        move |request| if path(request) == "/v1.0/oauth2/userAccessToken" { granted() } else { reply.clone() },
    )
}

/// Which paths were asked for, in order.
pub(crate) fn paths(host: &FakeHost) -> Vec<String> {
    host.requests().iter().map(|request| path(request).to_owned()).collect()
}

/// A person at the sign-in page of one authenticator.
pub(crate) struct Person {
    settings: Value,
    host: FakeHost,
}

impl Person {
    pub(crate) fn at(host: &FakeHost) -> Self {
        Self { settings: settings(), host: host.clone() }
    }

    /// Some settings are others.
    pub(crate) fn with_settings(mut self, changes: Value) -> Self {
        let changes = changes.as_object().unwrap();
        self.settings.as_object_mut().unwrap().extend(changes.clone());
        self
    }

    pub(crate) fn begin(&self, state: &str) -> Result<BeginReply, Fault> {
        let request = BeginRequest {
            authenticator_type: "dingtalk".into(),
            redirect_uri: REDIRECT_URI.into(),
            state: state.into(),
            language: Language::En,
        };
        let cx = self.host.context(self.settings.clone());
        self.host.run(DingTalk::new().begin(&cx, request)).unwrap()
    }

    /// Comes back with a good code.
    pub(crate) fn finish(&self) -> Result<Identity, Fault> {
        self.finish_with(&[("code", CODE), ("authCode", CODE), ("state", "s1")])
    }

    pub(crate) fn finish_with(&self, query: &[(&str, &str)]) -> Result<Identity, Fault> {
        self.host.run(self.finishing(query)).unwrap()
    }

    /// The same, for whoever runs several at once.
    pub(crate) async fn finishing(&self, query: &[(&str, &str)]) -> Result<Identity, Fault> {
        let callback = Callback {
            authenticator_type: "dingtalk".into(),
            redirect_uri: REDIRECT_URI.into(),
            query: query.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
            memo: Vec::new(),
            language: Language::ZhCn,
        };
        let cx = self.host.context(self.settings.clone());
        DingTalk::new().finish(&cx, callback).await
    }

    pub(crate) fn check(&self) -> Result<Vec<Finding>, Fault> {
        let cx = self.host.context(self.settings.clone());
        self.host.run(DingTalk::new().check(&cx)).unwrap()
    }
}

/// What an administrator has entered.
pub(crate) fn settings() -> Value {
    json!({ "sign_up": false, "client_id": "dingabc123", "client_secret": SECRET, "region": "mainland" })
}

/// A profile with everything in it.
pub(crate) fn profile() -> Value {
    json!({
        "nick": "张三", "unionId": "aBcD0001iEiE", "openId": "eFgH0001iEiE", "avatarUrl": "https://static.example/a.png",
        "mobile": MOBILE, "stateCode": "86", "email": "zhang.san@example.com", "visitor": false,
    })
}

/// `profile()` with `changes`; a null takes a field away.
pub(crate) fn profile_with(changes: Value) -> Value {
    let mut profile = profile();
    let fields = profile.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(fields.remove(name)),
            value => drop(fields.insert(name.clone(), value.clone())),
        }
    }
    profile
}

pub(crate) fn ok(body: &Value) -> ScriptedReply {
    json_reply(200, body)
}

pub(crate) fn raw(status: u16, body: &str) -> ScriptedReply {
    bytes_reply(status, "text/html", body)
}

/// The answer to a good code.
pub(crate) fn granted() -> ScriptedReply {
    ok(&json!({ "expireIn": 7200, "accessToken": TOKEN, "refreshToken": "canaryrefresh00", "corpId": "dingcorp0001" }))
}

/// The path of a request, without the server and the query.
pub(crate) fn path(request: &HttpRequest) -> &str {
    let after_scheme = request.url.split_once("://").unwrap().1;
    let path = &after_scheme[after_scheme.find('/').unwrap()..];
    path.split('?').next().unwrap()
}

/// What a request carries.
pub(crate) fn body(request: &HttpRequest) -> Value {
    serde_json::from_slice(request.body.as_deref().unwrap_or_default()).unwrap_or_default()
}
