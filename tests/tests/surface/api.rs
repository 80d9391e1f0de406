//! The JSON API: what its description says is what it does, for everybody.

use gatehouse_tests::{Client, World};
use reqwest::Method;
use serde_json::{Value, json};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// One operation of the description.
struct Operation {
    method: Method,
    path: String,
    described: Value,
}

impl Operation {
    fn for_everybody(&self) -> bool {
        self.described.get("security").is_some_and(|security| security == &json!([{}]))
    }

    fn for_administrators(&self) -> bool {
        self.described["responses"].get("403").is_some() && !self.for_everybody()
    }

    fn describes(&self, status: u16) -> bool {
        self.described["responses"].get(status.to_string()).is_some()
    }

    /// Asks, with things that are there, and an empty object where a body is wanted.
    async fn ask(&self, browser: &mut Client, user: &str) -> (u16, String) {
        let kind = if self.path.contains("authenticator-types") { "dingtalk" } else { user };
        let id = if self.path.contains("/plugins/") { "auth-dingtalk" } else { kind };
        let path = self.path.replace("{id}", id).replace("{uid}", "dingtalk").replace("{link}", "0");
        let body = self.described.get("requestBody").map(|_| json!({}));
        let reply = browser.json(self.method.clone(), &path, body.as_ref()).await;
        if reply.status >= 400 {
            let error = reply.json();
            assert!(
                error["error"].is_string() && error["message"].is_string() && error["faults"].is_array(),
                "{error}"
            );
        }
        (reply.status, reply.body)
    }
}

async fn operations(browser: &mut Client) -> Vec<Operation> {
    let document = browser.get("/api/v1/openapi.json").await;
    assert_eq!(document.headers["content-type"], "application/json");
    let document = document.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for name in METHODS.into_iter().filter(|name| item.get(name).is_some()) {
            let method = name.to_uppercase().parse().unwrap();
            found.push(Operation { method, path: path.clone(), described: item[name].clone() });
        }
    }
    found
}

/// Whoever asks: the status is one that the description names.
#[tokio::test(flavor = "multi_thread")]
async fn each_operation_answers_as_described() {
    let mut world = World::signing_in().await;
    let operations = operations(&mut world.browser()).await;
    assert_eq!(operations.len(), 36);
    let user = world.add_user("somebody", "", &["member"]).await;
    let mut member = world.browser();
    assert_eq!(member.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    // What takes things away comes last.
    let (mut last, first): (Vec<_>, Vec<_>) = operations.iter().partition(|one| one.method == Method::DELETE);
    last.sort_by_key(|one| one.path.ends_with("/session"));
    for one in first.iter().chain(&last) {
        let what = format!("{} {}", one.method, one.path);
        let (status, body) = one.ask(&mut world.browser(), &user).await;
        assert_eq!(status == 401, !one.for_everybody(), "{what} for a stranger: {status} {body}");
        assert!(one.describes(status), "{what} for a stranger: {status} is not described");
        if one.for_administrators() {
            let (status, body) = one.ask(&mut member.clone(), &user).await;
            assert_eq!(status, 403, "{what} for a member: {body}");
        } else {
            let (status, body) = one.ask(&mut member.clone(), &user).await;
            assert!(one.describes(status) && status != 403, "{what} for a member: {status} {body}");
        }
        let (status, body) = one.ask(&mut world.admin.clone(), &user).await;
        assert!(one.describes(status), "{what} for an administrator: {status} is not described: {body}");
        // Where the password is asked for each time, an empty body is somebody who is not there.
        let turned_away = [401, 403].contains(&status) && !body.contains("reauth-required");
        assert!(!turned_away || one.for_everybody(), "{what} for an administrator: {status} {body}");
    }
}

/// What can be done on a page can be done here: an administrator's whole way without one page.
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_needs_no_page() {
    let world = World::new().await;
    let mut browser = world.browser();
    let body = json!({"identifier": "admin", "password": world.admin_password});
    assert_eq!(browser.json(Method::POST, "/api/v1/session", Some(&body)).await.status, 204);
    assert_eq!(
        browser.json(Method::POST, "/api/v1/plugins/auth-dingtalk/enable", None).await.json()["state"],
        "enabled"
    );
    let types = browser.get("/api/v1/authenticator-types").await.json();
    assert!(types.to_string().contains("\"dingtalk\""), "{types}");
    let base = world.simulator.base_url();
    let settings = json!({
        "sign_up": true, "client_id": gatehouse_tests::CLIENT_ID, "client_secret": gatehouse_tests::CLIENT_SECRET,
        "region": "custom", "login_url": base, "api_url": base, "legacy_url": base, "membership": "never",
    });
    let title = json!({"en": "DingTalk", "zh-CN": "钉钉"});
    let body = json!({"type": "dingtalk", "uid": "dingtalk", "title": title, "enabled": true, "settings": settings});
    let made = browser.json(Method::POST, "/api/v1/authenticators", Some(&body)).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let redirect_url = made.json()["redirect_url"].as_str().unwrap().to_owned();
    world.simulator.register_redirect(gatehouse_tests::CLIENT_ID, &redirect_url).unwrap();
    assert_eq!(world.browser().sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    let order = json!({"order": ["dingtalk", "password"]});
    let ordered = browser.json(Method::PUT, "/api/v1/authenticators/order", Some(&order)).await;
    assert!(ordered.status < 300, "{}", ordered.body);
    assert_eq!(browser.get("/api/v1/users?q=林").await.json()["total"], 1);
    assert_eq!(browser.json(Method::POST, "/api/v1/authenticators/password/disable", None).await.status, 200);
    let last = browser.json(Method::DELETE, "/api/v1/authenticators/dingtalk", None).await;
    assert_eq!((last.status, last.json()["error"].as_str()), (409, Some("last-way-in")));
    assert!(browser.get("/api/v1/journal").await.body.contains("authenticator.created"));
    assert_eq!(browser.json(Method::DELETE, "/api/v1/session", None).await.status, 204);
    assert_eq!(browser.get("/api/v1/me").await.status, 401);
}
