//! A sign-in that named somebody whom nobody here is, and the password that follows it.

use std::time::Duration;

use dingtalk_simulator::Phone;
use gatehouse_tests::{Client, Reply, World};
use reqwest::Method;

use super::{ASK, LIN, PASSWORD, PENDING, TEN_MINUTES, add, answer, journal, signed_in, who, without_sign_up};

/// 林小满 is refused, and the browser keeps whom the provider named.
async fn refused(world: &World, browser: &mut Client) -> Reply {
    let reply = browser.sign_in_as(&world.simulator, "dingtalk", "lin").await;
    assert_eq!(reply.status, 403, "{}", reply.page().text());
    reply
}

/// An administrator with the number of 林小满, and a browser in which she was refused and the administrator then signed
/// in with the password.
async fn asked() -> (World, Client, String) {
    let mut world = World::signing_in().await;
    let boss = add(&mut world, "boss", LIN, &["admin", "member"]).await;
    let mut browser = world.browser();
    refused(&world, &mut browser).await;
    assert_eq!(browser.sign_in_with_password("boss", PASSWORD).await.location(), ASK);
    (world, browser, boss)
}

/// ID-5: the number does not link an administrator, but the administrator can.
#[tokio::test(flavor = "multi_thread")]
async fn id_5_an_administrator_confirms_with_the_password() {
    let mut world = World::signing_in().await;
    let boss = add(&mut world, "boss", LIN, &["admin", "member"]).await;
    let mut browser = world.browser();
    let reply = refused(&world, &mut browser).await;
    assert!(reply.page().text().contains("connect your DingTalk account"), "{}", reply.page().text());
    assert!(reply.page().texts("a.button").contains(&"Sign in with your password".to_owned()));
    assert!(browser.cookies.contains_key(PENDING) && !browser.has_session());
    assert_eq!((world.rows("bindings").await, world.rows("pending_links").await), (0, 1));

    assert_eq!(browser.sign_in_with_password("boss", PASSWORD).await.location(), ASK);
    let page = browser.get(ASK).await.page();
    let text = page.text();
    assert!(text.contains("林小满") && text.contains("DingTalk account") && text.contains("boss"), "{text}");
    assert!(!text.contains("139") && !text.contains("DemoLin0001iEiE") && !page.has("input[type=password]"), "{text}");
    assert_eq!(world.rows("bindings").await, 0, "asking links nobody");

    let done = answer(&mut browser, "connect").await;
    assert_eq!(done.location(), "/?notice=linked");
    assert!(!browser.cookies.contains_key(PENDING));
    assert_eq!(world.texts("SELECT how FROM bindings").await, ["confirmed"]);
    assert_eq!(world.texts("SELECT made_by FROM bindings").await, std::slice::from_ref(&boss));
    assert_eq!(world.rows("pending_links").await, 0);
    assert!(journal(&mut world).await.contains(&"user.linked".to_owned()));

    let mut later = world.browser();
    assert_eq!(later.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    assert_eq!(who(&mut later).await, boss);
}

/// What is kept is worth nothing to somebody who reads the database.
#[tokio::test(flavor = "multi_thread")]
async fn se_1_what_is_kept_is_sealed_and_opens_nothing() {
    let (world, mut browser, _) = asked().await;
    let kept = world.texts("SELECT token_hash || session_hash || sealed FROM pending_links").await.concat();
    for secret in ["林小满", "DemoLin0001iEiE", "13900000001", &browser.cookies[PENDING]] {
        assert!(!kept.contains(secret), "{secret}");
    }
    let hash = world.texts("SELECT token_hash FROM pending_links").await.concat();
    browser.cookies.insert(PENDING.to_owned(), hash[..43].to_owned());
    assert!(browser.get(ASK).await.location().contains("notice=link-over"));
}

#[tokio::test(flavor = "multi_thread")]
async fn not_now_drops_it_and_goes_on() {
    let mut world = without_sign_up().await;
    add(&mut world, "mira", "", &["member"]).await;
    let mut browser = world.browser();
    refused(&world, &mut browser).await;
    let form = [("identifier", "mira"), ("password", PASSWORD), ("redirect", "/?a=b")];
    let signed_in = browser.post("/signin/password", &form).await;
    assert_eq!(signed_in.location(), "/account/link?redirect=%2F%3Fa%3Db");
    let page = browser.get(&signed_in.location()).await.page();
    assert_eq!(page.attribute("input[name=redirect]", "value").as_deref(), Some("/?a=b"));
    let reply = browser.post(ASK, &[("answer", "later"), ("redirect", "/?a=b")]).await;
    assert_eq!(reply.location(), "/?a=b");
    assert_eq!((world.rows("pending_links").await, world.rows("bindings").await), (0, 0));
    assert_eq!(answer(&mut browser, "connect").await.location(), "/?notice=link-over");
    // The address is checked like every other.
    let reply = browser.post(ASK, &[("answer", "later"), ("redirect", "https://evil.example/")]).await;
    assert_eq!(reply.location(), "/");
}

/// Which refusals leave something behind: those after which the person may turn out to be somebody.
#[tokio::test(flavor = "multi_thread")]
async fn only_people_who_may_be_somebody_are_kept() {
    for person in ["lin", "silent", "hidden"] {
        let world = without_sign_up().await;
        let mut browser = world.browser();
        browser.sign_in_as(&world.simulator, "dingtalk", person).await;
        assert_eq!(world.rows("pending_links").await, 1, "{person}");
    }
    // ID-4, ID-10: handed on, and disabled.
    let mut world = World::signing_in().await;
    let id = add(&mut world, "lin", LIN, &["member"]).await;
    assert_eq!(world.browser().sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    let mut heir = world.browser();
    assert_eq!(heir.sign_in_as(&world.simulator, "dingtalk", "heir").await.status, 403);
    world.disable_user(&id).await;
    assert_eq!(heir.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 403);
    assert!(!heir.cookies.contains_key(PENDING));
    assert_eq!(world.rows("pending_links").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_kept_where_nobody_has_a_password() {
    let mut world = without_sign_up().await;
    world.act("password", "disable").await;
    let mut browser = world.browser();
    let page = refused(&world, &mut browser).await.page();
    assert!(!page.text().contains("password"), "{}", page.text());
    assert_eq!((world.rows("pending_links").await, browser.cookies.contains_key(PENDING)), (0, false));
}

/// A wrong password claims nothing.
#[tokio::test(flavor = "multi_thread")]
async fn only_a_right_password_claims_it() {
    let mut world = without_sign_up().await;
    add(&mut world, "mira", "", &["member"]).await;
    let mut browser = world.browser();
    refused(&world, &mut browser).await;
    assert_eq!(browser.sign_in_with_password("mira", "wrong").await.status, 422);
    assert_eq!(browser.get(ASK).await.location(), "/signin?redirect=%2Faccount%2Flink", "nobody is signed in");
    assert_eq!(browser.sign_in_with_password("mira", PASSWORD).await.location(), ASK);
}

/// OA-2: the cookie of another browser, the session of another browser.
#[tokio::test(flavor = "multi_thread")]
async fn oa_2_neither_cookie_nor_session_alone_confirms() {
    let (world, mut browser, _) = asked().await;
    let mut elsewhere = signed_in(&world, "boss").await;
    for cookie in [None, Some(browser.cookies[PENDING].clone())] {
        if let Some(cookie) = cookie {
            elsewhere.cookies.insert(PENDING.to_owned(), cookie);
        }
        assert_eq!(elsewhere.get(ASK).await.location(), "/?notice=link-over");
        assert_eq!(answer(&mut elsewhere, "connect").await.location(), "/?notice=link-over");
    }
    // Signing in anew with a stolen cookie does not claim it again.
    elsewhere.cookies.insert(PENDING.to_owned(), browser.cookies[PENDING].clone());
    assert_eq!(elsewhere.sign_in_with_password("boss", PASSWORD).await.location(), "/");
    assert_eq!(world.rows("bindings").await, 0);
    // And where it belongs, it still waits.
    assert_eq!(answer(&mut browser, "connect").await.location(), "/?notice=linked");
}

/// The next person at the same browser is not asked about the one before.
#[tokio::test(flavor = "multi_thread")]
async fn it_stays_with_the_session_that_claimed_it() {
    let (mut world, mut browser, _) = asked().await;
    add(&mut world, "next", "", &["member"]).await;
    browser.post("/signout", &[]).await;
    assert_eq!(browser.sign_in_with_password("next", PASSWORD).await.location(), "/");
    assert_eq!(answer(&mut browser, "connect").await.location(), "/?notice=link-over");
    assert_eq!(world.rows("bindings").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_used_once() {
    let (world, mut browser, _) = asked().await;
    let cookie = browser.cookies[PENDING].clone();
    let (mut one, mut two) = (browser.clone(), browser.clone());
    let (one, two) = tokio::join!(answer(&mut one, "connect"), answer(&mut two, "connect"));
    let linked = [one, two].iter().filter(|reply| reply.location().contains("=linked")).count();
    assert_eq!((linked, world.rows("bindings").await), (1, 1));
    browser.cookies.insert(PENDING.to_owned(), cookie);
    assert_eq!(answer(&mut browser, "connect").await.location(), "/?notice=link-over");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_ten_minutes_it_is_over() {
    const SECOND: Duration = Duration::from_secs(1);
    let mut world = without_sign_up().await;
    add(&mut world, "mira", "", &["member"]).await;
    let mut browser = world.browser();
    refused(&world, &mut browser).await;
    world.clock.advance(TEN_MINUTES);
    assert_eq!(browser.clone().sign_in_with_password("mira", PASSWORD).await.location(), ASK, "at the limit");

    refused(&world, &mut browser).await;
    world.clock.advance(TEN_MINUTES + SECOND);
    assert_eq!(browser.sign_in_with_password("mira", PASSWORD).await.location(), "/", "a second past it");

    let (world, mut browser, _) = asked().await;
    world.clock.advance(TEN_MINUTES + SECOND);
    assert_eq!(browser.get(ASK).await.location(), "/?notice=link-over");
    assert_eq!(answer(&mut browser, "connect").await.location(), "/?notice=link-over");
    assert_eq!(world.rows("bindings").await, 0);
}

/// ID-1: one person at the provider is one person here, and whoever was first stays.
#[tokio::test(flavor = "multi_thread")]
async fn id_1_a_person_who_is_somebody_meanwhile_is_refused() {
    let (mut world, mut browser, boss) = asked().await;
    let other = Phone { number: "13900000077".into(), state_code: Some("86".into()) };
    world.simulator.update_person("lin", |person| person.phone = Some(other)).unwrap();
    let lin = add(&mut world, "lin", "+8613900000077", &["member"]).await;
    assert_eq!(world.browser().sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    let reply = answer(&mut browser, "connect").await;
    assert_eq!(reply.status, 403);
    assert_eq!(reply.page().texts("h1"), ["This account is connected to somebody else"]);
    assert_eq!(world.texts("SELECT user_id FROM bindings").await, [lin]);
    assert_eq!((world.rows("pending_links").await, who(&mut browser).await), (0, boss), "used up, and still signed in");
}

/// OA-6: what was switched off meanwhile links nobody.
#[tokio::test(flavor = "multi_thread")]
async fn oa_6_a_switched_off_authenticator_links_nobody() {
    let (mut world, mut browser, _) = asked().await;
    world.act("dingtalk", "disable").await;
    assert_eq!(browser.get(ASK).await.location(), "/?notice=link-over");
    assert_eq!(answer(&mut browser, "connect").await.status, 403);
    assert_eq!(world.rows("bindings").await, 0);
}

/// WB-1, OA-8: no other site can answer, and opening the page answers nothing.
#[tokio::test(flavor = "multi_thread")]
async fn oa_8_no_other_site_answers() {
    let (world, mut browser, _) = asked().await;
    for origin in ["https://evil.example", "null"] {
        let form = [("answer", "connect")];
        let request = browser.request(Method::POST, ASK).header("origin", origin).form(&form);
        assert_eq!(browser.send(request).await.status, 403, "{origin}");
    }
    assert_eq!(browser.get("/account/link?answer=connect").await.status, 200);
    assert_eq!((world.rows("bindings").await, world.rows("pending_links").await), (0, 1));
}
