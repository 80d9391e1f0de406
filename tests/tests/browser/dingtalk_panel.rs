//! DingTalk's own panel on the sign-in page, with a login script that has the traits of DingTalk's.

use std::time::Duration;

use dingtalk_simulator::{Endpoint, Fault, Preset};
use gatehouse_tests::chromium::{Browser, Look};
use gatehouse_tests::{CORP_ID, Client, World, skips};
use serde_json::{Value, json};

use super::is_content;
use super::words::Words;

const FRAME: &str = "section[data-panel] iframe";

/// A host whose sign-in page shows the panel.
async fn world() -> World {
    let mut world = World::new().await;
    world.enable("auth-dingtalk").await;
    let base = world.simulator.base_url();
    let form = [
        ("settings.membership", "auto"),
        ("settings.corp_id", CORP_ID),
        ("settings.panel", "on"),
        ("settings.script_url", base.as_str()),
    ];
    world.add_authenticator_with("dingtalk", true, &form).await;
    world
}

async fn sign_in_page(world: &World) -> Browser {
    let browser = Browser::start(Look::default()).await;
    browser.open(&format!("{}/signin?redirect=%2F%3Ffrom%3Dpanel", world.site)).await;
    browser
}

/// Is `person` in the frame.
async fn choose(browser: &Browser, person: &str) {
    browser.into_frame(FRAME).await;
    browser.click(&format!("button[data-person={person}]")).await;
    browser.out_of_frames().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_signs_in() {
    if skips("browser") {
        return;
    }
    let world = world().await;
    let browser = sign_in_page(&world).await;
    choose(&browser, "lin").await;
    browser.arrives_at(&format!("{}/?from=panel", world.site)).await;
    browser.reads("林小满").await;
    is_content(&browser, &[]).await;
}

/// Pages that were drawn again are told of a success more than once; a code is good for one exchange.
#[tokio::test(flavor = "multi_thread")]
async fn a_success_that_comes_twice_is_exchanged_once() {
    if skips("browser") {
        return;
    }
    let world = world().await;
    world.simulator.update(|scenario| scenario.quirks.frame_messages = 3).unwrap();
    let browser = sign_in_page(&world).await;
    choose(&browser, "lin").await;
    browser.reads("林小满").await;
    assert_eq!(world.simulator.counters().get(Endpoint::UserAccessToken), 1);
    let callbacks = browser.requests().await.iter().filter(|sent| sent.address.contains("/callback?")).count();
    assert_eq!(callbacks, 1);
}

/// What another page, another window or another attempt claims is no success. The code would be an attacker's, and the
/// person would be signed in as them.
#[tokio::test(flavor = "multi_thread")]
async fn forged_messages_are_not_believed() {
    if skips("browser") {
        return;
    }
    let world = world().await;
    let browser = sign_in_page(&world).await;
    browser.text_of(FRAME).await;
    let login = world.simulator.base_url();
    let redirect = format!("{}/signin/dingtalk/callback?code=x&authCode=x&state=x", world.site);
    let message = json!({"success": true, "redirectUrl": redirect});
    let forge = "const [data, origin, css] = arguments;
        const source = css ? document.querySelector(css).contentWindow : window;
        dispatchEvent(new MessageEvent('message', {data, origin, source}))";
    browser.script("postMessage(arguments[0], '*')", std::slice::from_ref(&message)).await;
    // DingTalk's script believes an origin that has the right name somewhere in it.
    let lookalike = format!("{login}.evil.example");
    browser.script(forge, &[message.clone(), lookalike.into(), FRAME.into()]).await;
    browser.script(forge, &[message.clone(), login.clone().into(), Value::Null]).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(browser.address().await.contains("/signin?"), "{}", browser.address().await);
    assert_eq!(browser.visible(FRAME).await, 1, "it is still there for the person");
    choose(&browser, "lin").await;
    browser.reads("林小满").await;

    let browser = sign_in_page(&world).await;
    browser.text_of(FRAME).await;
    browser.script(forge, &[message, login.into(), FRAME.into()]).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(browser.address().await.contains("/signin?"), "another attempt's state");
    assert_eq!(browser.visible(FRAME).await, 0);
    assert_eq!(world.simulator.counters().get(Endpoint::UserAccessToken), 1, "the one that was real");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_success_the_button_is_left() {
    if skips("browser") {
        return;
    }
    let (world, words) = (world().await, Words::english());
    let browser = sign_in_page(&world).await;
    choose(&browser, "stranger").await;
    gone(&browser).await;
    browser.press(words.button).await;
    browser.click("button[data-person=lin]").await;
    browser.reads("林小满").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_script_nothing_is_begun() {
    if skips("browser") {
        return;
    }
    let (world, words) = (world().await, Words::english());
    world.simulator.fault(Endpoint::LoginScript, Fault::always().preset(Preset::GatewayTimeout));
    let browser = sign_in_page(&world).await;
    gone(&browser).await;
    assert_eq!(world.rows("attempts").await, 0);
    browser.press(words.button).await;
    browser.arrives_below(&format!("{}/oauth2/auth?", world.simulator.base_url())).await;
}

/// Only the sign-in page, and only with the panel, may load anything from elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn one_page_reaches_the_vendor() {
    let mut world = world().await;
    let vendor = world.simulator.base_url();
    let mut visitor = world.browser();
    let policy = policy_of(&mut visitor, "/signin").await;
    for directive in ["script-src", "frame-src"] {
        let sources = policy.split(';').find(|part| part.trim().starts_with(directive)).unwrap_or_default();
        assert!(sources.contains(&vendor), "{directive} in {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    for path in ["/", "/admin/users", "/admin/authentication", "/admin/authentication/dingtalk"] {
        stays_at_home(&policy_of(&mut world.admin, path).await);
    }
    world.change_authenticator("dingtalk", &[("settings.membership", "never")]).await;
    stays_at_home(&policy_of(&mut visitor, "/signin").await);
}

/// Forms may lead to the provider's sign-in page; scripts and frames come from here.
fn stays_at_home(policy: &str) {
    assert!(policy.contains("script-src 'self';") && !policy.contains("frame-src"), "{policy}");
}

async fn policy_of(client: &mut Client, path: &str) -> String {
    let reply = client.get(path).await;
    reply.headers["content-security-policy"].to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn switched_off_nothing_of_it_is_fetched() {
    if skips("browser") {
        return;
    }
    let world = World::signing_in().await;
    let browser = sign_in_page(&world).await;
    browser.reads(Words::english().button).await;
    assert_eq!(world.simulator.counters().get(Endpoint::LoginScript), 0);
    assert_eq!(browser.visible("iframe").await, 0);
}

async fn gone(browser: &Browser) {
    for _ in 0..100 {
        if browser.visible("section[data-panel]").await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the panel is still there: {}", browser.text().await);
}
