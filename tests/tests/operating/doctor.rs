//! What the connection doctor finds, on the page and in the JSON API.

use dingtalk_simulator::{Endpoint, Fault, Permission, Preset};
use gatehouse_tests::{CLIENT_ID, Options, World};
use reqwest::Method;
use serde_json::{Value, json};

use super::{WRONG, agree_on_the_time, found, ids, newest, post, severity, signing_in};

/// What the doctor finds after `spoil`.
async fn after(spoil: impl AsyncFnOnce(&mut World)) -> (World, Value) {
    let mut world = signing_in().await;
    spoil(&mut world).await;
    let reply = post(&mut world, "/dingtalk/check", None).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let examination = reply.json();
    (world, examination)
}

/// CF-1: an http address is for loopback, so it is a demonstration, and no reason to worry.
#[tokio::test(flavor = "multi_thread")]
async fn all_is_well() {
    let (mut world, examination) = after(async |_| {}).await;
    let found = found(&examination);
    assert_eq!(ids(&found, "error"), [""; 0], "{examination}");
    assert_eq!(ids(&found, "warning"), [""; 0], "{examination}");
    assert_eq!(severity(&found, "public-url"), Some("info"));
    assert_eq!(severity(&found, "redirect-url"), Some("info"));
    assert_eq!(severity(&found, "credentials"), Some("good"));
    assert_eq!(severity(&found, "proxy"), None, "nobody stands in between");
    let redirect = examination["findings"].as_array().unwrap().iter().find(|one| one["id"] == "redirect-url").unwrap();
    assert_eq!(redirect["search"], world.redirect_url("dingtalk"), "exactly as it will be sent");
    let (outcome, detail) = newest(&mut world, "authenticator.checked").await;
    assert_eq!((outcome.as_str(), &detail["errors"]), ("done", &json!("")), "{detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret() {
    let (mut world, examination) = after(async |world| {
        world.simulator.update_app(CLIENT_ID, |app| app.client_secret = WRONG.into()).unwrap();
    })
    .await;
    assert_eq!(ids(&found(&examination), "error"), ["credentials"], "{examination}");
    assert!(!examination.to_string().contains(WRONG), "SC-3");
    let page = world.admin.post("/admin/authentication/dingtalk/check", &[]).await;
    assert_eq!(page.status, 200);
    let page = page.page();
    assert!(page.has(".findings li[data-tone='bad']"), "{}", page.text());
    let link = page.attribute(".findings li[data-tone='bad'] a", "href").unwrap();
    assert!(link.starts_with("https://open-dev.dingtalk.com"), "{link}");
    assert!(!page.has("form.question"), "a check asks nothing");
    let (_, detail) = newest(&mut world, "authenticator.checked").await;
    assert_eq!(detail["errors"], "credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission() {
    let (mut world, examination) = after(async |world| {
        world.simulator.update_app(CLIENT_ID, |app| _ = app.permissions.remove(&Permission::GetMember)).unwrap();
        let form = [("settings.membership", "always"), ("settings.corp_id", "dingcorpdemo0001")];
        assert_eq!(world.change_authenticator("dingtalk", &form).await.status, 303);
    })
    .await;
    let found = found(&examination);
    assert!(ids(&found, "error").contains(&"permission-members"), "{examination}");
    assert_eq!(severity(&found, "credentials"), Some("good"), "each thing by itself");
    let page = world.admin.post("/admin/authentication/dingtalk/check", &[]).await.page();
    let wanted = page.texts(".findings .search-for code");
    assert!(wanted.contains(&"qyapi_get_member".to_owned()), "the code to search for, to be copied: {wanted:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_not_allowed() {
    let (_world, examination) = after(async |world| {
        world.simulator.fault(None, Fault::always().preset(Preset::IpNotAllowed));
    })
    .await;
    let errors = found(&examination);
    assert_eq!(ids(&errors, "error"), ["address"], "{examination}");
}

/// UP-4: the provider is down. The host's own findings are there all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down() {
    let (_world, examination) = after(async |world| {
        world.simulator.fault(None, Fault::always().preset(Preset::ServerError));
    })
    .await;
    let found = found(&examination);
    assert!(ids(&found, "error").contains(&"connection"), "{examination}");
    assert_eq!(severity(&found, "credentials"), None, "nobody knows");
    assert_eq!(severity(&found, "redirect-url"), Some("info"));
}

/// Settings that are missing are named, and the provider is not asked.
#[tokio::test(flavor = "multi_thread")]
async fn settings_that_became_incomplete() {
    let (world, examination) = after(async |world| {
        world.tamper("UPDATE authenticators SET settings = '{}' WHERE uid = 'dingtalk'").await;
        world.tamper("UPDATE revisions SET n = n + 1 WHERE topic = 'authenticators'").await;
        gatehouse_tests::eventually("the host notices", async || {
            world.admin.get("/api/v1/authenticators/dingtalk").await.json()["state"] == "not-configured"
        })
        .await;
        world.simulator.reset_counters();
    })
    .await;
    let found = found(&examination);
    assert_eq!(ids(&found, "error"), ["settings"], "{examination}");
    let settings = examination["findings"].as_array().unwrap().iter().find(|one| one["id"] == "settings").unwrap();
    assert!(settings["message"].as_str().unwrap().contains("Client ID"), "{settings}");
    assert_eq!(world.simulator.counters().get(Endpoint::AppAccessToken), 0);
    assert_eq!(world.simulator.counters().get(Endpoint::GetToken), 0);
}

/// OA-11: a proxy in front that nobody trusts hides people's addresses; one that is trusted is as it should be.
#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_in_front() {
    for (trusted, scheme, expected) in [
        (&[][..], "https", "warning"),
        (&["127.0.0.0/8"][..], "https", "good"),
        (&["127.0.0.0/8"][..], "http", "warning"),
    ] {
        let public_url = Some("https://gate.example".to_owned());
        let options = Options { trusted_proxies: trusted, public_url, ..Options::default() };
        let mut world = behind(options).await;
        let check = world.admin.request(Method::POST, "/api/v1/authenticators/dingtalk/check");
        let check = check.header("origin", world.admin.origin()).header("x-forwarded-proto", scheme);
        let examination = world.admin.send(check.header("x-forwarded-for", "203.0.113.9")).await.json();
        let found = found(&examination);
        assert_eq!(severity(&found, "proxy"), Some(expected), "{trusted:?} {scheme}: {examination}");
        assert_eq!(severity(&found, "public-url"), Some("good"));
    }
}

/// A host with another public address, which cannot call this machine, so that its provider is a name that leads nowhere.
async fn behind(options: Options) -> World {
    let mut world = World::with(options).await;
    world.enable("auth-dingtalk").await;
    agree_on_the_time(&world);
    world.add_authenticator("dingtalk", true).await;
    world
}

/// Both languages.
#[tokio::test(flavor = "multi_thread")]
async fn in_chinese() {
    let mut world = signing_in().await;
    world.admin.language = "zh-CN";
    let examination = post(&mut world, "/dingtalk/check", None).await.json();
    assert!(examination["findings"][0]["message"].as_str().unwrap().contains("当前为演示环境"), "{examination}");
    let page = world.admin.post("/admin/authentication/dingtalk/check", &[]).await.page().text();
    assert!(page.contains("登录服务会将用户送回此重定向 URL。"), "{page}");
}
