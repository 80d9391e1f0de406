//! The buttons for language and theme, on a card and in the menu.

use gatehouse_tests::chromium::{Browser, Look};
use gatehouse_tests::{World, skips};

use super::sign_in_as_administrator;
use super::words::Words;

/// How dark the page is, from 0 to 765.
const LIGHTNESS: &str = "return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)
    .reduce((sum, part) => sum + Number(part), 0)";

#[tokio::test(flavor = "multi_thread")]
async fn language_and_theme_are_chosen_and_stay() {
    if skips("browser") {
        return;
    }
    let (world, english, chinese) = (World::new().await, Words::english(), Words::chinese());
    let browser = Browser::start(english.look).await;
    browser.open(&format!("{}/signin?redirect=%2Fadmin%2Fusers", world.site)).await;
    let asked_for = browser.address().await;
    browser.press("简体中文").await;
    browser.reads(chinese.identifier).await;
    assert_eq!(browser.address().await, asked_for, "still the same page");
    browser.press("外观").await;
    browser.press(chinese.dark).await;
    // The page before has the same words.
    browser.text_of("html[data-theme=dark] h1").await;
    assert!(is_dark(&browser).await, "dark although the device prefers light");

    browser.enter(chinese.identifier, "admin").await;
    browser.enter(chinese.password, &world.admin_password).await;
    browser.press(chinese.sign_in).await;
    browser.arrives_at(&format!("{}/admin/users", world.site)).await;
    browser.reads("所有拥有帐号的人").await;
    assert!(is_dark(&browser).await, "dark after signing in as well");
    browser.press("跟随设备").await;
    browser.press("English").await;
    browser.reads("Everybody who has an account").await;
    assert!(!is_dark(&browser).await);
    browser.wear(Look { dark: true, ..english.look }).await;
    assert!(is_dark(&browser).await, "as the device prefers");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_of_a_phone_opens_and_closes() {
    if skips("browser") {
        return;
    }
    let (world, words) = (World::new().await, Words::english());
    let browser = Browser::start(Look::phone()).await;
    sign_in_as_administrator(&browser, &world, &words).await;
    let entries = ".menu nav a";
    assert_eq!(browser.visible(entries).await, 0, "folded");
    browser.press(words.menu).await;
    assert_eq!(browser.visible(entries).await, 5);
    browser.click(".menu a[href='/admin/plugins']").await;
    browser.arrives_at(&format!("{}/admin/plugins", world.site)).await;
    assert_eq!(browser.visible(entries).await, 0, "folded again");
    browser.press(words.menu).await;
    browser.press("简体中文").await;
    browser.reads("插件在本服务器内运行").await;
}

async fn is_dark(browser: &Browser) -> bool {
    let lightness = browser.script(LIGHTNESS, &[]).await;
    lightness.as_f64().unwrap() < 200.0
}
