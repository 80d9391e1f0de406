//! Whose session is it? At every entry the client is asked, and its answer counts.

use std::time::Duration;

use super::*;

/// Session of A, the client says B: B has a session of their own, and nothing of A's is shown or left.
#[tokio::test(flavor = "multi_thread")]
async fn another_person_gets_another_session() {
    let world = world().await;
    for mut view in [View::of(&world), View::old(&world)] {
        view.sign_in_as(&world, "lin", "/").await;
        let of_lin = view.session().unwrap();
        world.clock.advance(Duration::from_secs(121));
        let entry = view.enter("/").await;
        assert_eq!(entry.status, 303);
        let between = view.enter(&entry.location()).await;
        assert!(!between.body.contains("林小满"), "nothing of the old session is shown");
        let home = view.sign_in_as(&world, "zhou", "/").await.page().text();
        assert!(home.contains("周正") && !home.contains("林小满"), "{home}");
        assert_ne!(view.session().unwrap(), of_lin);
        let mut left = world.browser();
        left.cookies.insert("__Host-gatehouse".into(), of_lin);
        assert_eq!(left.get("/api/v1/me").await.status, 401, "the old session is over");
    }
}

/// The same person keeps their session, and the journal does not fill with it.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_person_keeps_their_session() {
    let world = world().await;
    let mut view = View::of(&world);
    view.sign_in_as(&world, "lin", "/").await;
    let (session, journal, rows_before) = (view.session(), world.rows("journal").await, rows(&world).await);
    for path in ["/", "/?again", "/admin"] {
        let answer = view.report_as(&world, "lin", path).await;
        assert_eq!((answer.status, location(&answer).as_str()), (200, path));
        assert!(!answer.headers.contains_key("set-cookie"), "{:?}", answer.headers);
    }
    assert_eq!((view.session(), world.rows("journal").await), (session, journal));
    assert_eq!(rows(&world).await, rows_before);
}

/// Every entry counts as one; what our own pages lead to does not.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_entry_is() {
    let world = world().await;
    let mut view = View::of(&world);
    view.sign_in_as(&world, "lin", "/").await;
    for site in ["none", "cross-site", "same-site", "something-new"] {
        assert!(view.page("/", site).await.location().starts_with(PAGE), "{site}");
    }
    assert_eq!(view.page("/", "same-origin").await.status, 200);
    // The sign-in page itself leads on, and there it is asked.
    let on = view.enter("/signin?redirect=%2Fadmin").await.location();
    assert_eq!(on, "/admin");
    assert!(view.enter(&on).await.location().starts_with(PAGE));
}

/// Older web views do not say where a request comes from: they are asked again after two minutes, and not before.
#[tokio::test(flavor = "multi_thread")]
async fn older_views_are_asked_every_two_minutes() {
    let world = world().await;
    let mut view = View::old(&world);
    view.sign_in_as(&world, "lin", "/").await;
    assert!(view.browser.cookies.contains_key("__Host-entry"));
    for _ in 0..3 {
        assert_eq!(view.enter("/").await.status, 200);
    }
    world.clock.advance(Duration::from_secs(119));
    assert_eq!(view.enter("/").await.status, 200);
    world.clock.advance(Duration::from_secs(2));
    assert!(view.enter("/").await.location().starts_with(PAGE));
    let home = view.sign_in_as(&world, "lin", "/").await;
    assert_eq!(home.status, 200);
}

/// A mark is that of one session, and no longer than its time.
#[tokio::test(flavor = "multi_thread")]
async fn a_mark_is_tied_to_its_session() {
    let world = world().await;
    let (mut one, mut other) = (View::old(&world), View::old(&world));
    one.sign_in_as(&world, "lin", "/").await;
    other.sign_in_as(&world, "lin", "/").await;
    let mark = one.browser.cookies["__Host-entry"].clone();
    let (until, hash) = mark.split_once('.').unwrap();
    let stretched = format!("{}.{hash}", until.parse::<i64>().unwrap() + 60_000);
    for forged in [other.browser.cookies["__Host-entry"].clone(), stretched, String::new(), "9.9".into(), "x".into()] {
        one.browser.cookies.insert("__Host-entry".into(), forged.clone());
        assert_eq!(one.enter("/").await.status, 303, "{forged}");
    }
    one.browser.cookies.insert("__Host-entry".into(), mark);
    assert_eq!(one.enter("/").await.status, 200);
}

/// The client does not say who is there: the session goes on only if its person says so.
#[tokio::test(flavor = "multi_thread")]
async fn going_on_is_the_persons_choice() {
    let world = world().await;
    for mut view in [View::of(&world), View::old(&world)] {
        view.sign_in_as(&world, "lin", "/").await;
        let session = view.session();
        world.clock.advance(Duration::from_secs(121));
        let sent = view.enter("/?a=b").await.location();
        let page = view.enter(&sent).await.page();
        let failed = page.attribute("script[data-failed]", "data-failed").unwrap();
        let reply = view.follow(&format!("{failed}failed")).await;
        assert_eq!(reply.status, 200, "never by itself");
        let page = reply.page();
        assert!(page.texts("form[action='/signin'] button").concat().contains("Continue as 林小满"), "{}", page.text());
        assert!(page.has("input[name=password]"), "or somebody else signs in");
        assert!(!page.has("[autofocus]"), "the choice is seen first");
        let going = page.attribute("form[action='/signin'] input[name=redirect]", "value").unwrap();
        let on = view.submit("/signin", &[("redirect", &going)]).await;
        assert_eq!((on.status, on.location().as_str()), (303, "/?a=b"));
        assert_eq!(view.follow("/?a=b").await.status, 200);
        assert_eq!(view.session(), session);
    }
    // Without a session there is nothing to go on in.
    let mut view = View::of(&world);
    let reply = view.follow("/signin?notice=client-failed").await;
    assert!(!reply.page().has("form[action='/signin']"));
    assert_eq!(view.submit("/signin", &[("redirect", "/a")]).await.location(), "/signin?redirect=%2Fa");
}

/// An upstream fault says nothing about the person either: the session stays, for who says that it is theirs.
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_the_provider_ends_no_session() {
    let world = world().await;
    let mut view = View::of(&world);
    view.sign_in_as(&world, "lin", "/").await;
    let session = view.session();
    world.simulator.fault(
        dingtalk_simulator::Endpoint::GetUserInfo,
        dingtalk_simulator::Fault::always().answer(500, "text/html", ""),
    );
    let answer = view.report_as(&world, "lin", "/").await;
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert_eq!(view.session(), session);
    let page = view.follow(&location(&answer)).await.page();
    assert!(page.text().contains("Continue as 林小满"), "{}", page.text());
    assert!(page.text().contains("The sign-in service cannot be reached"), "{}", page.text());
}

/// Whoever administers the host from inside the client is asked like everybody.
#[tokio::test(flavor = "multi_thread")]
async fn an_administrators_page_is_not_shown_to_the_next_person() {
    let world = world().await;
    let mut view = View::of(&world);
    let password = world.admin_password.clone();
    view.submit("/signin/password", &[("identifier", "admin"), ("password", &password)]).await;
    assert_eq!(view.follow("/admin/users").await.status, 200);
    let home = view.sign_in_as(&world, "lin", "/admin/users").await;
    assert_eq!(home.status, 403, "{}", home.page().text());
    assert_ne!(view.username().await, "admin");
}
