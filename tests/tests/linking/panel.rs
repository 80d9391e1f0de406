//! The provider's panel on the sign-in page.

use dingtalk_simulator::Endpoint;
use gatehouse_tests::{Client, Reply, World};
use reqwest::Method;

use super::{approved, who};

const ON: &[(&str, &str)] = &[("settings.panel", "on")];
const CDN: &str = "https://g.alicdn.com";

async fn with_panel() -> World {
    let mut world = World::new().await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator_with("dingtalk", true, ON).await;
    world
}

/// The sources of one directive of the policy.
fn directive(reply: &Reply, name: &str) -> Vec<String> {
    let policy = reply.headers["content-security-policy"].to_str().unwrap();
    let found = policy.split(';').map(str::trim).find_map(|one| one.strip_prefix(name));
    found.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

fn is_ordinary(reply: &Reply) -> bool {
    directive(reply, "script-src") == ["'self'"]
        && directive(reply, "frame-src").is_empty()
        && directive(reply, "connect-src").is_empty()
}

/// What the panel's script does for `start()`.
async fn start(browser: &mut Client, uid: &str) -> Reply {
    let form = [("redirect", "/?from=panel")];
    let request = browser.request(Method::POST, &format!("/signin/{uid}/start"));
    let request = request.header("origin", browser.origin()).header("accept", "application/json").form(&form);
    browser.send(request).await
}

/// WB-2: the page with a panel, and no other, lets the vendor in.
#[tokio::test(flavor = "multi_thread")]
async fn wb_2_only_a_sign_in_page_with_a_panel_reaches_further() {
    let mut world = with_panel().await;
    for address in ["/signin", "/signin", "/signin?redirect=%2Fadmin%2Fusers"] {
        let reply = world.browser().get(address).await;
        assert!(directive(&reply, "script-src").contains(&CDN.to_owned()), "{address}");
        assert!(directive(&reply, "frame-src").contains(&"https://login.dingtalk.com".to_owned()), "{address}");
        assert_eq!(directive(&reply, "connect-src"), ["'self'"], "{address}");
        let page = reply.page();
        assert!(page.attribute("[data-panel]", "hidden").is_some(), "hidden until there is room for it");
        assert!(page.attribute("[data-panel]", "data-scripts").unwrap().starts_with("/scripts/dingtalk/"));
        assert!(page.attribute("script[src*='/panel.']", "src").is_some());
        assert!(page.has("form[action='/signin/dingtalk/start'] button"), "and the button stays");
    }
    let wrong = world.browser().sign_in_with_password("admin", "not the password").await;
    assert!(directive(&wrong, "script-src").contains(&CDN.to_owned()), "the same page again");

    let refused = world.browser().get("/signin/dingtalk/callback?state=x&authCode=y").await;
    let others = [refused, world.admin.get("/").await, world.admin.get("/admin/authentication/dingtalk").await];
    assert!(others.iter().all(is_ordinary));
    assert!(!others.iter().any(|reply| reply.page().has("[data-panel]")));
}

/// The ready-made page follows the option, in every language.
#[tokio::test(flavor = "multi_thread")]
async fn the_ready_made_page_follows_the_option() {
    let mut world = with_panel().await;
    for (language, label) in [("en", "Sign in with DingTalk"), ("zh-CN", "使用钉钉登录")] {
        let mut browser = world.browser();
        browser.language = language;
        let page = browser.get("/signin").await.page();
        assert_eq!(page.attribute("[data-panel]", "aria-label").as_deref(), Some(label));
    }
    let off = [("settings.panel", "off"), ("settings.client_secret", "")];
    assert_eq!(world.change_authenticator("dingtalk", &off).await.status, 303);
    let reply = world.browser().get("/signin").await;
    assert!(is_ordinary(&reply) && !reply.body.contains("panel."), "{}", reply.body);
    let on = [("settings.panel", "on"), ("settings.client_secret", "")];
    assert_eq!(world.change_authenticator("dingtalk", &on).await.status, 303);
    assert!(!is_ordinary(&world.browser().get("/signin").await));
    world.act("dingtalk", "disable").await;
    let reply = world.browser().get("/signin").await;
    assert!(is_ordinary(&reply) && !reply.page().has("[data-panel]"));
}

/// The scripts may read what they are to read, and no secret is on the page.
#[tokio::test(flavor = "multi_thread")]
async fn the_scripts_read_what_is_named_only() {
    let world = with_panel().await;
    let reply = world.browser().get("/signin").await;
    let settings = reply.page().attribute("[data-panel]", "data-settings").unwrap();
    let settings: serde_json::Value = serde_json::from_str(&settings).unwrap();
    assert_eq!(settings.as_object().unwrap().keys().collect::<Vec<_>>(), ["script_url"]);
    assert!(!reply.body.contains(gatehouse_tests::CLIENT_SECRET));
    let scripts = reply.page().attribute("[data-panel]", "data-scripts").unwrap();
    for address in scripts.split(' ') {
        assert_eq!(world.browser().get(address).await.status, 200, "{address}");
    }
}

/// OA-1, OA-2: the script begins exactly what the button begins.
#[tokio::test(flavor = "multi_thread")]
async fn oa_2_the_script_begins_what_the_button_begins() {
    let world = with_panel().await;
    let mut browser = world.browser();
    let begun = start(&mut browser, "dingtalk").await;
    assert_eq!((begun.status, begun.headers.get_all("set-cookie").iter().count()), (200, 1));
    assert_eq!(browser.cookies.keys().filter(|name| name.starts_with("__Host-attempt-")).count(), 1);
    assert_eq!((world.rows("attempts").await, begun.json().as_object().unwrap().len()), (1, 1));
    let address = begun.json()["authorize_url"].as_str().unwrap().to_owned();
    assert!(address.starts_with(&world.simulator.base_url()), "{address}");

    world.simulator.set_auto_approve(Some("lin")).unwrap();
    let back = Client::elsewhere().get(&address).await.location();
    assert_eq!(browser.get(&back).await.location(), "/?from=panel");
    assert_ne!(who(&mut browser).await, "");
}

/// OA-3: however often the vendor's script calls back, there is one exchange.
#[tokio::test(flavor = "multi_thread")]
async fn oa_3_done_twice_is_one_exchange() {
    let world = with_panel().await;
    let mut browser = world.browser();
    let begun = start(&mut browser, "dingtalk").await;
    world.simulator.set_auto_approve(Some("lin")).unwrap();
    let back = Client::elsewhere().get(begun.json()["authorize_url"].as_str().unwrap()).await.location();
    let (mut one, mut two) = (browser.clone(), browser.clone());
    let (one, two) = tokio::join!(one.get(&back), two.get(&back));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 400]);
    assert_eq!(world.simulator.counters().get(Endpoint::UserAccessToken), 1);
}

/// A start that is refused says so to the script, with a code for the administrator, and leaves nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_start_is_told_in_json() {
    let mut world = with_panel().await;
    world.act("dingtalk", "disable").await;
    let mut browser = world.browser();
    let refused = start(&mut browser, "dingtalk").await;
    assert_eq!((refused.status, refused.json()["reason"].as_str()), (403, Some("authenticator-off")));
    let code = refused.json()["reference"].as_str().unwrap().to_owned();
    let found = world.admin.get(&format!("/api/v1/journal?q={code}")).await.json();
    assert_eq!(found["entries"].as_array().unwrap().len(), 1);
    assert_eq!((world.rows("attempts").await, browser.cookies.len()), (0, 0));
}

/// OA-8: the script's way is as closed to other sites as the button's.
#[tokio::test(flavor = "multi_thread")]
async fn oa_8_no_other_site_starts_the_panel() {
    let world = with_panel().await;
    let mut browser = world.browser();
    let request = browser.request(Method::POST, "/signin/dingtalk/start").header("accept", "application/json");
    let request = request.header("origin", "https://evil.example").form(&[("redirect", "")]);
    assert_eq!(browser.send(request).await.status, 403);
    assert_eq!(world.rows("attempts").await, 0);
    // Without asking for JSON, the answer is the redirect.
    let clicked = browser.click("dingtalk").await;
    assert_eq!(clicked.status, 303);
    approved(&world, &clicked, "lin").await;
}
