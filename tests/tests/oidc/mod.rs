//! Signing in at a certified OpenID Connect provider, the real `oidc-provider` of the npm registry, with the example
//! plug-in that is written only against the contract.

mod browser;
mod provider;

use gatehouse::clock::{Clock, ManualClock, SystemClock};
use gatehouse_tests::{Client, Options, World, skips, workspace_library};
use reqwest::Method;
use serde_json::{Value, json};

use provider::{CLIENT_ID, CLIENT_SECRET, Provider};

/// A host with the plug-in enabled. Its clock shows what the provider's does.
async fn host() -> World {
    let options = Options {
        libraries: vec![workspace_library("auth_oidc")],
        clock: Some(ManualClock::new(SystemClock.now_ms())),
        ..Options::default()
    };
    let mut world = World::with(options).await;
    world.enable("auth-oidc").await;
    world
}

/// Adds the authenticator `id`, and returns what the host says to it.
async fn add(world: &mut World, provider: &Provider, secret: &str) -> Value {
    let body = json!({
        "uid": "id", "type": "oidc", "title": { "en": "Id", "zh-CN": "身份" }, "enabled": false,
        "settings": {
            "issuer": provider.issuer, "client_id": CLIENT_ID, "client_secret": secret, "sign_up": true,
        },
    });
    let reply = world.admin.json(Method::POST, "/api/v1/authenticators", Some(&body)).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.json()
}

/// A host with an enabled authenticator for a provider that runs.
async fn open_to_people() -> (World, Provider) {
    let mut world = host().await;
    let provider = Provider::start(&world.redirect_url("id")).await;
    add(&mut world, &provider, CLIENT_SECRET).await;
    world.act("id", "enable").await;
    (world, provider)
}

/// Clicks the button, signs in at the provider as `account`, and comes back.
async fn sign_in(world: &World, account: &str) -> Client {
    let mut person = world.browser();
    let clicked = person.click("id").await;
    assert_eq!(clicked.status, 303, "{}", clicked.page().text());
    let back = browser::signs_in(&clicked.location(), account, &world.site).await;
    let reply = person.get(&back).await;
    assert_eq!(reply.status, 303, "{}", reply.page().text());
    person
}

#[tokio::test(flavor = "multi_thread")]
async fn people_sign_in_at_a_certified_provider() {
    if skips("node") {
        return;
    }
    let (mut world, _provider) = open_to_people().await;

    let me = sign_in(&world, "ada").await.get("/api/v1/me").await.json();
    assert_eq!(me["nickname"], "Account ada", "the name of the userinfo endpoint: {me}");
    let again = sign_in(&world, "ada").await.get("/api/v1/me").await.json();
    assert_eq!(me["id"], again["id"], "the same person, the same account");

    let user = world.admin.get(&format!("/api/v1/users/{}", me["id"].as_str().unwrap())).await.json();
    assert_eq!(user["email"], "ada@example.com", "{user}");
    assert!(user["phone"].as_str().unwrap().ends_with("13900000042"), "verified, so it is taken: {user}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_goes_only_to_the_browser_that_asked() {
    if skips("node") {
        return;
    }
    let (world, _provider) = open_to_people().await;
    let (mut person, mut thief) = (world.browser(), world.browser());
    let asked = person.click("id").await.location();
    let back = browser::signs_in(&asked, "ada", &world.site).await;
    thief.click("id").await;
    let turned_away = thief.get(&back).await;
    assert!(turned_away.status == 400 && !thief.has_session(), "{}", turned_away.page().text());
    // Nothing else was wrong with it.
    let let_in = person.get(&back).await;
    assert!(let_in.status == 303 && person.has_session(), "{}", let_in.page().text());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_knows_a_wrong_secret() {
    if skips("node") {
        return;
    }
    let mut world = host().await;
    let provider = Provider::start(&world.redirect_url("id")).await;
    add(&mut world, &provider, "another-secret-not-a-real-one").await;
    let found = world.admin.json(Method::POST, "/api/v1/authenticators/id/check", None).await;
    assert_eq!(found.status, 200, "{}", found.body);
    let found = found.json();
    let severity = |id: &str| {
        let findings = found["findings"].as_array().unwrap();
        findings.iter().find(|finding| finding["id"] == id).map(|finding| finding["severity"].clone())
    };
    assert_eq!(severity("credentials"), Some(json!("error")), "{found}");
    for good in ["discovery", "pkce", "keys"] {
        assert_eq!(severity(good), Some(json!("good")), "{good}: {found}");
    }
}
