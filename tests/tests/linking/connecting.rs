//! A person connects an account from their own page.

use dingtalk_simulator::Endpoint;
use reqwest::Method;

use super::{ASK, PENDING, SESSION, add, answer, approved, signed_in, to_the_provider, who, without_sign_up};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_connects_from_their_own_page() {
    let mut world = without_sign_up().await;
    let mira = add(&mut world, "mira", "", &["member"]).await;
    let mut browser = signed_in(&world, "mira").await;
    let page = browser.get("/").await.page();
    assert_eq!(page.attribute(".way form", "action").as_deref(), Some("/account/links/dingtalk"));

    let back = to_the_provider(&world, &mut browser, "dingtalk", "lin").await;
    assert_eq!(browser.get(&back).await.location(), ASK);
    assert_eq!(world.rows("bindings").await, 0, "coming back links nobody");
    let text = browser.get(ASK).await.page().text();
    assert!(text.contains("林小满") && text.contains("mira"), "{text}");
    assert_eq!(answer(&mut browser, "connect").await.location(), "/?notice=linked");
    let page = browser.get("/").await.page();
    assert!(page.texts(".way")[0].contains("Connected on"), "{:?}", page.texts(".way"));
    assert!(!page.has(".way form[action='/account/links/dingtalk']"));

    let mut later = world.browser();
    assert_eq!(later.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    assert_eq!(who(&mut later).await, mira);
}

/// The browser may follow the redirect of the form to the provider, and to nowhere else.
#[tokio::test(flavor = "multi_thread")]
async fn the_own_page_leads_to_the_provider_only() {
    let mut world = without_sign_up().await;
    add(&mut world, "mira", "", &["member"]).await;
    let mut browser = signed_in(&world, "mira").await;
    let reply = browser.get("/").await;
    let policy = reply.headers["content-security-policy"].to_str().unwrap();
    let forms = policy.split("form-action").nth(1).unwrap();
    assert!(forms.contains(&world.simulator.base_url()), "{policy}");
    assert!(!policy.contains("frame-src") && !policy.contains("connect-src"), "{policy}");
}

/// OA-8: what began in one session does not end in another, not even of the same person.
#[tokio::test(flavor = "multi_thread")]
async fn oa_8_a_link_ends_only_in_the_session_that_it_began_in() {
    let mut world = without_sign_up().await;
    add(&mut world, "mira", "", &["member"]).await;
    let begun = {
        let mut browser = signed_in(&world, "mira").await;
        let back = to_the_provider(&world, &mut browser, "dingtalk", "lin").await;
        (browser, back)
    };
    let (mut browser, back) = begun;
    browser.cookies.remove(SESSION);
    assert_eq!(browser.sign_in_with_password("mira", super::PASSWORD).await.status, 303);
    let reply = browser.get(&back).await;
    assert_eq!(reply.status, 400, "{}", reply.page().text());
    assert_eq!(reply.page().texts("h1"), ["This did not come back to where it began"]);

    let mut browser = signed_in(&world, "mira").await;
    let back = to_the_provider(&world, &mut browser, "dingtalk", "lin").await;
    browser.post("/signout", &[]).await;
    assert_eq!(browser.get(&back).await.status, 400, "nobody is signed in");
    assert!(!browser.has_session() && !browser.cookies.contains_key(PENDING));
    assert_eq!((world.rows("bindings").await, world.rows("pending_links").await), (0, 0));
    assert_eq!(world.simulator.counters().get(Endpoint::UserAccessToken), 0, "no code was exchanged");
}

/// OA-8: an attacker's link opened in a victim's browser gains nothing, wherever the attacker stopped.
#[tokio::test(flavor = "multi_thread")]
async fn oa_8_an_attackers_link_gains_nothing() {
    let mut world = without_sign_up().await;
    add(&mut world, "attacker", "", &["member"]).await;
    let victim_id = add(&mut world, "victim", "", &["member"]).await;
    let mut attacker = signed_in(&world, "attacker").await;
    let mut victim = signed_in(&world, "victim").await;

    let back = to_the_provider(&world, &mut attacker, "dingtalk", "lin").await;
    let reply = victim.get(&back).await;
    assert_eq!(reply.page().texts("h1"), ["This sign-in cannot be continued"]);
    assert_eq!(world.simulator.counters().get(Endpoint::UserAccessToken), 0);

    assert_eq!(attacker.get(&back).await.location(), ASK);
    assert_eq!(victim.get(ASK).await.location(), "/?notice=link-over");
    assert_eq!(answer(&mut victim, "connect").await.location(), "/?notice=link-over");
    assert_eq!((world.rows("bindings").await, who(&mut victim).await), (0, victim_id));
}

/// OA-8: going there is the person's own doing: no address, and no other site, does it for them.
#[tokio::test(flavor = "multi_thread")]
async fn oa_8_going_there_is_a_post_of_our_own_page() {
    let mut world = without_sign_up().await;
    add(&mut world, "mira", "", &["member"]).await;
    let mut browser = signed_in(&world, "mira").await;
    assert_eq!(browser.get("/account/links/dingtalk").await.status, 405);
    for address in ["/account/links/dingtalk", "/account/links/dingtalk/remove"] {
        let nothing: [(&str, &str); 0] = [];
        let request = browser.request(Method::POST, address).header("origin", "https://evil.example").form(&nothing);
        assert_eq!(browser.send(request).await.status, 403);
    }
    assert_eq!(world.browser().post("/account/links/dingtalk", &[]).await.status, 401, "nobody is signed in");
    for uid in ["password", "nowhere"] {
        assert_eq!(browser.post(&format!("/account/links/{uid}"), &[]).await.status, 404, "{uid}");
    }
    assert_eq!(world.rows("attempts").await, 0);
}

/// An attempt to sign in is none to link, and the other way round.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_no_session() {
    let mut world = without_sign_up().await;
    let mira = add(&mut world, "mira", "", &["member"]).await;
    let mut browser = signed_in(&world, "mira").await;
    let clicked = browser.post("/account/links/dingtalk", &[]).await;
    let back = approved(&world, &clicked, "lin").await;
    let session = browser.cookies[SESSION].clone();
    browser.get(&back).await;
    assert_eq!((browser.cookies[SESSION].clone(), who(&mut browser).await), (session, mira));
    assert_eq!(browser.get(&back).await.status, 400, "once");
}
