//! Members on `oapi` (protocol sections 4.4 to 4.6).

use std::time::Duration;

use dingtalk_simulator::Permission;
use serde_json::{Value, json};

use super::support::{APP, BARE_APP, BARE_SECRET, OTHER_APP, OTHER_SECRET, Reply, Rig, SECRET};

const NO_USER: &str = r#"{"errcode":60121,"errmsg":"找不到该用户","request_id":"*"}"#;
const NO_CODE: &str = r#"{"errcode":40078,"errmsg":"不存在的临时授权码","request_id":"*"}"#;

async fn ask(rig: &Rig, path: &str, body: Value) -> Reply {
    let token = rig.app_token(APP, SECRET).await;
    rig.post_json(&format!("/topapi/{path}?access_token={token}"), body).await
}

async fn user_info(rig: &Rig, code: &str) -> Reply {
    ask(rig, "v2/user/getuserinfo", json!({"code": code})).await
}

async fn user(rig: &Rig, user_id: &str) -> Reply {
    ask(rig, "v2/user/get", json!({"userid": user_id, "language": "zh_CN"})).await
}

async fn by_union_id(rig: &Rig, union_id: &str) -> Reply {
    ask(rig, "user/getbyunionid", json!({"unionid": union_id})).await
}

#[tokio::test]
async fn an_in_client_code_leads_to_a_member() {
    let rig = Rig::start().await;
    let code = rig.sim.jsapi_code(APP, "zhou").unwrap();
    user_info(&rig, &code).await.expect_topapi(
        r#"{"errcode":0,"errmsg":"ok","request_id":"*","result":{"userid":"demo0002","unionid":"DemoZhou0002iEiE","associated_unionid":"DemoZhou0002iEiEassoc","device_id":"00000000000000000000000000000004","name":"周正","sys":true,"sys_level":1}}"#,
    );
    user_info(&rig, &code).await.expect_topapi(NO_CODE);
}

#[tokio::test]
async fn in_client_codes_are_bound_like_the_others() {
    let rig = Rig::start().await;
    user_info(&rig, "fake").await.expect_topapi(NO_CODE);
    let oauth = rig.sim.oauth_code(APP, "lin", None).unwrap();
    user_info(&rig, &oauth).await.expect_topapi(NO_CODE);
    let foreign = rig.sim.jsapi_code(BARE_APP, "lin").unwrap();
    user_info(&rig, &foreign).await.expect_topapi(NO_CODE);
    let stale = rig.sim.jsapi_code(APP, "lin").unwrap();
    rig.sim.advance_clock(Duration::from_secs(300));
    user_info(&rig, &stale).await.expect_topapi(NO_CODE);
    ask(&rig, "v2/user/getuserinfo", json!({}))
        .await
        .expect_topapi(r#"{"errcode":41026,"errmsg":"需要tmp_auth_code","request_id":"*"}"#);
    for outsider in ["stranger", "leaver", "guest", "visitor"] {
        let code = rig.sim.jsapi_code(APP, outsider).unwrap();
        user_info(&rig, &code).await.expect_topapi(r#"{"errcode":40079,"errmsg":"不存在的授权信息","request_id":"*"}"#);
    }
}

#[tokio::test]
async fn a_member_in_full() {
    let rig = Rig::start().await;
    user(&rig, "demo0001").await.expect_topapi(
        r#"{"errcode":0,"errmsg":"ok","request_id":"*","result":{"userid":"demo0001","unionid":"DemoLin0001iEiE","name":"林小满","avatar":"https:\/\/static.example\/avatars\/lin.png","active":true,"admin":false,"boss":false,"senior":false,"real_authed":true,"exclusive_account":false,"hide_mobile":false,"mobile":"13900000001","state_code":"86","email":"","org_email":"lin@galaxy.example","job_number":"0001","title":"工程师","telephone":"","remark":"","work_place":"","hired_date":1597573616828,"create_time":"2024-07-15T07:05:43.000Z","dept_id_list":[919000001],"dept_order_list":[{"dept_id":919000001,"order":179997318850453160}],"leader_in_dept":[{"dept_id":919000001,"leader":false}],"role_list":[{"id":4065000001,"name":"员工","group_name":"默认"}],"union_emp_ext":{}}}"#,
    );
    let silent = user(&rig, "demo0006").await;
    assert!(
        silent
            .raw
            .ends_with(r#""exclusive_account_type":"sso","login_id":"shenmo@galaxy.example","nickname":"沈默"}}"#)
    );
    assert_eq!(silent.json()["result"].get("mobile"), None);
    assert_eq!(user(&rig, "demo0011").await.json()["result"]["active"], false);
    assert_eq!(user(&rig, "demo0009").await.json()["result"]["mobile"], "13900000019", "the directory's number");
}

#[tokio::test]
async fn phone_and_mail_of_members_are_permissions_of_their_own() {
    let rig = Rig::start().await;
    let token = rig.app_token(BARE_APP, BARE_SECRET).await;
    let path = format!("/topapi/v2/user/get?access_token={token}");
    let result = rig.post_json(&path, json!({"userid": "demo0001"})).await.json()["result"].clone();
    for absent in ["mobile", "state_code", "email", "remark", "work_place"] {
        assert_eq!(result.get(absent), None, "{absent}");
    }
    rig.sim.set_permissions(BARE_APP, [Permission::GetMember, Permission::StaffMobile]).unwrap();
    let result = rig.post_json(&path, json!({"userid": "demo0001"})).await.json()["result"].clone();
    assert_eq!((result["mobile"].as_str(), result.get("email")), (Some("13900000001"), None));
}

#[tokio::test]
async fn whoever_is_not_a_member_is_not_found() {
    let rig = Rig::start().await;
    for user_id in ["nobody", "demo0012", "demo0013", "other0001"] {
        user(&rig, user_id).await.expect_topapi(NO_USER);
    }
    for union_id in ["nobody", "DemoLeaver0012iEiE", "DemoStranger0015iEiE", "DemoVisitor0014iEiE"] {
        by_union_id(&rig, union_id).await.expect_topapi(NO_USER);
    }
    rig.sim.update_person("lin", |lin| lin.memberships.clear()).unwrap();
    by_union_id(&rig, "DemoLin0001iEiE").await.expect_topapi(NO_USER);
}

#[tokio::test]
async fn an_external_contact_is_found_and_marked() {
    let rig = Rig::start().await;
    let body = |kind: u8, id: &str| {
        format!(r#"{{"errcode":0,"errmsg":"ok","result":{{"contact_type":{kind},"userid":"{id}"}},"request_id":"*"}}"#)
    };
    by_union_id(&rig, "DemoLin0001iEiE").await.expect_topapi(&body(0, "demo0001"));
    by_union_id(&rig, "DemoGuest0013iEiE").await.expect_topapi(&body(1, "demo0013"));

    let token = rig.app_token(OTHER_APP, OTHER_SECRET).await;
    let path = format!("/topapi/user/getbyunionid?access_token={token}");
    rig.post_json(&path, json!({"unionid": "OtherBoth0002iEiE"})).await.expect_topapi(&body(0, "other0002"));
    rig.post_json(&path, json!({"unionid": "DemoBoth0016iEiE"})).await.expect_topapi(NO_USER);
}

#[tokio::test]
async fn parameters_are_checked() {
    let rig = Rig::start().await;
    let params = r#"{"errcode":400002,"errmsg":"无效的参数","request_id":"*"}"#;
    ask(&rig, "v2/user/get", json!({})).await.expect_topapi(params);
    ask(&rig, "user/getbyunionid", json!({"unionid": ""})).await.expect_topapi(params);
    let bad_id = r#"{"errcode":33012,"errmsg":"无效的USERID","request_id":"*"}"#;
    user(&rig, "").await.expect_topapi(bad_id);
    user(&rig, &"x".repeat(65)).await.expect_topapi(bad_id);
}

#[tokio::test]
async fn an_app_sees_its_range_only() {
    let rig = Rig::start().await;
    rig.sim.update_app(APP, |app| app.contact_departments = Some(vec![919_000_002])).unwrap();
    user(&rig, "demo0001").await.expect_topapi(r#"{"errcode":50002,"errmsg":"员工不在权限范围","request_id":"*"}"#);
    let code = rig.sim.jsapi_code(APP, "lin").unwrap();
    assert_eq!(user_info(&rig, &code).await.json()["errcode"], 40079);
    rig.sim.update_app(APP, |app| app.contact_departments = Some(vec![919_000_001])).unwrap();
    assert_eq!(user(&rig, "demo0001").await.json()["errcode"], 0);
}
