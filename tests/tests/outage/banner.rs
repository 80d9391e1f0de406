//! What people and administrators see of a provider that does not answer, and until when.

use std::time::Duration;

use dingtalk_simulator::{Fault, Reset, Scenario, Simulator};
use gatehouse_tests::{CLIENT_ID, CLIENT_SECRET, Client, Reply, World, eventually};

use super::{BANNER, UNREACHABLE, attempt, attempts_fail, banner, everything_fails, exchanges, pass, trouble};

/// D12: the page says who does not answer, in the reader's language, and keeps every way.
#[tokio::test(flavor = "multi_thread")]
async fn up_4_the_sign_in_page_says_so() {
    let world = World::signing_in().await;
    assert!(banner(&world, "en").await.is_empty());
    everything_fails(&world, &trouble(503));
    attempts_fail(&world, 4).await;
    assert!(banner(&world, "en").await.is_empty(), "it may have been chance");
    attempts_fail(&world, 1).await;
    assert_eq!(banner(&world, "en").await, [BANNER]);
    assert_eq!(banner(&world, "zh-CN").await, ["钉钉暂时没有响应。 其他登录方式不受影响。"]);
    let mut browser = world.browser();
    let page = browser.get("/signin").await.page();
    assert!(page.has("form[action='/signin/password']") && page.has("form[action='/signin/dingtalk/start']"));
    let page = browser.get("/signin?redirect=%2Fadmin").await.page();
    assert_eq!(page.texts("div.alert[data-tone='warning']"), [BANNER], "not only on the page that is kept ready");
}

#[tokio::test(flavor = "multi_thread")]
async fn up_4_without_another_way_it_asks_for_patience() {
    let mut world = World::signing_in().await;
    let (mut lin, reply) = attempt(&world).await;
    assert_eq!(reply.status, 303);
    assert_eq!(lin.get("/").await.status, 200);
    world.tamper("UPDATE authenticators SET enabled = 0 WHERE id = 'password'").await;
    world.tamper("UPDATE revisions SET n = n + 1").await;
    eventually("the form is gone", async || !world.browser().get("/signin").await.body.contains("/signin/password"))
        .await;
    everything_fails(&world, &Fault::always().reset(Reset::BeforeReading));
    attempts_fail(&world, 5).await;
    let told = "DingTalk is not answering at the moment. Please try again in a few minutes.";
    assert_eq!(banner(&world, "en").await, [told]);
    assert_eq!(world.admin.get("/admin/authentication").await.status, 200, "sessions live on");
}

/// UP-4: while it is known to be down nobody waits, and no code leaves the house.
#[tokio::test(flavor = "multi_thread")]
async fn up_4_nobody_waits_for_a_provider_that_hangs() {
    let world = World::signing_in().await;
    everything_fails(&world, &trouble(502));
    attempts_fail(&world, 5).await;
    world.simulator.clear_faults();
    everything_fails(&world, &Fault::always().hold(Duration::from_secs(600)));
    world.simulator.reset_counters();
    for _ in 0..10 {
        let (_, reply) = attempt_at_once(&world).await;
        assert_eq!(reply.page().texts("h1"), [UNREACHABLE]);
    }
    assert_eq!(exchanges(&world), 0);
}

/// A sign-in whose provider's own pages work, but nothing else does.
async fn attempt_at_once(world: &World) -> (Client, Reply) {
    let mut browser = world.browser();
    let clicked = browser.click("dingtalk").await;
    let state = url::Url::parse(&clicked.location()).unwrap();
    let state = state.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let reply = browser.get(&format!("/signin/dingtalk/callback?code=c0de&authCode=c0de&state={state}")).await;
    (browser, reply)
}

/// Nobody signs in, and the banner goes away all the same.
#[tokio::test(flavor = "multi_thread")]
async fn up_4_the_banner_goes_away_by_itself() {
    let mut world = World::signing_in().await;
    everything_fails(&world, &trouble(500));
    attempts_fail(&world, 5).await;
    let row = "a[href='/admin/authentication/dingtalk']";
    let page = world.admin.get("/admin/authentication").await.page();
    assert!(page.has(row));
    assert!(page.texts("tbody .badge").contains(&"Not answering".to_owned()), "{:?}", page.texts("tbody .badge"));
    world.simulator.clear_faults();
    world.simulator.reset_counters();
    assert_eq!(banner(&world, "en").await, [BANNER], "nobody has looked yet");
    eventually("the banner is gone", async || {
        pass(&world, 5);
        tokio::time::sleep(Duration::from_millis(300)).await;
        banner(&world, "en").await.is_empty()
    })
    .await;
    assert_eq!(exchanges(&world), 0, "no code was needed for it");
    let page = world.admin.get("/admin/authentication").await.page();
    assert!(!page.texts("tbody .badge").contains(&"Not answering".to_owned()));
}

/// Other authenticators of the same type, at another server, are not mistaken for it.
#[tokio::test(flavor = "multi_thread")]
async fn up_4_one_provider_speaks_for_itself() {
    let mut world = World::signing_in().await;
    let other = Simulator::start(Scenario::demo().unwrap()).await.unwrap();
    world.add_authenticator_at("second", true, &other.base_url(), CLIENT_SECRET).await;
    world.simulator.register_redirect(CLIENT_ID, &world.redirect_url("second")).unwrap();
    drop(other);
    for _ in 0..6 {
        let reply = world.browser().sign_in_as(&world.simulator, "second", "lin").await;
        assert_eq!(reply.page().texts("h1"), [UNREACHABLE]);
    }
    assert_eq!(banner(&world, "en").await, [BANNER]);
    let (_, reply) = attempt(&world).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    world.act("second", "disable").await;
    assert!(banner(&world, "en").await.is_empty(), "what is switched off is nobody's trouble");
}

/// Settings that were just saved begin with a clean sheet.
#[tokio::test(flavor = "multi_thread")]
async fn up_4_an_address_that_was_corrected_is_not_called_dead() {
    let mut world = World::signing_in().await;
    let other = Simulator::start(Scenario::demo().unwrap()).await.unwrap();
    let elsewhere = other.base_url();
    assert_eq!(world.change_authenticator("dingtalk", &[("settings.api_url", &elsewhere)]).await.status, 303);
    drop(other);
    attempts_fail(&world, 5).await;
    assert_eq!(banner(&world, "en").await, [BANNER]);
    pass(&world, 1);
    let base = world.simulator.base_url();
    assert_eq!(world.change_authenticator("dingtalk", &[("settings.api_url", &base)]).await.status, 303);
    assert!(banner(&world, "en").await.is_empty());
    let (_, reply) = attempt(&world).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
}
