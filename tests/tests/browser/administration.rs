//! What the administration pages allow and refuse.

use gatehouse_tests::chromium::Browser;
use gatehouse_tests::{World, skips};

use super::sign_in_as_administrator;
use super::words::Words;

#[tokio::test(flavor = "multi_thread")]
async fn the_last_way_in_stays_on() {
    if skips("browser") {
        return;
    }
    for words in [Words::english(), Words::chinese()] {
        let mut world = World::new().await;
        let browser = Browser::start(words.look).await;
        let page = format!("{}/admin/authentication", world.site);
        sign_in_as_administrator(&browser, &world, &words).await;
        browser.open(&page).await;
        browser.press(words.password_switch).await;
        browser.reads(words.last_way).await;
        assert_eq!(switched_on(&browser, words.password_switch).await, 1);

        // With another way in, the password may go; then the other one has to stay, and so has its plug-in.
        world.enable("auth-dingtalk").await;
        world.add_authenticator("dingtalk", true).await;
        browser.open(&page).await;
        browser.press(words.password_switch).await;
        browser.reads(words.disabled).await;
        browser.press(words.dingtalk_switch).await;
        browser.reads(words.last_way).await;
        assert_eq!(switched_on(&browser, words.dingtalk_switch).await, 1);
        browser.open(&format!("{}/admin/plugins", world.site)).await;
        browser.press(words.enable_plugin).await;
        browser.reads(words.last_way).await;
        assert_eq!(switched_on(&browser, words.enable_plugin).await, 1);
    }
}

async fn switched_on(browser: &Browser, name: &str) -> usize {
    browser.visible(&format!("[aria-label='{name}'][aria-checked=true]")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_goes_and_comes_back_at_once() {
    if skips("browser") {
        return;
    }
    let (world, words) = (World::signing_in().await, Words::english());
    let (browser, stranger) = (Browser::start(words.look).await, Browser::start(words.look).await);
    let sign_in_page = format!("{}/signin", world.site);
    sign_in_as_administrator(&browser, &world, &words).await;
    stranger.open(&sign_in_page).await;
    stranger.reads(words.button).await;

    browser.open(&format!("{}/admin/plugins", world.site)).await;
    browser.press(words.enable_plugin).await;
    browser.reads(words.plugin_disabled).await;
    stranger.press(words.button).await;
    stranger.reads("This way to sign in is switched off").await;
    stranger.open(&sign_in_page).await;
    assert!(!stranger.text().await.contains(words.button), "the button is gone");
    assert_eq!(types_on_offer(&browser, &world, &words).await, 0, "the entry is gone");
    let row = browser.text_of("table.authenticators tbody tr:last-child").await;
    assert!(row.contains(words.dingtalk) && row.contains(words.idle), "it stays and says why it is idle: {row}");

    browser.open(&format!("{}/admin/plugins", world.site)).await;
    browser.press(words.enable_plugin).await;
    browser.reads(words.plugin_enabled).await;
    assert_eq!(types_on_offer(&browser, &world, &words).await, 1, "the entry is back");
    let row = browser.text_of("table.authenticators tbody tr:last-child").await;
    assert!(row.contains(words.ready), "{row}");
    stranger.reload().await;
    stranger.press(words.button).await;
    stranger.click("button[data-person=lin]").await;
    stranger.reads("林小满").await;
}

async fn types_on_offer(browser: &Browser, world: &World, words: &Words) -> usize {
    browser.open(&format!("{}/admin/authentication", world.site)).await;
    browser.press(words.add_new).await;
    browser.visible(".add a[href*='type=dingtalk']").await
}
