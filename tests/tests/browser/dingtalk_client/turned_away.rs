//! Where the client does not say who is there, the ordinary sign-in page says why, and nobody goes round in circles.

use std::time::Duration;

use dingtalk_simulator::Endpoint;
use gatehouse_tests::chromium::{Browser, Look};
use gatehouse_tests::{CORP_ID, World, skips};

use super::bridge::{
    ANDROID, Client, DOES_NOT_TRUST_THE_ADDRESS, GIVES_A_CODE, IPHONE, IS_BROKEN, SAYS_NOTHING, WAS_CANCELLED, WINDOWS,
};
use super::{PAGE, world};
use crate::browser::words::Words;

const NOT_IN_CLIENT: &str = "because this page was not opened inside the app.";
const WRONG_ORGANISATION: &str = "because the app is used for another organisation.";
const UNTRUSTED: &str = "because the app does not trust the address of this site.";
const CANCELLED: &str = "You were not signed in automatically. Please sign in below.";
const FAILED: &str = "because the app did not tell us who you are.";

/// Opens `path` in a client, which leads to the sign-in page with `sentence` and stays there.
async fn leads_to_a_sentence(agent: &str, answer: &str, path: &str, sentence: &str) {
    let world = world(true).await;
    let browser = Browser::start(Look::phone()).await;
    let client = Client::of(&browser, &world, agent, "lin", answer).await;
    client.open(path).await;
    browser.reads(sentence).await;
    browser.arrives_below(&format!("{}/signin?", world.site)).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(visits(&browser).await, 1, "no circle");
    browser.reload().await;
    browser.reads(sentence).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(visits(&browser).await, 0, "not after a reload either");
    assert_eq!(world.simulator.counters().get(Endpoint::GetUserInfo), 0, "there was nothing to ask DingTalk");
    nobody_is_locked_out(&browser, &world).await;
}

/// How often the client's page was opened since the last time.
async fn visits(browser: &Browser) -> usize {
    browser.requests().await.iter().filter(|sent| sent.address.contains(PAGE)).count()
}

/// The password still works, and whoever used it is not asked for by the client on every page.
async fn nobody_is_locked_out(browser: &Browser, world: &World) {
    let words = Words::english();
    browser.enter(words.identifier, "admin").await;
    browser.enter(words.password, &world.admin_password).await;
    browser.press(words.sign_in).await;
    browser.reads("admin").await;
    let (left, users) = (browser.address().await, format!("{}/admin/users", world.site));
    assert!(!left.contains("/signin"), "{left}");
    browser.script("location.assign(arguments[0])", &[users.clone().into()]).await;
    browser.arrives_at(&users).await;
    assert_eq!(visits(browser).await, 0, "the client is not asked on the way from page to page");
}

#[tokio::test(flavor = "multi_thread")]
async fn by_a_link_of_another_organisation() {
    if skips("browser") {
        return;
    }
    let path = format!("{PAGE}?corpId=dingcorpother0002");
    leads_to_a_sentence(IPHONE, GIVES_A_CODE, &path, WRONG_ORGANISATION).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_an_address_that_the_app_does_not_know() {
    if skips("browser") {
        return;
    }
    leads_to_a_sentence(ANDROID, DOES_NOT_TRUST_THE_ADDRESS, "/", UNTRUSTED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_no() {
    if skips("browser") {
        return;
    }
    let path = format!("{PAGE}?corpId={CORP_ID}");
    leads_to_a_sentence(IPHONE, WAS_CANCELLED, &path, CANCELLED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_client_that_is_broken() {
    if skips("browser") {
        return;
    }
    leads_to_a_sentence(IPHONE, IS_BROKEN, "/", FAILED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_client_that_says_nothing() {
    if skips("browser") {
        return;
    }
    leads_to_a_sentence(ANDROID, SAYS_NOTHING, "/", FAILED).await;
}

/// The library finds no bridge, whatever the browser calls itself.
#[tokio::test(flavor = "multi_thread")]
async fn in_a_browser_that_only_calls_itself_the_client() {
    if skips("browser") {
        return;
    }
    leads_to_a_sentence(WINDOWS, GIVES_A_CODE, "/", NOT_IN_CLIENT).await;
}
