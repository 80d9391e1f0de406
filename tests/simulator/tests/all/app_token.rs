//! App tokens in their three forms (protocol section 4.3), and paths that do not exist.

use std::time::Duration;

use serde_json::json;

use super::support::{APP, BARE_APP, BARE_SECRET, CORP, OTHER_CORP, Rig, SECRET, send};

const BAD_CLIENT: &str =
    r#"{"requestid":"*","code":"invalidClientIdOrSecret","message":"无效的clientId或者clientSecret"}"#;
const NO_SUCH_API: &str = r#"{"code":"InvalidAction.NotFound","requestid":"*","message":"Specified api is not found, please check your url and method."}"#;

#[tokio::test]
async fn an_app_keeps_its_token_and_every_use_extends_its_life() {
    let rig = Rig::start().await;
    let reply = rig.post_json("/v1.0/oauth2/accessToken", json!({"appKey": APP, "appSecret": SECRET})).await;
    reply.expect_new(200, r#"{"accessToken":"*","expireIn":7200}"#);
    let first = reply.text("accessToken");
    rig.sim.advance_clock(Duration::from_secs(7000));
    assert_eq!(rig.app_token(APP, SECRET).await, first);
    rig.sim.advance_clock(Duration::from_secs(7000));
    assert_eq!(rig.app_token(APP, SECRET).await, first, "extended");
    assert_ne!(rig.app_token(BARE_APP, BARE_SECRET).await, first, "another app, another token");
    rig.sim.advance_clock(Duration::from_secs(7201));
    assert_ne!(rig.app_token(APP, SECRET).await, first, "expired");
}

#[tokio::test]
async fn the_new_form_refuses_what_is_wrong() {
    let rig = Rig::start().await;
    let path = "/v1.0/oauth2/accessToken";
    rig.post_json(path, json!({"appKey": APP, "appSecret": "wrong"})).await.expect_new(400, BAD_CLIENT);
    rig.post_json(path, json!({"appKey": APP})).await.expect_new(
        400,
        r#"{"code":"MissingappSecret","requestid":"*","message":"appSecret is mandatory for this action."}"#,
    );
    send(rig.post_form(path, &[("appKey", APP), ("appSecret", SECRET)]))
        .await
        .expect_new(400, r#"{"code":"Missingbody","requestid":"*","message":"body is mandatory for this action."}"#);
    send(rig.get(path)).await.expect_new(404, NO_SUCH_API);
}

#[tokio::test]
async fn the_form_with_the_organisation_has_errors_of_its_own() {
    let rig = Rig::start().await;
    let ask = |corp: &str, secret: &str, grant: &str| {
        let body = json!({"client_id": APP, "client_secret": secret, "grant_type": grant});
        let path = format!("/v1.0/oauth2/{corp}/token");
        let rig = &rig;
        async move { rig.post_json(&path, body).await }
    };
    ask(CORP, SECRET, "client_credentials").await.expect_new(200, r#"{"access_token":"*","expires_in":7200}"#);
    ask(CORP, "wrong", "client_credentials")
        .await
        .expect_new(400, r#"{"requestid":"*","code":"invalid.client","message":"invalid.client"}"#);
    ask(CORP, SECRET, "password")
        .await
        .expect_new(400, r#"{"requestid":"*","code":"unsupported.grant.type","message":"unsupported.grant.type"}"#);
    ask(OTHER_CORP, SECRET, "client_credentials")
        .await
        .expect_new(401, r#"{"requestid":"*","code":"unauthorized.client","message":"unauthorized.client"}"#);
    ask("nonsense", SECRET, "client_credentials")
        .await
        .expect_new(500, r#"{"requestid":"*","code":"unknownError","message":"未知错误"}"#);
}

#[tokio::test]
async fn the_legacy_form_answers_200_whatever_happens() {
    let rig = Rig::start().await;
    let ask = |query: String| {
        let request = rig.get(&format!("/gettoken{query}"));
        async move { send(request).await }
    };
    let ok = ask(format!("?appkey={APP}&appsecret={SECRET}")).await;
    ok.expect(200, "application/json", r#"{"errcode":0,"access_token":"*","errmsg":"ok","expires_in":7200}"#);
    assert_eq!(ok.text("access_token"), rig.app_token(APP, SECRET).await, "one token for both families");

    let refused = [
        (format!("?appkey={APP}&appsecret=wrong"), r#"{"errcode":40096,"errmsg":"不合法的appKey或appSecret"}"#),
        (format!("?appkey={APP}"), r#"{"errcode":40035,"errmsg":"不合法的参数"}"#),
        (String::new(), r#"{"errcode":40035,"errmsg":"不合法的参数"}"#),
        (format!("?corpid={CORP}&corpsecret=x"), r#"{"errcode":40089,"errmsg":"不合法的corpid或corpsecret"}"#),
    ];
    for (query, body) in refused {
        ask(query).await.expect(200, "application/json", body);
    }
    send(rig.post("/gettoken")).await.expect(200, "application/json", r#"{"errcode":43001,"errmsg":"需要GET请求"}"#);

    rig.sim.update_app(APP, |app| app.allowed_ips = vec!["203.0.113.7".parse().unwrap()]).unwrap();
    let body = format!(r#"{{"errcode":60020,"errmsg":"访问ip不在白名单之中，request ip=127.0.0.1 appKey({APP})"}}"#);
    ask(format!("?appkey={APP}&appsecret={SECRET}")).await.expect(200, "application/json", &body);
}

#[tokio::test]
async fn other_paths_of_the_new_api_are_not_found() {
    let rig = Rig::start().await;
    for path in
        ["/v1.0/", "/v1.0/oauth2", "/v1.0/oauth2/userAccessToken/", "/v1.0/contact/users/", "/v1.0/contact/users/me/x"]
    {
        send(rig.get(path)).await.expect_new(404, NO_SUCH_API);
    }
    for path in ["/v1.0/oauth2/useraccesstoken", "/v1.0/contact/users/me", "/v1.0/gateway/connections/open"] {
        rig.post_json(path, json!({})).await.expect_new(404, NO_SUCH_API);
    }
    assert_eq!(send(rig.get("/favicon.ico")).await.status, 404);
}
