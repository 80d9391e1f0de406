//! `POST /v1.0/oauth2/userAccessToken` (protocol section 2).

use std::time::Duration;

use dingtalk_simulator::Endpoint;
use serde_json::{Value, json};

use super::support::{APP, BARE_APP, BARE_SECRET, CORP, Reply, Rig, SECRET, send};

const PATH: &str = "/v1.0/oauth2/userAccessToken";
const NOT_FOUND: &str =
    r#"{"requestid":"*","code":"invalidParameter.authCode.notFound","message":"不合法的临时授权码"}"#;
const BAD_CLIENT: &str =
    r#"{"requestid":"*","code":"invalidClientIdOrSecret","message":"无效的clientId或者clientSecret"}"#;
const MISSING_BODY: &str = r#"{"code":"Missingbody","requestid":"*","message":"body is mandatory for this action."}"#;

fn by_code(code: &str) -> Value {
    json!({"clientId": APP, "clientSecret": SECRET, "code": code, "grantType": "authorization_code"})
}

fn by_refresh(token: &str) -> Value {
    json!({"clientId": APP, "clientSecret": SECRET, "refreshToken": token, "grantType": "refresh_token"})
}

async fn exchange(rig: &Rig, code: &str) -> Reply {
    rig.post_json(PATH, by_code(code)).await
}

#[tokio::test]
async fn a_code_becomes_a_token_with_the_organisation_only_if_it_was_asked_for() {
    let rig = Rig::start().await;
    let with = rig.sim.oauth_code(APP, "lin", Some(CORP)).unwrap();
    exchange(&rig, &with)
        .await
        .expect_new(200, &format!(r#"{{"expireIn":7200,"accessToken":"*","refreshToken":"*","corpId":"{CORP}"}}"#));
    let without = rig.sim.oauth_code(APP, "lin", None).unwrap();
    exchange(&rig, &without).await.expect_new(200, r#"{"expireIn":7200,"accessToken":"*","refreshToken":"*"}"#);
}

#[tokio::test]
async fn a_code_is_good_once_for_five_minutes_for_its_app_and_its_kind() {
    let rig = Rig::start().await;
    exchange(&rig, "0123456789abcdef0123456789abcdef").await.expect_new(400, NOT_FOUND);

    let used = rig.sim.oauth_code(APP, "lin", None).unwrap();
    assert_eq!(exchange(&rig, &used).await.status, 200);
    exchange(&rig, &used).await.expect_new(400, NOT_FOUND);

    let fresh = rig.sim.oauth_code(APP, "lin", None).unwrap();
    rig.sim.advance_clock(Duration::from_secs(298));
    assert_eq!(exchange(&rig, &fresh).await.status, 200);
    let stale = rig.sim.oauth_code(APP, "lin", None).unwrap();
    rig.sim.advance_clock(Duration::from_secs(300));
    exchange(&rig, &stale).await.expect_new(400, NOT_FOUND);

    let jsapi = rig.sim.jsapi_code(APP, "lin").unwrap();
    exchange(&rig, &jsapi).await.expect_new(400, NOT_FOUND);

    let another = rig.sim.oauth_code(BARE_APP, "lin", None).unwrap();
    exchange(&rig, &another).await.expect_new(400, NOT_FOUND);
    let body =
        json!({"clientId": BARE_APP, "clientSecret": BARE_SECRET, "code": another, "grantType": "authorization_code"});
    assert_eq!(rig.post_json(PATH, body).await.status, 200, "another app's attempt does not spend it");
}

#[tokio::test]
async fn fifty_exchanges_of_one_code_make_one_token() {
    let rig = Rig::start().await;
    let code = rig.sim.oauth_code(APP, "lin", None).unwrap();
    let tries = (0..50).map(|_| exchange(&rig, &code));
    let replies = futures_util::future::join_all(tries).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    assert_eq!(rig.sim.counters().get(Endpoint::UserAccessToken), 50);
}

#[tokio::test]
async fn credentials_are_checked_before_the_code() {
    let rig = Rig::start().await;
    for (id, secret) in [(APP, "wrong"), ("dingnobody", SECRET), (APP, BARE_SECRET)] {
        let body = json!({"clientId": id, "clientSecret": secret, "code": "fake", "grantType": "authorization_code"});
        rig.post_json(PATH, body).await.expect_new(400, BAD_CLIENT);
    }
    exchange(&rig, "fake").await.expect_new(400, NOT_FOUND);
}

#[tokio::test]
async fn only_camel_case_json_is_a_body() {
    let rig = Rig::start().await;
    send(rig.post(PATH)).await.expect_new(400, MISSING_BODY);
    send(rig.post_form(PATH, &[("clientId", APP), ("clientSecret", SECRET)])).await.expect_new(400, MISSING_BODY);
    send(rig.post(PATH).body(by_code("x").to_string())).await.expect_new(400, MISSING_BODY);
    for broken in ["", "{", "[]", "null"] {
        let request = rig.post(PATH).header("content-type", "application/json").body(broken);
        send(request).await.expect_new(400, MISSING_BODY);
    }
    let snake = json!({"client_id": APP, "client_secret": SECRET, "code": "x", "grant_type": "authorization_code"});
    let missing = |name: &str| {
        format!(r#"{{"code":"Missing{name}","requestid":"*","message":"{name} is mandatory for this action."}}"#)
    };
    rig.post_json(PATH, snake).await.expect_new(400, &missing("clientId"));
    for (field, value) in
        [("clientId", json!("")), ("clientSecret", json!(null)), ("grantType", json!(1)), ("code", json!(12))]
    {
        let mut body = by_code("x");
        body[field] = value;
        rig.post_json(PATH, body).await.expect_new(400, &missing(field));
    }
    let mut body = by_refresh("x");
    body.as_object_mut().unwrap().remove("refreshToken");
    rig.post_json(PATH, body).await.expect_new(400, &missing("refreshToken"));
}

#[tokio::test]
async fn an_unknown_grant_type_is_refused() {
    let rig = Rig::start().await;
    let mut body = by_code("x");
    body["grantType"] = json!("password");
    rig.post_json(PATH, body).await.expect_new(
        400,
        r#"{"requestid":"*","code":"unsupported.grant.type","message":"unsupported.grant.type: password"}"#,
    );
}

#[tokio::test]
async fn a_refresh_rotates_and_forgets_the_organisation_unless_told_otherwise() {
    let rig = Rig::start().await;
    let code = rig.sim.oauth_code(APP, "lin", Some(CORP)).unwrap();
    let first = exchange(&rig, &code).await;
    let second = rig.post_json(PATH, by_refresh(&first.text("refreshToken"))).await;
    second.expect_new(200, r#"{"expireIn":7200,"accessToken":"*","refreshToken":"*"}"#);
    assert_ne!(first.text("refreshToken"), second.text("refreshToken"));
    rig.post_json(PATH, by_refresh(&first.text("refreshToken"))).await.expect_new(400, NOT_FOUND);

    rig.sim.update(|scenario| scenario.quirks.corp_id_on_refresh = true).unwrap();
    let third = rig.post_json(PATH, by_refresh(&second.text("refreshToken"))).await;
    assert_eq!(third.text("corpId"), CORP);

    rig.sim.advance_clock(Duration::from_secs(30 * 24 * 3600 + 1));
    rig.post_json(PATH, by_refresh(&third.text("refreshToken"))).await.expect_new(400, NOT_FOUND);
}

#[tokio::test]
async fn an_address_that_is_not_allowed_is_refused() {
    let rig = Rig::start().await;
    rig.sim.update_app(APP, |app| app.allowed_ips = vec!["203.0.113.7".parse().unwrap()]).unwrap();
    let code = rig.sim.oauth_code(APP, "lin", None).unwrap();
    let refused = format!(
        r#"{{"code":"Forbidden.AccessDenied.IpNotInWhiteList","requestid":"*","message":"访问ip不在白名单之中，request ip=127.0.0.1 appKey({APP})"}}"#
    );
    exchange(&rig, &code).await.expect_new(403, &refused);
    rig.sim.update_app(APP, |app| app.allowed_ips = vec!["127.0.0.1".parse().unwrap()]).unwrap();
    assert_eq!(exchange(&rig, &code).await.status, 200, "the refusal came before the code was looked at");
}

#[tokio::test]
async fn open_questions_are_switches() {
    let rig = Rig::start().await;
    rig.sim
        .update(|scenario| {
            scenario.quirks.code_seconds = 10;
            scenario.quirks.code_not_found_status = 404;
            scenario.quirks.wrong_endpoint_spends_code = true;
        })
        .unwrap();
    let code = rig.sim.oauth_code(APP, "lin", None).unwrap();
    rig.sim.advance_clock(Duration::from_secs(10));
    exchange(&rig, &code).await.expect_new(404, NOT_FOUND);

    let jsapi = rig.sim.jsapi_code(APP, "lin").unwrap();
    exchange(&rig, &jsapi).await.expect_new(404, NOT_FOUND);
    let token = rig.app_token(APP, SECRET).await;
    let reply =
        rig.post_json(&format!("/topapi/v2/user/getuserinfo?access_token={token}"), json!({"code": jsapi})).await;
    assert_eq!(reply.json()["errcode"], 40078, "the wrong endpoint has spent it");
}

#[tokio::test]
async fn answers_come_in_chunks_on_a_connection_that_stays_open() {
    let rig = Rig::start().await;
    let response = rig.post(PATH).json(&by_code("x")).send().await.unwrap();
    assert_eq!(response.headers().get("transfer-encoding").unwrap(), "chunked");
    assert!(response.headers().get("content-length").is_none());
    assert!(response.headers().get("connection").is_none());
}
