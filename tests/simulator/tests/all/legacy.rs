//! The gateway of `topapi` (protocol sections 0.2 and 4.7): where tokens count, how errors are wrapped.

use std::time::Duration;

use dingtalk_simulator::Permission;
use serde_json::json;

use super::support::{APP, Rig, SECRET, send};

const BLANK: &str = r#"{"errcode":88,"sub_code":"40000","sub_msg":"access_token is blank","errmsg":"ding talk error[subcode=40000,submsg=access_token is blank]","request_id":"*"}"#;
const INVALID: &str = r#"{"errcode":88,"sub_code":"40014","sub_msg":"不合法的access_token","errmsg":"ding talk error[subcode=40014,submsg=不合法的access_token]","request_id":"*"}"#;
const PATHS: [&str; 3] = ["/topapi/v2/user/getuserinfo", "/topapi/v2/user/get", "/topapi/user/getbyunionid"];

#[tokio::test]
async fn a_token_counts_in_query_and_form_only() {
    let rig = Rig::start().await;
    let token = rig.app_token(APP, SECRET).await;
    for path in PATHS {
        rig.post_json(path, json!({"access_token": token})).await.expect_topapi(BLANK);
        send(rig.post(path).header("x-acs-dingtalk-access-token", &token).json(&json!({}))).await.expect_topapi(BLANK);
        rig.post_json(&format!("{path}?access_token="), json!({})).await.expect_topapi(BLANK);
        rig.post_json(&format!("{path}?access_token=garbage"), json!({})).await.expect_topapi(INVALID);
    }
    let path = "/topapi/user/getbyunionid";
    let found = r#"{"errcode":0,"errmsg":"ok","result":{"contact_type":0,"userid":"demo0001"},"request_id":"*"}"#;
    send(rig.post_form(path, &[("access_token", &token), ("unionid", "DemoLin0001iEiE")])).await.expect_topapi(found);
    send(rig.post_form(&format!("{path}?access_token={token}"), &[("unionid", "DemoLin0001iEiE")]))
        .await
        .expect_topapi(found);
}

#[tokio::test]
async fn user_tokens_and_expired_tokens_are_not_app_tokens() {
    let rig = Rig::start().await;
    let user = rig.user_token("lin").await;
    let app = rig.app_token(APP, SECRET).await;
    let ask = |token: String| {
        let rig = &rig;
        async move {
            rig.post_json(&format!("/topapi/v2/user/get?access_token={token}"), json!({"userid": "demo0001"})).await
        }
    };
    ask(user).await.expect_topapi(INVALID);
    assert_eq!(ask(app.clone()).await.json()["errcode"], 0);
    rig.sim.advance_clock(Duration::from_secs(7201));
    ask(app.clone()).await.expect_topapi(INVALID);
    rig.sim.update(|scenario| scenario.quirks.tells_expired_app_token = true).unwrap();
    assert_eq!(ask(app).await.json()["sub_code"], "42001");
}

#[tokio::test]
async fn a_missing_permission_names_itself_with_escaped_slashes() {
    let rig = Rig::start().await;
    let token = rig.app_token(APP, SECRET).await;
    rig.sim.set_permissions(APP, [Permission::ContactUserRead]).unwrap();
    for (path, scope) in PATHS.into_iter().zip(["qyapi_base", "qyapi_get_member", "qyapi_get_member"]) {
        let text = format!(
            r"应用尚未开通所需的权限：[{scope}]，点击链接申请并开通即可：https:\/\/open-dev.dingtalk.com\/appscope\/apply?content={APP}%23{scope}"
        );
        let body = format!(
            r#"{{"errcode":88,"sub_code":"60011","sub_msg":"{text}","errmsg":"ding talk error[subcode=60011,submsg={text},{{requiredScopes=[{scope}]}}]","request_id":"*"}}"#
        );
        rig.post_json(&format!("{path}?access_token={token}"), json!({})).await.expect_topapi(&body);
    }
}

#[tokio::test]
async fn an_address_that_is_not_allowed_is_wrapped() {
    let rig = Rig::start().await;
    let token = rig.app_token(APP, SECRET).await;
    rig.sim.update_app(APP, |app| app.allowed_ips = vec!["203.0.113.7".parse().unwrap()]).unwrap();
    let text = format!("访问ip不在白名单之中，request ip=127.0.0.1 appKey({APP})");
    let body = format!(
        r#"{{"errcode":88,"sub_code":"60020","sub_msg":"{text}","errmsg":"ding talk error[subcode=60020,submsg={text}]","request_id":"*"}}"#
    );
    rig.post_json(&format!("/topapi/v2/user/get?access_token={token}"), json!({})).await.expect_topapi(&body);
}

#[tokio::test]
async fn unknown_apis_and_wrong_methods() {
    let rig = Rig::start().await;
    let body = r#"{"errcode":22,"sub_msg":"不合法ApiName，ApiName = dingtalk.oapi.v2.user.notexist","errmsg":"Invalid method[submsg=不合法ApiName，ApiName = dingtalk.oapi.v2.user.notexist]","request_id":"*"}"#;
    rig.post_json("/topapi/v2/user/notexist", json!({})).await.expect_topapi(body);
    for path in PATHS {
        send(rig.get(path)).await.expect_topapi(r#"{"errcode":43002,"errmsg":"需要POST请求","request_id":"*"}"#);
    }
}
