//! The interface under `/_sim/` and its console.

use dingtalk_simulator::Endpoint;
use reqwest::Method;
use serde_json::{Value, json};

use super::support::{APP, CALLBACK, CORP, Reply, Rig, SECRET, send};

async fn call(rig: &Rig, method: Method, path: &str, body: Value) -> Reply {
    send(rig.http.request(method, rig.url(path)).json(&body)).await
}

#[tokio::test]
async fn counters_count_and_are_reset() {
    let rig = Rig::start().await;
    rig.app_token(APP, SECRET).await;
    send(rig.get("/gettoken")).await;
    let counters = send(rig.get("/_sim/counters")).await.json();
    assert_eq!(
        (&counters["app_access_token"], &counters["get_token"], &counters["user_get"]),
        (&json!(1), &json!(1), &json!(0))
    );
    assert_eq!(rig.sim.counters().total(), 2, "the control interface does not count");
    assert_eq!(call(&rig, Method::DELETE, "/_sim/counters", json!({})).await.status, 204);
    assert_eq!(rig.sim.counters().get(Endpoint::GetToken), 0);
}

#[tokio::test]
async fn requests_are_recorded_without_secrets() {
    let rig = Rig::start().await;
    let user = rig.user_token("lin").await;
    let app = rig.app_token(APP, SECRET).await;
    send(
        rig.get("/v1.0/contact/users/me")
            .header("x-acs-dingtalk-access-token", &user)
            .header("cookie", "session=abc123"),
    )
    .await;
    send(rig.get(&format!("/gettoken?appkey={APP}&appsecret={SECRET}"))).await;
    rig.post_json(
        &format!("/topapi/v2/user/get?access_token={app}"),
        json!({"userid": "demo0001", "mobile": "13900000001"}),
    )
    .await;
    send(rig.get("/oauth2/auth?state=abc123&code=abc123")).await;
    send(rig.post("/v1.0/oauth2/accessToken").body("abc123")).await;

    let reply = send(rig.get("/_sim/requests")).await;
    for secret in [user.as_str(), &app, SECRET, "abc123", "13900000001"] {
        assert!(!reply.raw.contains(secret), "{secret} in {}", reply.raw);
    }
    let rows = reply.json();
    assert_eq!(rows.as_array().unwrap().len(), 7);
    assert_eq!(rows[0]["endpoint"], "user_access_token");
    assert_eq!(rows[0]["body"][0], json!(["clientId", APP]));
    assert_eq!(rows[0]["body"][1], json!(["clientSecret", format!("(hidden, {} characters)", SECRET.len())]));
    assert_eq!((&rows[2]["path"], &rows[2]["status"]), (&json!("/v1.0/contact/users/me"), &json!(200)));
    assert_eq!(rows[4]["query"][0], json!(["access_token", "(hidden, 32 characters)"]));
    assert_eq!(rows[6]["body"], json!([["(body)", "(6 bytes)"]]));
    assert_eq!(call(&rig, Method::DELETE, "/_sim/requests", json!({})).await.status, 204);
    assert!(rig.sim.requests().is_empty());
}

#[tokio::test]
async fn faults_are_planned_listed_and_removed() {
    let rig = Rig::start().await;
    let plan = async |body: Value| call(&rig, Method::POST, "/_sim/faults", body).await;
    assert_eq!(plan(json!({"endpoint": "get_token", "fault": {"times": 1, "preset": "qps_app"}})).await.status, 201);
    assert_eq!(
        plan(json!({"fault": {"status": 502, "body": "bad gateway", "content_type": "text/plain"}})).await.status,
        201
    );
    let listed = send(rig.get("/_sim/faults")).await.json();
    assert_eq!(listed[0], json!({"endpoint": "get_token", "left": 1, "fault": {"times": 1, "preset": "qps_app"}}));
    assert_eq!(send(rig.get("/gettoken")).await.json()["errcode"], 90018);
    assert_eq!(send(rig.get("/gettoken")).await.status, 502);
    assert_eq!(call(&rig, Method::DELETE, "/_sim/faults?endpoint=user_get", json!({})).await.status, 204);
    assert_eq!(send(rig.get("/gettoken")).await.status, 502, "planned for any endpoint, so not removed");
    assert_eq!(call(&rig, Method::DELETE, "/_sim/faults", json!({})).await.status, 204);
    assert_eq!(send(rig.get("/gettoken")).await.status, 200);

    for refused in [
        json!({"fault": {"preset": "no_such_preset"}}),
        json!({"fault": {"statu": 500}}),
        json!({"fault": {"status": 99}}),
        json!({"fault": {"times": 0}}),
        json!({"fault": {"release_at": 3}}),
        json!({"fault": {"content_type": "a\nb"}}),
        json!({"endpoint": "nowhere", "fault": {}}),
        json!([]),
    ] {
        let reply = plan(refused.clone()).await;
        assert_eq!((reply.status, reply.json()["error"].is_string()), (400, true), "{refused}");
    }
}

#[tokio::test]
async fn barriers_are_seen_and_released() {
    let rig = Rig::start().await;
    call(&rig, Method::POST, "/_sim/faults", json!({"endpoint": "get_token", "fault": {"barrier": "gate"}})).await;
    let waiting = send(rig.get("/gettoken"));
    let release = async {
        rig.sim.barrier("gate").wait_for(1).await;
        assert_eq!(send(rig.get("/_sim/barriers")).await.json(), json!({"gate": 1}));
        call(&rig, Method::POST, "/_sim/barriers/gate/release", json!({})).await
    };
    let (reply, released) = tokio::join!(waiting, release);
    assert_eq!((reply.status, released.status), (200, 204));
}

#[tokio::test]
async fn apps_are_changed() {
    let rig = Rig::start().await;
    let path = format!("/_sim/apps/{APP}");
    let urls = format!("{path}/redirect-urls");
    assert_eq!(call(&rig, Method::POST, &urls, json!({"url": "https://a.example/cb"})).await.status, 204);
    assert_eq!(rig.sim.scenario().app(APP).unwrap().redirect_urls, [CALLBACK, "https://a.example/cb"]);
    for bad in ["nonsense", "javascript:alert(1)", "https://a.example/cb#x"] {
        assert_eq!(call(&rig, Method::POST, &urls, json!({"url": bad})).await.status, 400, "{bad}");
    }
    assert_eq!(call(&rig, Method::DELETE, &urls, json!({"url": CALLBACK})).await.status, 204);
    assert_eq!(rig.sim.scenario().app(APP).unwrap().redirect_urls, ["https://a.example/cb"]);

    let permissions = json!({"permissions": ["Contact.User.Read", "fieldMobile"]});
    assert_eq!(call(&rig, Method::PUT, &format!("{path}/permissions"), permissions).await.status, 204);
    assert_eq!(rig.sim.scenario().app(APP).unwrap().permissions.len(), 2);
    let changed =
        call(&rig, Method::PATCH, &path, json!({"host_matching": true, "allowed_ips": ["203.0.113.7"]})).await;
    assert_eq!((changed.status, &changed.json()["host_matching"]), (200, &json!(true)));
    assert_eq!(call(&rig, Method::PATCH, &path, json!({"host_matchin": true})).await.status, 400);
    assert_eq!(call(&rig, Method::PATCH, "/_sim/apps/nobody", json!({})).await.status, 404);
}

#[tokio::test]
async fn people_are_changed_and_added() {
    let rig = Rig::start().await;
    let patch = json!({"phone": {"number": "13900000077"}, "email": null, "memberships": {CORP: {"left": true}}});
    let changed = call(&rig, Method::PATCH, "/_sim/people/lin", patch).await.json();
    assert_eq!(changed["phone"], json!({"number": "13900000077", "state_code": "86"}));
    assert_eq!(changed.get("email"), None);
    assert!(rig.sim.scenario().person("lin").unwrap().memberships[CORP].left);

    assert_eq!(call(&rig, Method::PATCH, "/_sim/people/lin", json!({"id": "other"})).await.status, 400);
    assert_eq!(
        call(&rig, Method::PATCH, "/_sim/people/lin", json!({"union_id": "DemoZhou0002iEiE"})).await.status,
        400
    );
    assert_eq!(call(&rig, Method::PATCH, "/_sim/people/nobody", json!({})).await.status, 404);
    assert_eq!(
        call(&rig, Method::PUT, "/_sim/people/new", json!({"nick": "New", "union_id": "New1"})).await.status,
        204
    );
    assert_eq!(rig.sim.scenario().person("new").unwrap().nick, "New");
    assert_eq!(
        call(&rig, Method::PUT, "/_sim/people/new", json!({"nick": "Newer", "union_id": "New1"})).await.status,
        204
    );
    assert_eq!(rig.sim.scenario().person("new").unwrap().nick, "Newer");
}

#[tokio::test]
async fn clock_codes_quirks_and_reset() {
    let rig = Rig::start().await;
    let code = call(&rig, Method::POST, "/_sim/codes", json!({"kind": "jsapi", "client_id": APP, "person": "lin"}))
        .await
        .text("code");
    let token = rig.app_token(APP, SECRET).await;
    let now = send(rig.get("/_sim/clock")).await.json()["now_ms"].as_u64().unwrap();
    let later = call(&rig, Method::POST, "/_sim/clock", json!({"advance_seconds": 299})).await.json()["now_ms"]
        .as_u64()
        .unwrap();
    assert!((299_000..310_000).contains(&(later - now)));
    let info = rig.post_json(&format!("/topapi/v2/user/getuserinfo?access_token={token}"), json!({"code": code})).await;
    assert_eq!(info.json()["result"]["userid"], "demo0001");
    assert_eq!(
        call(&rig, Method::POST, "/_sim/codes", json!({"kind": "oauth", "client_id": APP, "person": "nobody"}))
            .await
            .status,
        404
    );

    let quirks = call(&rig, Method::PATCH, "/_sim/quirks", json!({"declined_error": "user_cancel"})).await;
    assert_eq!(quirks.text("declined_error"), "user_cancel");
    assert_eq!(call(&rig, Method::PUT, "/_sim/auto-approve", json!({"person": "lin"})).await.status, 204);
    assert_eq!(call(&rig, Method::PUT, "/_sim/auto-approve", json!({"person": "nobody"})).await.status, 400);
    assert_eq!(call(&rig, Method::POST, "/_sim/reset", json!({})).await.status, 204);
    let scenario: Value = send(rig.get("/_sim/scenario")).await.json();
    assert_eq!((scenario.get("auto_approve"), &scenario["quirks"]["declined_error"]), (None, &json!("access_denied")));
    assert_eq!(scenario["apps"][0]["redirect_urls"], json!([]), "as it was started with");
    assert_eq!(rig.sim.counters().total(), 0);
    let after =
        rig.post_json(&format!("/topapi/v2/user/get?access_token={token}"), json!({"userid": "demo0001"})).await;
    assert_eq!(after.json()["sub_code"], "40014", "tokens are gone");
}

#[tokio::test]
async fn the_console_works_with_plain_forms() {
    let rig = Rig::start().await;
    let page = send(rig.get("/_sim/")).await;
    for text in [APP, SECRET, CALLBACK, "Contact.User.mobile", "+86 13900000001", "&lt;b&gt;Bob", "external contact"] {
        assert!(page.raw.contains(text), "{text}");
    }
    assert!(!page.raw.contains("<script"));
    let submit = async |path: &str, fields: &[(&str, &str)]| send(rig.post_form(path, fields)).await;

    let urls = "/_sim/console/redirect-urls";
    let added = submit(urls, &[("client_id", APP), ("url", " https://b.example/cb "), ("action", "add")]).await;
    assert_eq!((added.status, added.location.as_deref()), (303, Some("/_sim/")));
    submit(urls, &[("client_id", APP), ("url", CALLBACK), ("action", "remove")]).await;
    assert_eq!(rig.sim.scenario().app(APP).unwrap().redirect_urls, ["https://b.example/cb"]);
    let refused = submit(urls, &[("client_id", APP), ("url", "nonsense"), ("action", "add")]).await;
    assert!(refused.status == 400 && refused.raw.contains("role=\"alert\""), "{}", refused.raw);

    submit("/_sim/console/permissions", &[("client_id", APP), ("permission", "qyapi_base")]).await;
    assert_eq!(rig.sim.scenario().app(APP).unwrap().permissions.len(), 1);
    submit("/_sim/console/auto-approve", &[("person", "amy")]).await;
    assert_eq!(rig.sim.scenario().auto_approve.as_deref(), Some("amy"));
    submit("/_sim/console/auto-approve", &[("person", "")]).await;
    assert_eq!(rig.sim.scenario().auto_approve, None);
    let chinese = send(rig.get("/_sim/").header("accept-language", "zh-CN")).await;
    assert!(chinese.raw.contains("钉钉模拟器") && chinese.raw.contains("重定向 URL"));
}

#[tokio::test]
async fn other_sites_are_kept_out() {
    let rig = Rig::start().await;
    for host in ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.1"] {
        assert_eq!(send(rig.get("/_sim/scenario").header("host", host)).await.status, 403, "{host}");
    }
    for host in ["localhost:1", "127.0.0.1", "[::1]:80"] {
        assert_eq!(send(rig.get("/_sim/scenario").header("host", host)).await.status, 200, "{host}");
    }
    assert_eq!(send(rig.post("/_sim/reset").header("sec-fetch-site", "cross-site")).await.status, 403);
}

#[tokio::test]
async fn the_date_can_be_set() {
    let rig = Rig::start().await;
    let date = async || {
        let reply = rig.get("/gettoken").send().await.unwrap();
        reply.headers()["date"].to_str().unwrap().to_owned()
    };
    assert!(date().await.ends_with(" GMT"), "today");
    rig.sim.set_date(784_111_777_000);
    assert_eq!(date().await, "Sun, 06 Nov 1994 08:49:37 GMT", "the example of RFC 9110");
    rig.sim.advance_clock(std::time::Duration::from_secs(3600));
    assert!(date().await.starts_with("Sun, 06 Nov 1994 09:49:"), "it goes with the clock");
    call(&rig, Method::POST, "/_sim/clock", json!({"date_ms": 1_790_000_000_000_i64})).await;
    assert!(date().await.starts_with("Mon, 21 Sep 2026 14:13:"), "{}", date().await);
    let code = rig.sim.jsapi_code(APP, "lin").unwrap();
    rig.sim.set_date(0);
    let token = rig.app_token(APP, SECRET).await;
    let path = format!("/topapi/v2/user/getuserinfo?access_token={token}");
    assert_eq!(rig.post_json(&path, json!({"code": code})).await.json()["errcode"], 0, "no code ages by it");
}

#[tokio::test]
async fn the_console_plans_faults() {
    let rig = Rig::start().await;
    let plan = async |pairs: &[(&str, &str)]| send(rig.post_form("/_sim/console/faults", pairs)).await.status;
    assert_eq!(plan(&[("endpoint", "get_token"), ("preset", "bad_credentials"), ("times", "1")]).await, 303);
    assert_eq!(send(rig.get("/gettoken")).await.json()["errcode"], 40096);
    assert_eq!(send(rig.get("/gettoken")).await.json()["errcode"], 40035, "once");
    plan(&[("endpoint", ""), ("preset", "qps_app"), ("times", "")]).await;
    assert_eq!(send(rig.get("/gettoken")).await.json()["errcode"], 90018);
    assert_eq!(send(rig.get("/v1.0/contact/users/me")).await.status, 403);
    plan(&[("clear", "yes"), ("preset", "qps_app")]).await;
    assert_eq!(send(rig.get("/gettoken")).await.json()["errcode"], 40035);
    plan(&[("preset", "nonsense")]).await;
    assert_eq!(send(rig.get("/gettoken")).await.json()["errcode"], 40035, "what is not known is not planned");
}
