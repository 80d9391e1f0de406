//! Only somebody who is there right now changes how they sign in (row SE-7).

use std::time::Duration;

use gatehouse_tests::{Client, World};

use super::{ASK, LIN, PASSWORD, SESSION, add, answer, approved, signed_in, to_the_provider, who, without_sign_up};

const HOUR: Duration = Duration::from_secs(3600);
const MINUTE: Duration = Duration::from_secs(60);

/// Somebody with a password and a link, and their session of yesterday.
async fn yesterday() -> (World, Client) {
    let mut world = without_sign_up().await;
    world.add_authenticator("second", false).await;
    add(&mut world, "mira", LIN, &["member"]).await;
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    for _ in 0..24 {
        world.clock.advance(HOUR);
        assert_eq!(browser.get("/api/v1/me").await.status, 200);
    }
    (world, browser)
}

/// SE-7: a stolen session of yesterday neither links nor unlinks.
#[tokio::test(flavor = "multi_thread")]
async fn se_7_a_stolen_session_changes_nothing() {
    let (world, mut thief) = yesterday().await;
    for address in ["/account/links/second", "/account/links/dingtalk/remove"] {
        for form in [vec![], vec![("password", "")], vec![("password", "a guess of the thief")]] {
            let reply = thief.post(address, &form).await;
            let page = reply.page();
            assert_eq!(reply.status, 403, "{address}");
            assert_eq!(page.texts("h1"), ["Please confirm that it is you"]);
            assert_eq!(page.attribute("form.fields", "action").as_deref(), Some(address));
            let guessed = form.iter().any(|(_, given)| !given.is_empty());
            assert_eq!(page.has("[aria-invalid]"), guessed, "{address}");
        }
    }
    assert_eq!((world.rows("bindings").await, world.rows("attempts").await), (1, 0));
}

/// The password makes the session a new one (SE-2), in which everything goes on without another question.
#[tokio::test(flavor = "multi_thread")]
async fn se_7_the_password_is_enough() {
    let (world, mut browser) = yesterday().await;
    let before = (browser.clone(), who(&mut browser).await);
    let clicked = browser.post("/account/links/second", &[("password", PASSWORD)]).await;
    assert_eq!(clicked.status, 303, "{}", clicked.page().text());
    assert_ne!(browser.cookies[SESSION], before.0.cookies[SESSION]);
    assert_eq!(who(&mut before.0.clone()).await, "", "the old one is over");
    let back = approved(&world, &clicked, "lin").await;
    assert_eq!(browser.get(&back).await.location(), ASK);
    assert!(!browser.get(ASK).await.page().has("input[type=password]"));
    assert_eq!(answer(&mut browser, "connect").await.location(), "/?notice=linked");
    assert_eq!(browser.post("/account/links/dingtalk/remove", &[]).await.location(), "/?notice=unlinked");
    assert_eq!(who(&mut browser).await, before.1);
}

/// Ten minutes, and not a second more.
#[tokio::test(flavor = "multi_thread")]
async fn se_7_a_sign_in_counts_for_ten_minutes() {
    let mut world = without_sign_up().await;
    add(&mut world, "mira", "", &["member"]).await;
    let mut browser = signed_in(&world, "mira").await;
    world.clock.advance(MINUTE * 10);
    assert_eq!(browser.post("/account/links/dingtalk", &[]).await.status, 303);
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(browser.post("/account/links/dingtalk", &[]).await.status, 403);
}

/// Whoever takes long at the provider is asked on the page with the question, and the answer is still one.
#[tokio::test(flavor = "multi_thread")]
async fn se_7_the_question_asks_for_the_password_itself() {
    let mut world = without_sign_up().await;
    add(&mut world, "mira", "", &["member"]).await;
    let mut browser = signed_in(&world, "mira").await;
    world.clock.advance(MINUTE * 9);
    let back = to_the_provider(&world, &mut browser, "dingtalk", "lin").await;
    world.clock.advance(MINUTE * 5);
    assert_eq!(browser.get(&back).await.location(), ASK);
    assert!(browser.get(ASK).await.page().has("input[type=password]"));
    assert!(answer(&mut browser, "connect").await.page().has("input[type=password]"));
    let wrong = browser.post(ASK, &[("answer", "connect"), ("password", "a wrong one, by mistake")]).await;
    assert_eq!((wrong.status, wrong.page().has("[aria-invalid]")), (422, true));
    assert_eq!((world.rows("bindings").await, world.rows("pending_links").await), (0, 1));
    let old = browser.cookies[SESSION].clone();
    let right = browser.post(ASK, &[("answer", "connect"), ("password", PASSWORD)]).await;
    assert_eq!(right.location(), "/?notice=linked");
    assert_ne!(browser.cookies[SESSION], old);
    assert_eq!(world.rows("bindings").await, 1);
}

/// Without a password that counts, there is only another sign-in.
#[tokio::test(flavor = "multi_thread")]
async fn se_7_people_without_a_password_sign_in_again() {
    let mut world = World::signing_in().await;
    world.add_authenticator("second", true).await;
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    world.clock.advance(MINUTE * 9);
    let back = to_the_provider(&world, &mut browser, "second", "lin").await;
    world.clock.advance(MINUTE * 2);
    let reply = browser.post("/account/links/second", &[("password", "anything at all, really")]).await;
    let page = reply.page();
    assert_eq!((reply.status, page.has("input[type=password]")), (403, false));
    assert!(page.texts("button").contains(&"Sign in again".to_owned()));
    // The same on the page with the question, for whoever took long.
    assert_eq!(browser.get(&back).await.location(), ASK);
    assert!(browser.get(ASK).await.page().text().contains("Sign in again"));
    assert_eq!(answer(&mut browser, "connect").await.status, 200);
    assert_eq!(world.rows("bindings").await, 1);
}
