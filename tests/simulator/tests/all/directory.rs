//! Questions about the directory: what the app may see, who has a number, who had another union id.

use dingtalk_simulator::{Endpoint, Fault, Permission, Preset};
use serde_json::{Value, json};

use super::support::{APP, BARE_APP, BARE_SECRET, CORP, Reply, Rig, SECRET, send};

const NO_USER: &str = r#"{"errcode":60121,"errmsg":"找不到该用户","request_id":"*"}"#;

async fn scopes(rig: &Rig, token: &str) -> Reply {
    send(rig.get(&format!("/auth/scopes?access_token={token}"))).await
}

async fn by_mobile(rig: &Rig, body: Value) -> Reply {
    let token = rig.app_token(APP, SECRET).await;
    rig.post_json(&format!("/topapi/v2/user/getbymobile?access_token={token}"), body).await
}

async fn account(rig: &Rig, question: &str, token: &str) -> Reply {
    let request = rig.get(&format!("/v1.0/contact/orgAccount/{question}"));
    send(request.header("x-acs-dingtalk-access-token", token)).await
}

#[tokio::test]
async fn an_app_is_told_what_it_may_see() {
    let rig = Rig::start().await;
    let token = rig.app_token(APP, SECRET).await;
    scopes(&rig, &token).await.expect(
        200,
        "application/json",
        r#"{"errcode":0,"errmsg":"ok","auth_user_field":["name","avatar","mobile","email"],"condition_field":[],"auth_org_scopes":{"authed_user":[],"authed_dept":[1]}}"#,
    );
    rig.sim.update_app(APP, |app| app.contact_departments = Some(vec![919_000_002])).unwrap();
    assert_eq!(scopes(&rig, &token).await.json()["auth_org_scopes"]["authed_dept"], json!([919_000_002]));
    let bare = rig.app_token(BARE_APP, BARE_SECRET).await;
    assert_eq!(scopes(&rig, &bare).await.json()["auth_user_field"], json!(["name", "avatar"]));
}

#[tokio::test]
async fn the_errors_of_scopes_are_bare() {
    let rig = Rig::start().await;
    let token = rig.app_token(APP, SECRET).await;
    let expect = |reply: Reply, code: i64| {
        assert_eq!((reply.status, reply.json()["errcode"].as_i64()), (200, Some(code)), "{}", reply.raw);
        assert_eq!(reply.json().get("sub_code"), None);
    };
    expect(scopes(&rig, "garbage").await, 40014);
    expect(send(rig.get("/auth/scopes")).await, 40000);
    expect(rig.post_json(&format!("/auth/scopes?access_token={token}"), json!({})).await, 43001);
    rig.sim.fault(Endpoint::AuthScopes, Fault::next(1).preset(Preset::IpNotAllowed));
    expect(scopes(&rig, &token).await, 60020);
    rig.sim.set_permissions(APP, [Permission::GetMember]).unwrap();
    expect(scopes(&rig, &token).await, 60011);
}

#[tokio::test]
async fn members_are_found_by_their_number_in_the_directory() {
    let rig = Rig::start().await;
    by_mobile(&rig, json!({"mobile": "13900000002"})).await.expect_topapi(
        r#"{"errcode":0,"errmsg":"ok","request_id":"*","result":{"userid":"demo0002","exclusive_account_userid_list":[]}}"#,
    );
    let found =
        async |mobile: &str| by_mobile(&rig, json!({"mobile": mobile})).await.json()["result"]["userid"].clone();
    assert_eq!(found("+86-13900000002").await, "demo0002");
    assert_eq!(found("+1-2025550103").await, "demo0003");
    assert_eq!(found("+1-2025550117").await, "demo0017", "written with the country in the directory");
    assert_eq!(found("13900000019").await, "demo0009", "not the personal number");
    for nobody in ["13900000009", "2025550103", "13900000012", "13900000013", "13900000015", "139000000"] {
        by_mobile(&rig, json!({"mobile": nobody})).await.expect_topapi(NO_USER);
    }
    for wrong in ["", "139 0000 0002", "139****0007", "number"] {
        let refused = r#"{"errcode":40104,"errmsg":"无效的手机号","request_id":"*"}"#;
        by_mobile(&rig, json!({"mobile": wrong})).await.expect_topapi(refused);
    }
}

#[tokio::test]
async fn enterprise_accounts_are_found_when_asked_for() {
    let rig = Rig::start().await;
    by_mobile(&rig, json!({"mobile": "13900000024"})).await.expect_topapi(NO_USER);
    let asked = json!({"mobile": "13900000024", "support_exclusive_account_search": true});
    let result = by_mobile(&rig, asked).await.json()["result"].clone();
    assert_eq!(result, json!({"userid": "", "exclusive_account_userid_list": ["demo0024"]}));
    rig.sim.set_permissions(APP, [Permission::GetMember]).unwrap();
    let denied = by_mobile(&rig, json!({"mobile": "13900000024"})).await;
    assert_eq!(denied.json()["sub_code"], "60011");
    assert!(denied.raw.contains("qyapi_get_member_by_mobile"));
}

#[tokio::test]
async fn a_migrated_account_is_followed_both_ways() {
    let rig = Rig::start().await;
    let token = rig.app_token(APP, SECRET).await;
    account(&rig, "getUnionIdByMigrationUnionIds?migrationUnionId=DemoMigrated0024iEiE", &token)
        .await
        .expect_new(200, r#"{"unionId":"DemoBefore0024iEiE"}"#);
    account(&rig, "getMigrationUnionIdByUnionIds?unionId=DemoBefore0024iEiE", &token)
        .await
        .expect_new(200, &format!(r#"{{"migrationUnionIdList":{{"{CORP}":"DemoMigrated0024iEiE"}}}}"#));
    account(&rig, "getMigrationUnionIdByUnionIds?unionId=DemoLin0001iEiE", &token)
        .await
        .expect_new(200, r#"{"migrationUnionIdList":{}}"#);
    let path = format!("/topapi/user/getbyunionid?access_token={token}");
    rig.post_json(&path, json!({"unionid": "DemoBefore0024iEiE"})).await.expect_topapi(NO_USER);
}

#[tokio::test]
async fn accounts_that_never_moved_are_refused() {
    let rig = Rig::start().await;
    let token = rig.app_token(APP, SECRET).await;
    let error = |code: &str, text: &str| format!(r#"{{"requestid":"*","code":"{code}","message":"{text}"}}"#);
    let rows = [
        ("getUnionIdByMigrationUnionIds", error("invalid.param", "无效参数")),
        ("getUnionIdByMigrationUnionIds?migrationUnionId=nobody", error("invalid.userid", "找不到该用户")),
        (
            "getUnionIdByMigrationUnionIds?migrationUnionId=DemoLin0001iEiE",
            error("illegal.migration.unionId", "非法的migrationUnionId"),
        ),
        ("getMigrationUnionIdByUnionIds", error("invalid.unionId", "入参unionId不能为空")),
    ];
    for (question, body) in rows {
        account(&rig, question, &token).await.expect_new(400, &body);
    }
}

#[tokio::test]
async fn only_an_app_that_may_follows_accounts() {
    let rig = Rig::start().await;
    let question = "getUnionIdByMigrationUnionIds?migrationUnionId=DemoMigrated0024iEiE";
    let denied = |reply: Reply| {
        assert_eq!(reply.status, 403);
        assert!(reply.raw.contains(r#""requiredScopes":["Contact.OrgAccountMigration.Read"]"#), "{}", reply.raw);
    };
    denied(account(&rig, question, &rig.user_token("lin").await).await);
    denied(account(&rig, question, &rig.app_token(BARE_APP, BARE_SECRET).await).await);
    assert_eq!(account(&rig, question, "garbage").await.text("code"), "InvalidAuthentication");
    let nowhere = "getDingIdByMigrationDingIds?migrationDingId=x";
    assert_eq!(account(&rig, nowhere, "x").await.text("code"), "InvalidAction.NotFound");
}

#[tokio::test]
async fn staff_and_account_have_phones_of_their_own() {
    let rig = Rig::start().await;
    let token = rig.app_token(APP, SECRET).await;
    let rows = [
        ("staff-foreign", "demo0017", Some("13900000017"), Some("+1-2025550117")),
        ("staff-masked", "demo0018", Some("13900000018"), Some("139****0018")),
        ("staff-silent", "demo0020", Some("13900000020"), None),
        ("account-silent", "demo0021", None, Some("13900000021")),
        ("account-masked", "demo0022", Some("139****0022"), Some("13900000022")),
        ("account-foreign", "demo0023", Some("2025550123"), Some("13900000023")),
        ("migrated", "demo0024", None, Some("13900000024")),
    ];
    for (person, user_id, own, staff) in rows {
        let user = rig.user_token(person).await;
        let me = send(rig.get("/v1.0/contact/users/me").header("x-acs-dingtalk-access-token", &user)).await.json();
        assert_eq!(me.get("mobile").and_then(Value::as_str), own, "{person}");
        let path = format!("/topapi/v2/user/get?access_token={token}");
        let seat = rig.post_json(&path, json!({"userid": user_id})).await.json()["result"].clone();
        assert_eq!(seat.get("mobile").and_then(Value::as_str), staff, "{person}");
        assert_eq!(seat["unionid"], me["unionId"], "{person}");
    }
}
