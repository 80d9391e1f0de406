//! `GET /v1.0/contact/users/{me|unionId}` (protocol section 3).

use std::time::Duration;

use dingtalk_simulator::Permission;

use super::support::{
    APP, BARE_APP, BARE_SECRET, OTHER_APP, OTHER_SECRET, Reply, Rig, SECRET, VENDOR_APP, VENDOR_SECRET, send,
};

const INVALID: &str = r#"{"code":"InvalidAuthentication","requestid":"*","message":"不合法的access_token"}"#;
const NO_HEADER: &str = r#"{"code":"AuthenticationFailed.MissingParameter","requestid":"*","message":"缺少参数：x-acs-dingtalk-access-token"}"#;
const DENIED: &str = r#"{"code":"Forbidden.AccessDenied.AccessTokenPermissionDenied","requestid":"*","message":"没有调用该接口的权限，接口权限申请参考：https://open.dingtalk.com/document/orgapp-server/add-api-permission","accessdenieddetail":{"requiredScopes":["Contact.User.Read"]}}"#;

async fn profile(rig: &Rig, token: &str, who: &str) -> Reply {
    send(rig.get(&format!("/v1.0/contact/users/{who}")).header("X-Acs-DingTalk-Access-Token", token)).await
}

async fn me(rig: &Rig, person: &str) -> Reply {
    profile(rig, &rig.user_token(person).await, "me").await
}

#[tokio::test]
async fn the_profile_has_what_is_there_and_leaves_out_what_is_not() {
    let rig = Rig::start().await;
    me(&rig, "lin").await.expect_new(
        200,
        r#"{"nick":"林小满","unionId":"DemoLin0001iEiE","openId":"lindingdemoclient0001iEiE","avatarUrl":"https://static.example/avatars/lin.png","mobile":"13900000001","stateCode":"86","email":"lin@mail.example","visitor":false}"#,
    );
    let rows = [
        ("amy", r#""mobile":"2025550103","stateCode":"1","visitor":false}"#),
        ("silent", r#""openId":"silentdingdemoclient0001iEiE","visitor":false}"#),
        ("plain", r#""mobile":"13900000008","visitor":false}"#),
        ("visitor", r#""stateCode":"86","visitor":true}"#),
        ("both", r#""stateCode":"86","visitor":false}"#),
    ];
    for (person, ending) in rows {
        let reply = me(&rig, person).await;
        assert!(reply.raw.ends_with(ending), "{person}: {}", reply.raw);
        assert!(!reply.raw.contains("null"), "{person}");
    }
    let markup = me(&rig, "markup").await;
    assert_eq!(markup.text("nick"), r#"<b>Bob</b> & "Co" <script>alert(1)</script>"#);
    assert!(markup.raw.contains("https://static"), "no escaped slashes here");
}

#[tokio::test]
async fn the_phone_is_a_permission_of_its_own() {
    let rig = Rig::start().await;
    let bare = profile(&rig, &rig.user_token_of(BARE_APP, BARE_SECRET, "lin").await, "me").await;
    assert!(!bare.raw.contains("mobile") && !bare.raw.contains("stateCode"), "{}", bare.raw);
    rig.sim.update(|scenario| scenario.quirks.state_code_without_mobile = true).unwrap();
    let bare = profile(&rig, &rig.user_token_of(BARE_APP, BARE_SECRET, "lin").await, "me").await;
    assert!(!bare.raw.contains("mobile") && bare.raw.contains(r#""stateCode":"86""#), "{}", bare.raw);

    let vendor = profile(&rig, &rig.user_token_of(VENDOR_APP, VENDOR_SECRET, "lin").await, "me").await;
    assert_eq!(vendor.text("mobile"), "139****0001");
}

#[tokio::test]
async fn a_missing_permission_and_an_app_token_get_the_same_403() {
    let rig = Rig::start().await;
    profile(&rig, &rig.app_token(APP, SECRET).await, "me").await.expect_new(403, DENIED);
    let token = rig.user_token("lin").await;
    rig.sim.set_permissions(APP, [Permission::ContactUserMobile]).unwrap();
    profile(&rig, &token, "me").await.expect_new(403, DENIED);
    rig.sim.set_permissions(APP, [Permission::ContactUserRead]).unwrap();
    assert_eq!(profile(&rig, &token, "me").await.status, 200);
}

#[tokio::test]
async fn a_token_counts_in_its_own_header_only() {
    let rig = Rig::start().await;
    let token = rig.user_token("lin").await;
    send(rig.get("/v1.0/contact/users/me")).await.expect_new(400, NO_HEADER);
    send(rig.get("/v1.0/contact/users/me").bearer_auth(&token)).await.expect_new(400, NO_HEADER);
    send(rig.get(&format!("/v1.0/contact/users/me?access_token={token}"))).await.expect_new(400, NO_HEADER);
    profile(&rig, "garbage", "me").await.expect_new(400, INVALID);
    rig.sim.advance_clock(Duration::from_secs(7201));
    profile(&rig, &token, "me").await.expect_new(400, INVALID);
}

#[tokio::test]
async fn others_are_found_by_union_id_which_differs_between_organisations() {
    let rig = Rig::start().await;
    let token = rig.user_token("lin").await;
    assert_eq!(profile(&rig, &token, "DemoZhou0002iEiE").await.text("nick"), "周正");
    profile(&rig, &token, "nobody")
        .await
        .expect_new(404, r#"{"requestid":"*","code":"invalidParameter.user.notFound","message":"找不到该用户"}"#);
    assert_eq!(profile(&rig, &token, "OtherBoth0002iEiE").await.status, 404, "another organisation's id");

    let other = rig.user_token_of(OTHER_APP, OTHER_SECRET, "both").await;
    let reply = profile(&rig, &other, "me").await;
    assert_eq!(reply.text("unionId"), "OtherBoth0002iEiE");
    assert_eq!(reply.text("openId"), "bothdingotherclient0004iEiE");
}

#[tokio::test]
async fn a_person_can_be_changed_while_signed_in() {
    let rig = Rig::start().await;
    let token = rig.user_token("lin").await;
    rig.sim.update_person("lin", |lin| lin.phone.as_mut().unwrap().number = "13900000099".to_owned()).unwrap();
    assert_eq!(profile(&rig, &token, "me").await.text("mobile"), "13900000099");
}
