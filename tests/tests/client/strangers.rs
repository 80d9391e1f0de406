//! The client names somebody who has no account: whoever's session is there, it is not theirs.

use dingtalk_simulator::Endpoint;
use reqwest::Method;
use serde_json::json;

use super::*;

const PASSWORD: &str = "a sentence of seven words or so";

/// A host where unknown people are not signed up, with a user `mira` who has a password.
async fn closed() -> World {
    let mut world = world().await;
    assert!(switch(&mut world, true, &[("settings.sign_up", "")]).await.location().contains("notice=saved"));
    let body = json!({"username": "mira", "nickname": "Mira", "roles": ["member"], "password": PASSWORD});
    let made = world.admin.json(Method::POST, "/api/v1/users", Some(&body)).await;
    assert_eq!(made.status, 201, "{}", made.body);
    world
}

/// Signs `mira` in with her password, inside the client.
async fn mira(view: &mut View) -> Reply {
    view.submit("/signin/password", &[("identifier", "mira"), ("password", PASSWORD)]).await
}

/// The session of somebody else ends, and the person reads why they have none of their own.
#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_ends_the_session_that_is_there() {
    let world = closed().await;
    for mut view in [View::of(&world), View::old(&world)] {
        mira(&mut view).await;
        let of_mira = view.session().unwrap();
        world.clock.advance(std::time::Duration::from_secs(121));
        let answer = view.report_as(&world, "lin", "/").await;
        assert_eq!(answer.status, 403, "{}", answer.body);
        assert!(view.session().is_none());
        let mut left = world.browser();
        left.cookies.insert("__Host-gatehouse".into(), of_mira);
        assert_eq!(left.get("/api/v1/me").await.status, 401);
        let page = view.follow(&location(&answer)).await;
        assert_eq!(page.status, 200);
        let text = page.page().text();
        assert!(
            text.contains("There is no account for you yet") && text.contains("connect your DingTalk account"),
            "{text}"
        );
        assert!(!text.contains("Mira") && !page.page().has("form[action='/signin']"), "{text}");
    }
    let ended = "SELECT COUNT(*) FROM journal WHERE kind = 'session.ended' AND detail LIKE '%client%'";
    assert_eq!(world.query(ended).await, 2);
}

/// Who signs in with a password then, and does not connect the two, is not thrown out at the next entry. Another person
/// at the client is another matter.
#[tokio::test(flavor = "multi_thread")]
async fn who_declines_to_connect_is_left_in_peace() {
    let world = closed().await;
    let mut view = View::of(&world);
    view.report_as(&world, "lin", "/?a=b").await;
    let asked = mira(&mut view).await.location();
    assert!(asked.starts_with("/account/link"), "{asked}");
    assert!(view.follow(&asked).await.page().text().contains("Connect these two accounts?"));
    view.submit("/account/link", &[("answer", "later"), ("redirect", "/?a=b")]).await;
    let (session, journal) = (view.session(), world.rows("journal").await);
    for _ in 0..2 {
        let answer = view.report_as(&world, "lin", "/?c=d").await;
        assert_eq!((answer.status, location(&answer).as_str()), (200, "/?c=d"), "{}", answer.body);
        assert_eq!(view.session(), session);
    }
    assert_eq!((view.username().await.as_str(), world.rows("journal").await), ("mira", journal));
    assert_eq!(view.report_as(&world, "zhou", "/").await.status, 403);
    assert!(view.session().is_none());
}

/// Who connects the two is signed in silently from then on.
#[tokio::test(flavor = "multi_thread")]
async fn who_connects_is_signed_in_from_then_on() {
    let world = closed().await;
    let mut view = View::of(&world);
    view.report_as(&world, "lin", "/").await;
    let asked = mira(&mut view).await.location();
    view.follow(&asked).await;
    view.submit("/account/link", &[("answer", "connect")]).await;
    let mut next = View::of(&world);
    let home = next.sign_in_as(&world, "lin", "/").await;
    assert!(home.page().text().contains("Mira"), "{}", home.page().text());
}

/// Who goes to the provider's own page from inside the client, to connect the two, comes back into their session.
#[tokio::test(flavor = "multi_thread")]
async fn connecting_from_inside_is_no_entry() {
    let world = closed().await;
    for mut view in [View::of(&world), View::old(&world)] {
        mira(&mut view).await;
        let begun = view.submit("/account/links/dingtalk", &[]).await;
        world.simulator.set_auto_approve(Some("lin")).unwrap();
        let back = Client::elsewhere().get(&begun.location()).await.location();
        let asked = view.page(&back, "cross-site").await.location();
        let question = view.page(&asked, "cross-site").await;
        assert_eq!(question.status, 200, "{:?}", question.headers);
        assert!(question.page().text().contains("Connect these two accounts?"));
    }
}

/// Every way of having no account ends the session; the sentence and the kept person differ.
#[tokio::test(flavor = "multi_thread")]
async fn every_way_of_being_a_stranger() {
    let mut world = closed().await;
    world.add_user("boss", "+8613900000002", &["admin", "member"]).await;
    world.add_user("one", LIN, &["member"]).await;
    world.add_user("two", LIN, &["member"]).await;
    for (person, reason, kept) in
        [("zhou", "privileged-account", 1), ("lin", "phone-ambiguous", 1), ("silent", "no-phone", 1)]
    {
        let mut view = View::of(&world);
        mira(&mut view).await;
        let before = rows(&world).await;
        let answer = view.report_as(&world, person, "/").await;
        assert!(location(&answer).contains(&format!("refused={reason}&")), "{person}: {}", answer.body);
        let [users, bindings, sessions, pending] = rows(&world).await;
        assert_eq!(
            [users, bindings, sessions, pending],
            [before[0], before[1], before[2] - 1, before[3] + kept],
            "{person}"
        );
        assert!(view.session().is_none(), "{person}");
    }
}

/// ID-10: an account that is disabled keeps nobody in, nor anybody else's session open.
#[tokio::test(flavor = "multi_thread")]
async fn id_10_a_disabled_person_ends_the_session() {
    let mut world = closed().await;
    let id = world.add_user("lin", LIN, &["member"]).await;
    View::of(&world).sign_in_as(&world, "lin", "/").await;
    world.disable_user(&id).await;
    let mut view = View::of(&world);
    mira(&mut view).await;
    let answer = view.report_as(&world, "lin", "/").await;
    assert!(location(&answer).contains("refused=account-disabled"), "{}", answer.body);
    assert!(view.session().is_none());
    assert_eq!(world.rows("pending_links").await, 0);
}

/// The account found by phone inside the client is the one that the sign-in page finds, and is linked once.
#[tokio::test(flavor = "multi_thread")]
async fn one_person_has_one_account_by_either_way() {
    let mut world = closed().await;
    world.add_user("lin", LIN, &["member"]).await;
    let mut view = View::of(&world);
    view.sign_in_as(&world, "lin", "/").await;
    assert_eq!(view.username().await, "lin");
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    assert_eq!(browser.get("/api/v1/me").await.json()["username"], "lin");
    assert_eq!(world.rows("bindings").await, 1);
    assert!(world.simulator.counters().get(Endpoint::GetUserInfo) > 0);
}
