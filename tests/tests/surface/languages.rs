//! Which language a page is in: what was chosen, else what the browser asks for, else English.

use gatehouse_tests::{Client, World};
use reqwest::Method;

/// The language of the sign-in page for this `Accept-Language`.
async fn spoken(browser: &mut Client, asked: &str) -> String {
    let request = browser.request(Method::GET, "/signin");
    let (client, request) = request.build_split();
    let mut request = request.unwrap();
    request.headers_mut().insert("accept-language", asked.parse().unwrap());
    let reply = browser.send(reqwest::RequestBuilder::from_parts(client, request)).await;
    let lang = reply.page().attribute("html", "lang").unwrap();
    let word = if lang == "zh-CN" { "登录" } else { "Sign in" };
    assert!(reply.page().text().contains(word), "{asked}: {}", reply.page().text());
    lang
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_asks_for_one() {
    let world = World::new().await;
    let table = [
        ("en", "en"),
        ("zh-CN", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh-Hans-CN", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("ZH-cn", "zh-CN"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.5, zh;q=0.8", "zh-CN"),
        ("zh;q=0.5,en;q=0.500001", "en"),
        ("fr,zh;q=0.3", "zh-CN"),
        ("fr,de;q=0.9", "en"),
        ("zh;q=0", "en"),
        ("en;q=0,zh;q=0.1", "zh-CN"),
        ("zh;q=x,fr", "en"),
        ("zh;q=nan,en;q=0.1", "en"),
        ("*", "en"),
        ("", "en"),
        (",,;;q=", "en"),
    ];
    for (asked, language) in table {
        assert_eq!(spoken(&mut world.browser(), asked).await, language, "{asked}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_stays() {
    let mut world = World::new().await;
    let mut browser = world.browser();
    let reply =
        browser.post("/preferences", &[("language", "zh-CN"), ("return", "/signin?redirect=%2Fadmin%2Fusers")]).await;
    assert_eq!((reply.status, reply.location().as_str()), (303, "/signin?redirect=%2Fadmin%2Fusers"));
    assert_eq!(spoken(&mut browser, "en").await, "zh-CN");
    assert_eq!(browser.get("/nowhere").await.page().texts("h1"), ["页面不存在"]);
    assert_eq!(browser.get("/api/v1/me").await.json()["error"], "unauthorized");
    browser.post("/preferences", &[("language", "en"), ("return", "/signin")]).await;
    assert_eq!(spoken(&mut browser, "zh-CN").await, "en");
    // Nonsense chooses nothing, and leads home.
    let reply =
        browser.post("/preferences", &[("language", "tlh"), ("theme", "x"), ("return", "//evil.example")]).await;
    assert_eq!(reply.location(), "/");
    assert_eq!(spoken(&mut browser, "zh-CN").await, "en");
    browser.cookies.insert("__Host-language".into(), "../../etc".into());
    assert_eq!(spoken(&mut browser, "zh-CN").await, "zh-CN");

    world.admin.language = "zh-CN";
    for page in ["/", "/admin/plugins", "/admin/authentication", "/admin/users", "/admin/journal"] {
        let reply = world.admin.get(page).await;
        assert_eq!(reply.page().attribute("html", "lang").as_deref(), Some("zh-CN"), "{page}");
    }
    assert_eq!(world.browser().get("/api/v1/me").await.json()["message"].as_str().map(str::is_ascii), Some(true));
    let mut chinese = world.browser();
    chinese.language = "zh-CN";
    assert_eq!(chinese.get("/api/v1/me").await.json()["message"].as_str().map(str::is_ascii), Some(false));
}
