//! Signing in without a mouse.

use gatehouse_tests::chromium::{Browser, Look, key};
use gatehouse_tests::{World, skips};

use super::words::Words;

#[tokio::test(flavor = "multi_thread")]
async fn tab_and_enter_sign_in() {
    if skips("browser") {
        return;
    }
    let (world, words) = (World::signing_in().await, Words::english());
    let browser = Browser::start(words.look).await;
    let (home, page) = (format!("{}/", world.site), format!("{}/signin", world.site));

    // The cursor is in the first field already.
    browser.open(&page).await;
    browser.keys("admin").await;
    browser.tab_to("#password").await;
    browser.keys(&format!("{}{}", world.admin_password, key::ENTER)).await;
    browser.arrives_at(&home).await;
    browser.tab_to(".side-body form[action='/signout'] button").await;
    browser.keys(&key::ENTER.to_string()).await;
    browser.reads(words.password).await;

    browser.open(&page).await;
    browser.tab_to("button.provider").await;
    assert!(has_focus_ring(&browser).await, "one sees where the focus is");
    browser.keys(&key::ENTER.to_string()).await;
    browser.reads("Who are you?").await;
    browser.tab_to("button[data-person=lin]").await;
    browser.keys(&key::SPACE.to_string()).await;
    browser.arrives_at(&home).await;
    browser.reads("林小满").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_closes_and_the_skip_link_skips() {
    if skips("browser") {
        return;
    }
    let (world, words) = (World::signing_in().await, Words::english());
    let browser = Browser::start(Look { width: 390, ..words.look }).await;
    super::sign_in_as_administrator(&browser, &world, &words).await;
    browser.reload().await;
    browser.tab_to("a.skip").await;
    browser.keys(&key::ENTER.to_string()).await;
    assert_eq!(focused(&browser).await, "main");
    browser.open(&format!("{}/admin/authentication", world.site)).await;
    browser.tab_to(".menu > summary").await;
    browser.keys(&key::ENTER.to_string()).await;
    assert!(browser.visible(".menu nav a").await > 0);
    browser.keys(&format!("{}{}", key::TAB, key::ESCAPE)).await;
    assert_eq!(browser.visible(".menu nav a").await, 0);
    assert_eq!(focused(&browser).await, "summary", "and the focus is where it was");
}

async fn focused(browser: &Browser) -> String {
    browser.script("return document.activeElement.localName", &[]).await.as_str().unwrap().to_owned()
}

async fn has_focus_ring(browser: &Browser) -> bool {
    let width = browser.script("return parseFloat(getComputedStyle(document.activeElement).outlineWidth)", &[]).await;
    width.as_f64().unwrap() >= 2.0
}
