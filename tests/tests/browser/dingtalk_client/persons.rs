//! Whose phone it is decides whose session it is.

use gatehouse_tests::chromium::{Browser, Look};
use gatehouse_tests::skips;

use super::bridge::{Client, GIVES_A_CODE, IPHONE};
use super::world;
use crate::browser::words::Words;

#[tokio::test(flavor = "multi_thread")]
async fn another_person_never_sees_the_session_of_the_first() {
    if skips("browser") {
        return;
    }
    let world = world(true).await;
    let browser = Browser::start(Look::phone()).await;
    let mut client = Client::of(&browser, &world, IPHONE, "lin", GIVES_A_CODE).await;
    client.open("/").await;
    browser.reads("林小满").await;
    assert!(client.seen().await.iter().any(|text| text.contains("林小满")), "what is seen is noticed");

    client.hand_to("amy", GIVES_A_CODE).await;
    client.open("/").await;
    browser.reads("Amy Stone").await;
    let seen = client.seen().await;
    assert!(!seen.is_empty() && seen.iter().all(|text| !text.contains("林小满")), "{seen:?}");

    client.hand_to("lin", GIVES_A_CODE).await;
    client.open("/").await;
    browser.reads("林小满").await;
    assert!(client.seen().await.iter().all(|text| !text.contains("Amy")));
    assert_eq!(world.query("SELECT COUNT(*) FROM sessions").await, 2, "the administrator's and the last one");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_person_keeps_the_session() {
    if skips("browser") {
        return;
    }
    let world = world(true).await;
    let browser = Browser::start(Look::phone()).await;
    let client = Client::of(&browser, &world, IPHONE, "lin", GIVES_A_CODE).await;
    client.open("/").await;
    browser.reads("林小满").await;
    for _ in 0..3 {
        client.open("/?again").await;
        browser.arrives_at(&format!("{}/?again", world.site)).await;
        browser.reads("林小满").await;
    }
    assert_eq!(world.query("SELECT COUNT(*) FROM sessions").await, 2, "one beside the administrator's");
    assert_eq!(client.asked().await.len(), 4, "asked at every entry");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_with_a_password_connects_both_after_saying_so() {
    if skips("browser") {
        return;
    }
    let (world, words) = (world(false).await, Words::english());
    let browser = Browser::start(Look::phone()).await;
    let client = Client::of(&browser, &world, IPHONE, "amy", GIVES_A_CODE).await;
    client.open("/").await;
    browser.reads("If you already have a password here").await;
    browser.enter(words.identifier, "admin").await;
    browser.enter(words.password, &world.admin_password).await;
    browser.press(words.sign_in).await;
    browser.reads("Connect these two accounts?").await;
    browser.reads("Amy Stone").await;
    assert_eq!(world.rows("bindings").await, 0, "not before it was said");
    browser.press("Connect").await;
    browser.reads("The accounts are connected.").await;
    assert_eq!(world.rows("bindings").await, 1);

    browser.cdp("Network.clearBrowserCookies", serde_json::json!({})).await;
    client.open("/").await;
    browser.arrives_at(&format!("{}/", world.site)).await;
    browser.reads("admin").await;
}
