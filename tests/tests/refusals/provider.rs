//! The provider says no, says nonsense, or says nothing.

use std::time::Duration;

use dingtalk_simulator::{Endpoint, Fault, Permission, Preset, Reset};
use gatehouse_tests::{CLIENT_ID, Reply};

use super::rows;
use super::stage::Stage;
use super::told::*;

const TOKEN: Endpoint = Endpoint::UserAccessToken;
const PROFILE: Endpoint = Endpoint::ContactUser;

rows! {
    bad_secret: CREDENTIALS, (1, 0), async |stage: &mut Stage| {
        stage.world.simulator.update_app(CLIENT_ID, |app| app.client_secret = "another-secret".into()).unwrap();
        stage.sign_in("lin").await
    };
    permission_to_read_the_profile_is_missing: PERMISSION, (1, 1), async |stage: &mut Stage| {
        let rest = [Permission::ContactUserMobile];
        stage.world.simulator.set_permissions(CLIENT_ID, rest).unwrap();
        stage.sign_in("lin").await
    };
    permission_to_read_the_phone_is_missing: NO_PHONE, (1, 1), async |stage: &mut Stage| {
        let rest = [Permission::ContactUserRead];
        stage.world.simulator.set_permissions(CLIENT_ID, rest).unwrap();
        stage.sign_in("lin").await
    };
    connection_refused: UNAVAILABLE, (0, 0), async |stage: &mut Stage| {
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", nobody.local_addr().unwrap());
        drop(nobody);
        let changed = stage.world.change_authenticator("dingtalk", &[("settings.api_url", &address)]).await;
        assert_eq!(changed.status, 303);
        stage.sign_in("lin").await
    };
    reset_before_reading: UNAVAILABLE, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().reset(Reset::BeforeReading)).await
    };
    /// UP-4: the code may be spent, so it is not sent a second time.
    reset_after_the_code_was_spent: UNAVAILABLE, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().work_first().reset(Reset::AfterReading)).await
    };
    reset_at_the_profile: UNAVAILABLE, (1, 1), async |stage: &mut Stage| {
        stage.with_fault(PROFILE, Fault::always().reset(Reset::AfterReading)).await
    };
    never_answers: SLOW, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().hold(Duration::from_secs(60))).await
    };
    drips: SLOW, (1, 1), async |stage: &mut Stage| {
        stage.with_fault(PROFILE, Fault::always().drip(Duration::from_secs(1))).await
    };
    server_error: UNAVAILABLE, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().preset(Preset::ServerError)).await
    };
    empty_504: UNAVAILABLE, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().preset(Preset::GatewayTimeout)).await
    };
    html_502: UNAVAILABLE, (1, 1), async |stage: &mut Stage| {
        let page = "<html><body>Bad gateway 13900000001</body></html>";
        stage.with_fault(PROFILE, Fault::always().answer(502, "text/html", page)).await
    };
    html_from_flood_control: BUSY, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().preset(Preset::X5Html)).await
    };
    json_from_flood_control: BUSY, (1, 1), async |stage: &mut Stage| {
        stage.with_fault(PROFILE, Fault::always().preset(Preset::X5Json)).await
    };
    app_calls_too_often: BUSY, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().preset(Preset::QpsApp)).await
    };
    /// The profile is asked for again, twice; a code never is.
    everybody_calls_too_often: BUSY, (1, 3), async |stage: &mut Stage| {
        stage.with_fault(PROFILE, Fault::always().preset(Preset::QpsApi)).await
    };
    monthly_quota_used_up: BUSY, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().preset(Preset::MonthlyQuota)).await
    };
    status_429: BUSY, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().answer(429, "text/plain", "slow down")).await
    };
    address_not_allowed: ADDRESS, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().preset(Preset::IpNotAllowed)).await
    };
    token_refused_at_the_profile: BAD_ANSWER, (1, 1), async |stage: &mut Stage| {
        stage.with_fault(PROFILE, Fault::always().preset(Preset::TokenInvalid)).await
    };
    /// UP-2.
    huge_body: BAD_ANSWER, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().huge(10 * 1024 * 1024)).await
    };
    truncated_json: BAD_ANSWER, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().preset(Preset::BadJson)).await
    };
    nothing_at_all: BAD_ANSWER, (1, 1), async |stage: &mut Stage| {
        stage.with_fault(PROFILE, Fault::always().preset(Preset::Empty)).await
    };
    token_is_missing: BAD_ANSWER, (1, 0), async |stage: &mut Stage| {
        stage.with_fault(TOKEN, Fault::always().preset(Preset::EmptyObject)).await
    };
    token_is_a_number: BAD_ANSWER, (1, 0), async |stage: &mut Stage| {
        stage.with_answer(TOKEN, r#"{"accessToken":13900000001,"expireIn":7200}"#).await
    };
    token_cannot_be_sent: BAD_ANSWER, (1, 0), async |stage: &mut Stage| {
        stage.with_answer(TOKEN, r#"{"accessToken":"a\r\nx-evil: 1","expireIn":7200}"#).await
    };
    phone_is_a_number: BAD_ANSWER, (1, 1), async |stage: &mut Stage| {
        stage.with_answer(PROFILE, r#"{"unionId":"DemoLin0001iEiE","mobile":13900000001,"stateCode":"86"}"#).await
    };
    field_comes_twice: BAD_ANSWER, (1, 1), async |stage: &mut Stage| {
        stage.with_answer(PROFILE, r#"{"unionId":"a","unionId":"b","mobile":"13900000001","stateCode":"86"}"#).await
    };
    union_id_is_missing: BAD_ANSWER, (1, 1), async |stage: &mut Stage| {
        stage.with_answer(PROFILE, r#"{"nick":"x","mobile":"13900000001","stateCode":"86"}"#).await
    };
    union_id_is_empty: BAD_ANSWER, (1, 1), async |stage: &mut Stage| {
        stage.with_answer(PROFILE, r#"{"unionId":"","mobile":"13900000001","stateCode":"86"}"#).await
    };
    /// A refusal that calls itself a success, and quotes a telephone number.
    error_with_status_200: BUSY, (1, 3), async |stage: &mut Stage| {
        stage.with_answer(PROFILE, r#"{"errcode":-1,"errmsg":"系统繁忙 13900000001","unionId":"DemoLin0001iEiE"}"#).await
    };
    /// SC-3: an answer that echoes the secret and calls it an error code.
    error_code_is_the_secret: BAD_ANSWER, (1, 0), async |stage: &mut Stage| {
        stage.with_answer(TOKEN, r#"{"code":"demo-secret-0001-not-a-real-one","message":"13900000001"}"#).await
    };
    /// OA-3: a code of an earlier attempt, in a good attempt of the same browser.
    code_used_twice: CODE_REJECTED, (1, 0), async |stage: &mut Stage| { code_of_another_attempt(stage, true).await };
}

/// Comes back with the code of another attempt, which was finished before or not.
async fn code_of_another_attempt(stage: &mut Stage, finish: bool) -> Reply {
    let first = stage.go("lin").await;
    if finish {
        assert_eq!(stage.back(&first).await.status, 303);
    }
    let second = stage.go("lin").await;
    let of = |url: &url::Url, name: &str| url.query_pairs().find(|(n, _)| n == name).unwrap().1.into_owned();
    let query = second.query().unwrap().replace(&of(&second, "code"), &of(&first, "code"));
    let mut bent = second;
    bent.set_query(Some(&query));
    stage.back(&bent).await
}
