//! Faults of endpoints: waiting, cutting, answering wrongly.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use dingtalk_simulator::{Endpoint, Fault, Preset, Reset};
use futures_util::StreamExt;
use serde_json::json;

use super::support::{APP, JSON_NEW, JSON_TOPAPI, Reply, Rig, SECRET, send};

async fn exchange(rig: &Rig, code: &str) -> Reply {
    rig.post_json("/v1.0/oauth2/userAccessToken", exchange_body(code)).await
}

fn exchange_body(code: &str) -> serde_json::Value {
    json!({"clientId": APP, "clientSecret": SECRET, "code": code, "grantType": "authorization_code"})
}

#[tokio::test]
async fn presets_take_the_shape_of_their_endpoint() {
    let rig = Rig::start().await;
    let forbidden = |code: &str, text: &str| {
        format!(r#"{{"code":"Forbidden.AccessDenied.{code}","requestid":"*","message":"{text}"}}"#)
    };
    let wrapped = |code: &str, text: &str| {
        format!(
            r#"{{"errcode":88,"sub_code":"{code}","sub_msg":"{text}","errmsg":"ding talk error[subcode={code},submsg={text}]","request_id":"*"}}"#
        )
    };
    let new = [
        (Preset::QpsApp, 403, forbidden("QpsLimitForAppkeyAndApi", "应用调用该接口的频率超过限制，请稍后再试")),
        (Preset::QpsApi, 403, forbidden("QpsLimitForApi", "接口调用频率超过限制，请稍后再试")),
        (Preset::QpmApp, 403, forbidden("QpmLimitForAppkeyAndApi", "应用每分钟调用该接口的次数超过限制，请稍后再试")),
        (Preset::MonthlyQuota, 403, forbidden("ApiCountLimitForOrg", "企业本月调用接口的次数已达上限")),
        (Preset::IpNotAllowed, 403, forbidden("IpNotInWhiteList", "访问ip不在白名单之中，request ip=192.0.2.1")),
        (
            Preset::TokenExpired,
            400,
            r#"{"code":"accesstoken.expired","requestid":"*","message":"access_token已过期"}"#.to_owned(),
        ),
        (
            Preset::TokenInvalid,
            400,
            r#"{"code":"InvalidAuthentication","requestid":"*","message":"不合法的access_token"}"#.to_owned(),
        ),
        (
            Preset::CodeNotFound,
            400,
            r#"{"requestid":"*","code":"invalidParameter.authCode.notFound","message":"不合法的临时授权码"}"#
                .to_owned(),
        ),
        (
            Preset::BadCredentials,
            400,
            r#"{"requestid":"*","code":"invalidClientIdOrSecret","message":"无效的clientId或者clientSecret"}"#
                .to_owned(),
        ),
        (
            Preset::NoSuchUser,
            404,
            r#"{"requestid":"*","code":"invalidParameter.user.notFound","message":"找不到该用户"}"#.to_owned(),
        ),
        (Preset::ServerError, 500, r#"{"requestid":"*","code":"unknownError","message":"未知错误"}"#.to_owned()),
        (Preset::Empty, 200, String::new()),
        (Preset::EmptyObject, 200, "{}".to_owned()),
        (Preset::BadJson, 200, r#"{"errcode":0,"accessToken":"4f"#.to_owned()),
    ];
    for (preset, status, body) in new {
        rig.sim.fault(Endpoint::UserAccessToken, Fault::next(1).preset(preset));
        let reply = exchange(&rig, "x").await;
        let body_now = if preset == Preset::BadJson { reply.raw.clone() } else { reply.body() };
        assert_eq!((reply.status, reply.content_type.as_str(), body_now), (status, JSON_NEW, body), "{preset:?}");
    }
    let legacy = [
        (Preset::QpsApp, wrapped("90018", "应用调用该接口的频率超过限制，请稍后再试")),
        (Preset::QpsApi, wrapped("90002", "您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用了")),
        (Preset::MonthlyQuota, wrapped("90020", "企业本月调用接口的次数已达上限")),
        (Preset::TokenExpired, wrapped("42001", "access_token超时")),
        (Preset::TokenInvalid, wrapped("40014", "不合法的access_token")),
        (Preset::GatewayTimeout, wrapped("", "")),
        (Preset::CodeNotFound, r#"{"errcode":40078,"errmsg":"不存在的临时授权码","request_id":"*"}"#.to_owned()),
        (
            Preset::BadCredentials,
            r#"{"errcode":40096,"errmsg":"不合法的appKey或appSecret","request_id":"*"}"#.to_owned(),
        ),
        (Preset::NoSuchUser, r#"{"errcode":60121,"errmsg":"找不到该用户","request_id":"*"}"#.to_owned()),
        (Preset::OutOfRange, r#"{"errcode":50002,"errmsg":"员工不在权限范围","request_id":"*"}"#.to_owned()),
        (Preset::IpNotAllowed, wrapped("60020", "访问ip不在白名单之中，request ip=192.0.2.1")),
        (Preset::ServerError, r#"{"errcode":-1,"errmsg":"系统繁忙","request_id":"*"}"#.to_owned()),
        (
            Preset::BackendTimeout,
            r#"{"errcode":15,"errmsg":"isp.top-remote-connection-timeout","request_id":"*"}"#.to_owned(),
        ),
    ];
    for (preset, body) in legacy {
        rig.sim.fault(Endpoint::UserGet, Fault::next(1).preset(preset));
        rig.post_json("/topapi/v2/user/get", json!({})).await.expect(200, JSON_TOPAPI, &body);
    }
    rig.sim.fault(Endpoint::GetToken, Fault::next(1).preset(Preset::QpsApp));
    let bare = r#"{"errcode":90018,"errmsg":"应用调用该接口的频率超过限制，请稍后再试"}"#;
    send(rig.get("/gettoken")).await.expect(200, "application/json", bare);
}

#[tokio::test]
async fn gateways_that_speak_for_themselves() {
    let rig = Rig::start().await;
    rig.sim.fault(None, Fault::next(1).preset(Preset::GatewayTimeout));
    let timeout = exchange(&rig, "x").await;
    assert_eq!((timeout.status, timeout.raw.as_str()), (504, ""));
    rig.sim.fault(None, Fault::next(2).preset(Preset::X5Json));
    for path in ["/v1.0/contact/users/me", "/gettoken"] {
        let flood = send(rig.get(path)).await;
        assert!(
            flood.raw.starts_with(r#"{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":""#),
            "{}",
            flood.raw
        );
    }
    rig.sim.fault(None, Fault::next(1).preset(Preset::X5Html));
    let page = exchange(&rig, "x").await;
    assert_eq!((page.status, page.content_type.as_str()), (200, "text/html;charset=utf-8"));
}

#[tokio::test]
async fn faults_with_a_number_come_first_and_run_out() {
    let rig = Rig::start().await;
    rig.sim.fault(Endpoint::GetToken, Fault::always().answer(500, "text/plain", "always"));
    rig.sim.fault(Endpoint::GetToken, Fault::next(2).answer(503, "text/plain", "twice"));
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(send(rig.get("/gettoken")).await.raw);
    }
    assert_eq!(seen, ["twice", "twice", "always", "always"]);
    assert_eq!(exchange(&rig, "x").await.status, 400, "other endpoints are left alone");
    rig.sim.clear_faults();
    assert_eq!(send(rig.get("/gettoken")).await.status, 200);
}

#[tokio::test]
async fn the_work_can_be_done_although_the_answer_is_lost() {
    let rig = Rig::start().await;
    let code = rig.sim.oauth_code(APP, "lin", None).unwrap();
    rig.sim.fault(Endpoint::UserAccessToken, Fault::next(1).preset(Preset::GatewayTimeout));
    assert_eq!(exchange(&rig, &code).await.status, 504);
    rig.sim.fault(Endpoint::UserAccessToken, Fault::next(1).preset(Preset::GatewayTimeout).work_first());
    assert_eq!(exchange(&rig, &code).await.status, 504);
    assert_eq!(exchange(&rig, &code).await.status, 400, "the second failure had spent the code");
}

#[tokio::test]
async fn slow_answers() {
    let rig = Rig::start().await;
    rig.sim.fault(Endpoint::GetToken, Fault::next(1).delay(Duration::from_millis(200)));
    let start = Instant::now();
    assert_eq!(send(rig.get("/gettoken")).await.json()["errcode"], 40035, "late, and otherwise right");
    assert!(start.elapsed() >= Duration::from_millis(200));

    rig.sim.fault(
        Endpoint::GetToken,
        Fault::next(1).answer(200, "application/json", "{\"a\":1}").drip(Duration::from_millis(20)),
    );
    let start = Instant::now();
    let response = rig.get("/gettoken").send().await.unwrap();
    let pieces: Vec<_> = response.bytes_stream().map(|piece| piece.unwrap()).collect().await;
    assert!(start.elapsed() >= Duration::from_millis(7 * 20) && pieces.len() > 1, "{} pieces", pieces.len());
    assert_eq!(pieces.concat(), b"{\"a\":1}");
}

#[tokio::test]
async fn huge_answers() {
    let rig = Rig::start().await;
    rig.sim.fault(Endpoint::GetToken, Fault::next(1).huge(10_000_000));
    let reply = send(rig.get("/gettoken")).await;
    assert_eq!((reply.status, reply.raw.len()), (200, 10_000_000));
}

#[tokio::test]
async fn held_requests_end_without_an_answer() {
    let rig = Rig::start().await;
    rig.sim.fault(Endpoint::GetToken, Fault::next(1).hold(Duration::from_millis(100)));
    let start = Instant::now();
    rig.get("/gettoken").send().await.unwrap_err();
    assert!(start.elapsed() >= Duration::from_millis(100));
    assert_eq!(rig.sim.requests().last().unwrap().status, None);
}

/// Sends a request by hand and says how reading the answer ended.
fn by_hand(rig: &Rig, head: &str) -> std::io::Result<usize> {
    let mut stream = TcpStream::connect(rig.sim.address()).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.read(&mut [0; 64])
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_reset_before_or_after_reading() {
    let rig = Rig::start().await;
    rig.sim.fault(Endpoint::UserAccessToken, Fault::next(1).reset(Reset::BeforeReading));
    let head = "POST /v1.0/oauth2/userAccessToken HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n";
    let error = by_hand(&rig, head).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset, "although the body never came");

    rig.sim.fault(Endpoint::UserAccessToken, Fault::next(1).reset(Reset::AfterReading));
    let error = by_hand(&rig, &format!("{head}12345")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);

    let code = rig.sim.oauth_code(APP, "lin", None).unwrap();
    rig.sim.fault(Endpoint::UserAccessToken, Fault::next(1).reset(Reset::AfterReading).work_first());
    rig.post("/v1.0/oauth2/userAccessToken").json(&exchange_body(&code)).send().await.unwrap_err();
    assert_eq!(exchange(&rig, &code).await.status, 400, "spent");
}

#[tokio::test]
async fn requests_gather_at_a_barrier() {
    let rig = Rig::start().await;
    rig.sim.fault(Endpoint::GetToken, Fault::always().barrier("gate"));
    let barrier = rig.sim.barrier("gate");
    let requests = futures_util::future::join_all((0..20).map(|_| send(rig.get("/gettoken"))));
    let release = async {
        assert!(barrier.wait_for(20).await);
        assert_eq!(barrier.waiting(), 20);
        barrier.release();
    };
    let (replies, ()) = tokio::join!(requests, release);
    assert!(replies.iter().all(|reply| reply.status == 200));
    assert_eq!(barrier.waiting(), 0);

    rig.sim.clear_faults();
    rig.sim.fault(Endpoint::GetToken, Fault::always().barrier("five").release_at(5));
    let five = futures_util::future::join_all((0..5).map(|_| send(rig.get("/gettoken")))).await;
    assert_eq!(five.len(), 5, "the fifth opened it for all");
}

#[tokio::test]
async fn a_client_that_hangs_up_leaves_the_barrier() {
    let rig = Rig::start().await;
    rig.sim.fault(Endpoint::GetToken, Fault::always().barrier("gate"));
    let barrier = rig.sim.barrier("gate");
    let patience = tokio::time::timeout(Duration::from_millis(100), rig.get("/gettoken").send());
    assert!(patience.await.is_err());
    for _ in 0..200 {
        if barrier.waiting() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("still {} at the barrier", barrier.waiting());
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_requests_do_not_wait_for_each_other() {
    let rig = Rig::start().await;
    rig.sim.fault(Endpoint::GetToken, Fault::always().delay(Duration::from_millis(300)));
    let start = Instant::now();
    let replies = futures_util::future::join_all((0..500).map(|_| send(rig.get("/gettoken")))).await;
    assert!(replies.iter().all(|reply| reply.status == 200));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let rig = Rig::start().await;
    assert_eq!(send(rig.post("/topapi/v2/user/get").body("x".repeat(300_000))).await.status, 413);
}
