//! Names and titles that want to be more than text (WB-3). An unexpected dialog makes the next command fail; what the
//! page's policy had to stop is a complaint, and a complaint is a failure as well.

use gatehouse_tests::chromium::Browser;
use gatehouse_tests::{World, skips};
use reqwest::Method;
use serde_json::json;
use url::form_urlencoded::byte_serialize;

use super::words::Words;
use super::{is_content, sign_in_as_administrator, sign_in_with_dingtalk};

/// Each ends at least one context: text, quoted and bare attributes, script, style, comment, title, textarea, URL,
/// template. None is longer than a title may be.
const POLYGLOTS: [&str; 14] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "x onfocus=alert(1) autofocus tabindex=1",
    "\" autofocus onfocus=\"alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "javascript:alert(1)//",
    "<a href=\"javascript:alert(1)\">x</a>",
    "{{constructor.constructor('alert(1)')()}}${alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x](javascript:alert(1)) ![x](x\"onerror=alert`1`)",
];

#[tokio::test(flavor = "multi_thread")]
async fn names_are_only_text() {
    if skips("browser") {
        return;
    }
    let (mut world, words) = (World::signing_in().await, Words::english());
    let mut pages = Vec::new();
    for (number, polyglot) in POLYGLOTS.iter().enumerate() {
        pages.push((format!("/admin/users/{}", add_user(&mut world, number, polyglot).await), *polyglot));
        add_authenticator(&mut world, number, polyglot).await;
        pages.push((format!("/admin/authentication/x{number}"), polyglot));
        let escaped: String = byte_serialize(polyglot.as_bytes()).collect();
        for list in ["/admin/users?q=", "/admin/plugins?q=", "/admin/journal?q=", "/signin?redirect=/"] {
            pages.push((format!("{list}{escaped}"), ""));
        }
        pages.push((format!("/admin/authentication/new?type={escaped}"), ""));
    }
    let browser = Browser::start(words.look).await;
    sign_in_as_administrator(&browser, &world, &words).await;
    for (page, text) in &pages {
        browser.open(&format!("{}{page}", world.site)).await;
        assert!(browser.text().await.contains(text), "{text} cannot be read on {page}");
    }
    for list in ["/admin/users", "/admin/authentication", "/admin/journal", "/"] {
        browser.open(&format!("{}{list}", world.site)).await;
        let text = browser.text().await;
        let read = POLYGLOTS.iter().filter(|polyglot| text.contains(**polyglot)).count();
        assert!(list == "/" || list == "/admin/journal" || read == POLYGLOTS.len(), "{list}: {read}");
    }
    is_unharmed(&browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_strangers_send_is_only_text() {
    if skips("browser") {
        return;
    }
    let (mut world, words) = (World::signing_in().await, Words::english());
    for (number, polyglot) in POLYGLOTS.iter().enumerate() {
        add_authenticator(&mut world, number, polyglot).await;
    }
    let browser = Browser::start(words.look).await;
    let sign_in_page = format!("{}/signin", world.site);
    for polyglot in POLYGLOTS {
        browser.open(&sign_in_page).await;
        assert!(browser.text().await.contains(polyglot), "the button says {polyglot}");
        browser.enter(words.identifier, polyglot).await;
        browser.enter(words.password, polyglot).await;
        browser.press(words.sign_in).await;
        browser.reads(words.not_right).await;
        assert_eq!(browser.entered(words.identifier).await, polyglot);
        let escaped: String = byte_serialize(polyglot.as_bytes()).collect();
        let callback =
            format!("{}/signin/dingtalk/callback?authCode={escaped}&state={escaped}&error={escaped}", world.site);
        browser.open(&callback).await;
        browser.reads("Reference code").await;
        browser.open(&format!("{}/{escaped}", world.site)).await;
        browser.reads("404").await;
    }
    // A nickname from DingTalk itself.
    sign_in_with_dingtalk(&browser, &world, &words, "markup").await;
    assert!(browser.text_of("main").await.contains("<b>Bob</b> & \"Co\" <script>alert(1)</script>"));
    is_unharmed(&browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trap_works() {
    if skips("browser") {
        return;
    }
    let world = World::new().await;
    let browser = Browser::start(Words::english().look).await;
    browser.open(&format!("{}/signin", world.site)).await;
    is_content(&browser, &[]).await;
    browser.script("document.querySelector('main').innerHTML = arguments[0]", &[POLYGLOTS[1].into()]).await;
    browser.script("return new Promise(done => setTimeout(done, 500))", &[]).await;
    let complaints = browser.complaints().await.join("\n");
    assert!(complaints.contains("Content Security Policy"), "what is blocked is a complaint: {complaints}");
}

async fn add_user(world: &mut World, number: usize, nickname: &str) -> String {
    let body = json!({"username": format!("u{number}"), "nickname": nickname, "roles": ["member"]});
    let reply = world.admin.json(Method::POST, "/api/v1/users", Some(&body)).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.json()["id"].as_str().unwrap().to_owned()
}

async fn add_authenticator(world: &mut World, number: usize, title: &str) {
    let settings = json!({"client_id": "x", "client_secret": "x"});
    let body = json!({
        "uid": format!("x{number}"), "type": "dingtalk", "title": {"en": title, "zh-CN": title},
        "description": {"en": title, "zh-CN": title}, "enabled": true, "settings": settings,
        "despite_findings": true,
    });
    let reply = world.admin.json(Method::POST, "/api/v1/authenticators", Some(&body)).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
}

/// No dialog is open, and nothing was run, blocked or fetched that should not have been there at all.
async fn is_unharmed(browser: &Browser) {
    browser.script("return 1", &[]).await;
    is_content(browser, &["status of 400", "status of 403", "status of 404", "status of 422"]).await;
    for sent in browser.requests().await {
        assert!(sent.address.starts_with("http://127.0.0.1:"), "{}", sent.address);
    }
}
