//! A DingTalk of closures, and a person who signs in there.

use std::collections::BTreeMap;
use std::sync::Mutex;

use auth_dingtalk::DingTalk;
use plugin_api::testing::{FakeHost, ScriptedReply, bytes_reply, json_reply};
use plugin_api::ui_schema::Language;
use plugin_api::{
    About, AuthPlugin, BeginReply, BeginRequest, Callback, Channel, Fault, Finding, HttpRequest, Identity, Resolution,
    ResolveRequest,
};
use serde_json::{Value, json};

pub(crate) const REDIRECT_URI: &str = "https://id.example.org/signin/k3x9/callback";
pub(crate) const SECRET: &str = "CANARY-secret-Zk3-00aQ";
pub(crate) const CODE: &str = "canarycode00112233445566778899aa";
pub(crate) const TOKEN: &str = "canarytoken0099887766554433221100";
pub(crate) const APP_TOKEN: &str = "canaryapptoken00ffeeddccbbaa9988";
pub(crate) const MOBILE: &str = "13800138000";
pub(crate) const STAFF_MOBILE: &str = "13900139000";
pub(crate) const CORP_ID: &str = "dingcorp0001";
pub(crate) const UNION_ID: &str = "aBcD0001iEiE";
pub(crate) const USERID: &str = "0150000001";

pub(crate) const USER_TOKEN_PATH: &str = "/v1.0/oauth2/userAccessToken";
pub(crate) const APP_TOKEN_PATH: &str = "/v1.0/oauth2/accessToken";
pub(crate) const ME_PATH: &str = "/v1.0/contact/users/me";
pub(crate) const CLIENT_CODE_PATH: &str = "/topapi/v2/user/getuserinfo";
pub(crate) const MEMBER_PATH: &str = "/topapi/user/getbyunionid";
pub(crate) const STAFF_PATH: &str = "/topapi/v2/user/get";
pub(crate) const MOBILE_PATH: &str = "/topapi/v2/user/getbymobile";
pub(crate) const SCOPES_PATH: &str = "/auth/scopes";
pub(crate) const ORGANISATION_PATH: &str = "/v1.0/oauth2/dingcorp0001/token";
pub(crate) const FORMER_PATH: &str = "/v1.0/contact/orgAccount/getUnionIdByMigrationUnionIds";
pub(crate) const NEWER_PATH: &str = "/v1.0/contact/orgAccount/getMigrationUnionIdByUnionIds";

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
    FakeHost::new(move |request| if path(request) == USER_TOKEN_PATH { granted() } else { reply.clone() })
}

/// A DingTalk with an organisation in it, whose answers are by path.
pub(crate) struct Organisation {
    answers: BTreeMap<String, Vec<ScriptedReply>>,
}

impl Organisation {
    /// One in which all is well.
    pub(crate) fn new() -> Self {
        let answers = BTreeMap::new();
        Self { answers }
            .with(USER_TOKEN_PATH, granted())
            .with(ME_PATH, ok(&profile()))
            .with(APP_TOKEN_PATH, ok(&app_token()))
            .with(CLIENT_CODE_PATH, legacy(&json!({ "userid": USERID, "unionid": UNION_ID, "sys": false })))
            .with(MEMBER_PATH, legacy(&json!({ "contact_type": 0, "userid": USERID })))
            .with(STAFF_PATH, legacy(&staff()))
            .with(MOBILE_PATH, refused("60121"))
            .with(SCOPES_PATH, ok(&json!({ "errcode": 0, "errmsg": "ok", "auth_org_scopes": { "authed_dept": [1] } })))
            .with(ORGANISATION_PATH, ok(&json!({ "access_token": APP_TOKEN, "expires_in": 7200 })))
    }

    /// `path` is answered otherwise.
    pub(crate) fn with(self, path: &str, reply: ScriptedReply) -> Self {
        self.with_each(path, [reply])
    }

    /// `path` is answered in turn with these; the last one stays.
    pub(crate) fn with_each<const N: usize>(mut self, path: &str, replies: [ScriptedReply; N]) -> Self {
        self.answers.insert(path.to_owned(), replies.into());
        self
    }

    /// The directory says something else about the member; a null takes a field away.
    pub(crate) fn with_staff(self, changes: Value) -> Self {
        self.with(STAFF_PATH, legacy(&changed(staff(), changes)))
    }

    pub(crate) fn host(self) -> FakeHost {
        let left = Mutex::new(self.answers);
        FakeHost::new(move |request| {
            let mut left = left.lock().unwrap();
            let Some(replies) = left.get_mut(path(request)) else {
                return json_reply(404, &json!({ "code": "InvalidAction.NotFound" }));
            };
            if replies.len() > 1 { replies.remove(0) } else { replies[0].clone() }
        })
    }
}

/// Which paths were asked for, in order.
pub(crate) fn paths(host: &FakeHost) -> Vec<String> {
    host.requests().iter().map(|request| path(request).to_owned()).collect()
}

/// The names under which the host was asked, in order.
pub(crate) fn legs(host: &FakeHost) -> Vec<String> {
    host.requests().into_iter().map(|request| request.leg.unwrap_or_default()).collect()
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

    /// Somebody at an authenticator for members only.
    pub(crate) fn among_members(host: &FakeHost) -> Self {
        Self::at(host).with_settings(members_only())
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
        self.coming(Channel::Redirect, query).await
    }

    /// Opens a page inside the client.
    pub(crate) fn enter(&self) -> Result<Identity, Fault> {
        self.enter_with(&[("code", CODE)])
    }

    pub(crate) fn enter_with(&self, query: &[(&str, &str)]) -> Result<Identity, Fault> {
        self.host.run(self.coming(Channel::Client, query)).unwrap()
    }

    pub(crate) async fn coming(&self, channel: Channel, query: &[(&str, &str)]) -> Result<Identity, Fault> {
        let callback = Callback {
            authenticator_type: "dingtalk".into(),
            redirect_uri: REDIRECT_URI.into(),
            query: query.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
            memo: Vec::new(),
            language: Language::ZhCn,
            channel,
        };
        let cx = self.host.context(self.settings.clone());
        DingTalk::new().finish(&cx, callback).await
    }

    pub(crate) fn check(&self) -> Result<Vec<Finding>, Fault> {
        let cx = self.host.context(self.settings.clone()).with_about(About::of("dingtalk", REDIRECT_URI));
        self.host.run(DingTalk::new().check(&cx)).unwrap()
    }

    pub(crate) fn resolve(&self, kind: &str, values: &[&str]) -> Result<Vec<Resolution>, Fault> {
        let request = ResolveRequest {
            authenticator_type: "dingtalk".into(),
            kind: kind.into(),
            values: values.iter().map(|value| (*value).into()).collect(),
        };
        let cx = self.host.context(self.settings.clone());
        self.host.run(DingTalk::new().resolve(&cx, request)).unwrap()
    }
}

/// What an administrator has entered.
pub(crate) fn settings() -> Value {
    json!({ "sign_up": false, "client_id": "dingabc123", "client_secret": SECRET, "region": "mainland" })
}

/// What makes the sign-in one for members only.
pub(crate) fn members_only() -> Value {
    json!({ "membership": "always", "corp_id": CORP_ID, "client": true })
}

/// A profile with everything in it.
pub(crate) fn profile() -> Value {
    json!({
        "nick": "张三", "unionId": UNION_ID, "openId": "eFgH0001iEiE", "avatarUrl": "https://static.example/a.png",
        "mobile": MOBILE, "stateCode": "86", "email": "zhang.san@example.com", "visitor": false,
    })
}

/// `profile()` with `changes`; a null takes a field away.
pub(crate) fn profile_with(changes: Value) -> Value {
    changed(profile(), changes)
}

/// A member as the directory has them, in the types of live answers.
pub(crate) fn staff() -> Value {
    json!({
        "userid": USERID, "unionid": UNION_ID, "name": "张三丰", "avatar": "", "active": true, "admin": false,
        "boss": false, "senior": false, "real_authed": true, "exclusive_account": false, "hide_mobile": false,
        "mobile": STAFF_MOBILE, "state_code": "86", "email": "", "org_email": "sanfeng@corp.example",
        "job_number": "0001", "hired_date": 1_597_573_616_828_u64, "dept_id_list": [1, 919_000_001],
        "dept_order_list": [{ "dept_id": 1, "order": 179_997_318_850_453_160_u64 }],
        "role_list": [{ "id": 4_065_000_001_u64, "name": "主管", "group_name": "默认" }], "union_emp_ext": {},
    })
}

fn changed(mut document: Value, changes: Value) -> Value {
    let fields = document.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(fields.remove(name)),
            value => drop(fields.insert(name.clone(), value.clone())),
        }
    }
    document
}

pub(crate) fn ok(body: &Value) -> ScriptedReply {
    json_reply(200, body)
}

/// A success of the older family.
pub(crate) fn legacy(result: &Value) -> ScriptedReply {
    ok(&json!({ "errcode": 0, "errmsg": "ok", "request_id": "16l4ew3d47pdp", "result": result }))
}

/// A refusal of the older family's services.
pub(crate) fn refused(code: &str) -> ScriptedReply {
    ok(&json!({ "errcode": code.parse::<i64>().unwrap(), "errmsg": "不合法", "request_id": "16l4ew3d47pdp" }))
}

/// A refusal of the older family's gateway.
pub(crate) fn gateway_refused(code: &str) -> ScriptedReply {
    let errmsg = format!("ding talk error[subcode={code},submsg=不合法]");
    ok(
        &json!({ "errcode": 88, "sub_code": code, "sub_msg": "不合法", "errmsg": errmsg, "request_id": "16l4ew3d47pdp" }),
    )
}

/// A refusal of the older family because of a permission.
pub(crate) fn lacking(permission: &str) -> ScriptedReply {
    let errmsg =
        format!("ding talk error[subcode=60011,submsg=应用尚未开通所需的权限,{{requiredScopes=[{permission}]}}]");
    ok(&json!({ "errcode": 88, "sub_code": "60011", "errmsg": errmsg, "request_id": "16l4ew3d47pdp" }))
}

/// A refusal of the newer family.
pub(crate) fn newer_refused(status: u16, code: &str) -> ScriptedReply {
    json_reply(status, &json!({ "code": code, "requestid": "8A0F3E6C-5C1B-7E0B-9C5E-3F7B0A1C2D3E", "message": "m" }))
}

pub(crate) fn raw(status: u16, body: &str) -> ScriptedReply {
    bytes_reply(status, "text/html", body)
}

/// The answer to a good code.
pub(crate) fn granted() -> ScriptedReply {
    granted_for(Some(CORP_ID))
}

/// The answer to a good code of somebody who chose that organisation.
pub(crate) fn granted_for(corp_id: Option<&str>) -> ScriptedReply {
    let grant = json!({ "expireIn": 7200, "accessToken": TOKEN, "refreshToken": "canaryrefresh00", "corpId": CORP_ID });
    ok(&changed(grant, json!({ "corpId": corp_id })))
}

/// The application's own token.
pub(crate) fn app_token() -> Value {
    json!({ "accessToken": APP_TOKEN, "expireIn": 7200 })
}

/// An application token of that text.
pub(crate) fn json_token(token: &str) -> ScriptedReply {
    ok(&json!({ "accessToken": token, "expireIn": 7200 }))
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
