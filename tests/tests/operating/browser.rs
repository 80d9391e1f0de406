//! The form in a real browser: the link for the client while it is being typed, and a question answered.

use gatehouse_tests::chromium::{Browser, Look};
use gatehouse_tests::{World, skips};
use serde_json::json;

use super::{WRONG, newest, signing_in, stored};

const LINK: &str = "return document.getElementById('f-settings-client_url').textContent";
const TYPE: &str =
    "const input = document.querySelector(`#settings [name='${arguments[0]}']`); input.value = arguments[1];
    input.dispatchEvent(new Event('input', {bubbles: true}))";

async fn open(world: &World, path: &str) -> Browser {
    let browser = Browser::start(Look::default()).await;
    browser.open(&format!("{}/signin", world.site)).await;
    browser.enter("Username or e-mail", "admin").await;
    browser.enter("Password", &world.admin_password).await;
    browser.press("Sign in").await;
    browser.arrives_at(&format!("{}/", world.site)).await;
    browser.open(&format!("{}{path}", world.site)).await;
    browser
}

/// It follows the uid and the landing path, and what the client fills in stays as it is, also when it is copied.
#[tokio::test(flavor = "multi_thread")]
async fn the_link_follows_what_is_typed() {
    if skips("browser") {
        return;
    }
    let world = signing_in().await;
    let browser = open(&world, "/admin/authentication/new?type=dingtalk").await;
    assert_eq!(browser.visible("#f-settings-client_url").await, 0, "only with the box ticked");
    browser.click("#f-settings-client").await;
    assert_eq!(browser.visible("#f-settings-client_url").await, 1);
    let link = async || browser.script(LINK, &[]).await.as_str().unwrap().to_owned();
    let first = link().await;
    let (_, query) = first.split_once("redirect=%2F&").unwrap_or_else(|| panic!("{first}"));
    assert!(query.contains("$CORPID$"), "{first}");
    browser.script(TYPE, &[json!("uid"), json!("head-office")]).await;
    browser.script(TYPE, &[json!("settings.landing"), json!("/a b?c=1&d=$1")]).await;
    let expected = format!("{}/signin/head-office/client", world.site);
    assert_eq!(link().await, format!("{expected}?redirect=%2Fa+b%3Fc%3D1%26d%3D%241&{query}"));
    browser.script(TYPE, &[json!("settings.landing"), json!("")]).await;
    assert_eq!(link().await, format!("{expected}?{query}"));

    browser.cdp("Browser.grantPermissions", json!({"permissions": ["clipboardReadWrite"]})).await;
    browser.click("[data-copy='f-settings-client_url']").await;
    browser.reads("Copied").await;
    let copied = browser.script("return navigator.clipboard.readText()", &[]).await;
    assert_eq!(copied, json!(format!("{expected}?{query}")), "dollar signs and all");
}

/// The question comes above the form; "no" forgets everything, a change below takes "yes" away, "yes" saves.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered() {
    if skips("browser") {
        return;
    }
    let mut world = signing_in().await;
    let browser = open(&world, "/admin/authentication/dingtalk").await;
    let ask = async || {
        browser.enter("Client Secret", WRONG).await;
        browser.press("Save").await;
        browser.reads("The old ones stay in use.").await;
    };
    ask().await;
    assert!(!browser.text().await.contains(WRONG));
    browser.click("form.question a").await;
    browser.arrives_at(&format!("{}/admin/authentication/dingtalk", world.site)).await;
    assert_eq!(browser.visible("form.question").await, 0);
    let before = stored(&mut world, "dingtalk").await;

    ask().await;
    browser.script(TYPE, &[json!("title.en"), json!("Another title")]).await;
    let off = "return document.querySelector('form.question button').disabled";
    assert_eq!(browser.script(off, &[]).await, json!(true), "what would be saved is not what is seen");
    assert_eq!(stored(&mut world, "dingtalk").await, before, "nothing was saved so far");

    browser.open(&format!("{}/admin/authentication/dingtalk", world.site)).await;
    ask().await;
    browser.press("Save anyway").await;
    browser.arrives_below(&format!("{}/admin/authentication/dingtalk?notice=saved", world.site)).await;
    assert_eq!(newest(&mut world, "authenticator.changed").await.1["credentials"], "unproven");
}
