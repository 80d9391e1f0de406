//! Opening a page is all that is needed.

use dingtalk_simulator::Endpoint;
use gatehouse_tests::chromium::{Browser, Look};
use gatehouse_tests::{CLIENT_ID, CORP_ID, skips};
use serde_json::json;

use super::bridge::{ANDROID, Client, GIVES_A_CODE, IPHONE, IS_SILENT_AT_THE_NEW_CALL, KNOWS_THE_OLD_CALL};
use super::world;
use crate::browser::is_content;

const CURRENT: &str = "runtime.permission.requestAuthCodeV2";
const OLD: &str = "runtime.permission.requestAuthCode";

#[tokio::test(flavor = "multi_thread")]
async fn at_the_page_that_was_asked_for_on_an_iphone() {
    if skips("browser") {
        return;
    }
    let world = world(true).await;
    let browser = Browser::start(Look::phone()).await;
    let client = Client::of(&browser, &world, IPHONE, "lin", GIVES_A_CODE).await;
    client.open("/?from=message").await;
    browser.arrives_at(&format!("{}/?from=message", world.site)).await;
    browser.reads("林小满").await;
    assert_eq!(client.asked().await, [json!({"name": CURRENT, "corpId": CORP_ID, "clientId": CLIENT_ID})]);
    let calls = world.simulator.counters();
    assert_eq!((calls.get(Endpoint::GetUserInfo), calls.get(Endpoint::UserAccessToken)), (1, 0));
    is_content(&browser, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_an_android_phone() {
    if skips("browser") {
        return;
    }
    let world = world(true).await;
    let browser = Browser::start(Look::phone().chinese()).await;
    let client = Client::of(&browser, &world, ANDROID, "amy", GIVES_A_CODE).await;
    client.open("/").await;
    browser.arrives_at(&format!("{}/", world.site)).await;
    browser.reads("Amy Stone").await;
    assert_eq!(client.asked().await, [json!({"name": CURRENT, "corpId": CORP_ID, "clientId": CLIENT_ID})]);
    is_content(&browser, &[]).await;
}

/// Outside the workbench, the client leaves `$CORPID$` in the link as it is.
#[tokio::test(flavor = "multi_thread")]
async fn by_the_link_of_the_workbench() {
    if skips("browser") {
        return;
    }
    let world = world(true).await;
    for query in ["corpId=$CORPID$".to_owned(), format!("corpId={CORP_ID}")] {
        let browser = Browser::start(Look::phone()).await;
        let client = Client::of(&browser, &world, IPHONE, "lin", GIVES_A_CODE).await;
        client.open(&format!("{}?{query}", super::PAGE)).await;
        browser.arrives_at(&format!("{}/", world.site)).await;
        browser.reads("林小满").await;
        assert_eq!(client.asked().await[0]["corpId"], CORP_ID, "never what the link says");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_old_call_where_the_client_knows_no_other() {
    if skips("browser") {
        return;
    }
    let world = world(true).await;
    for (agent, answer) in [(ANDROID, KNOWS_THE_OLD_CALL), (IPHONE, IS_SILENT_AT_THE_NEW_CALL)] {
        let browser = Browser::start(Look::phone()).await;
        let client = Client::of(&browser, &world, agent, "lin", answer).await;
        client.open("/").await;
        browser.arrives_at(&format!("{}/", world.site)).await;
        browser.reads("林小满").await;
        let asked = client.asked().await;
        let names: Vec<&str> = asked.iter().map(|call| call["name"].as_str().unwrap()).collect();
        assert_eq!(names, [CURRENT, OLD], "each of them once");
        assert_eq!(asked[1], json!({"name": OLD, "corpId": CORP_ID}));
    }
}

/// Pages of the client, and bundlers, have a module system; the library must not hand itself to it.
#[tokio::test(flavor = "multi_thread")]
async fn although_the_page_has_modules() {
    if skips("browser") {
        return;
    }
    let world = world(true).await;
    let browser = Browser::start(Look::phone()).await;
    let modules = "window.define = Object.assign(() => { throw new Error('taken') }, {amd: {}})";
    browser.before_every_page(modules).await;
    let client = Client::of(&browser, &world, IPHONE, "lin", GIVES_A_CODE).await;
    client.open("/").await;
    browser.reads("林小满").await;
    is_content(&browser, &[]).await;
}
