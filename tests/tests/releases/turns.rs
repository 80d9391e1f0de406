//! One release takes the place of another, while people sign in, and gives it back.

use std::sync::atomic::{AtomicBool, Ordering};

use gatehouse_tests::{World, eventually};
use serde_json::json;

use super::{ID, answers, chameleon, running};

#[tokio::test(flavor = "multi_thread")]
async fn pl_10_an_upgrade_is_live_and_there_is_a_way_back() {
    let mut world = running().await;
    assert_eq!(answers(&world).await, "first");
    let later = world.install(&chameleon("later", "1.1.0")).await;
    assert_eq!(answers(&world).await, "first", "installing changes nothing");
    let card = world.admin.get("/admin/plugins").await.page();
    assert!(card.text().contains("Later version 1.1.0"), "{}", card.text());
    let question = world.admin.get(&format!("/admin/plugins/{ID}/releases/{later}")).await.page();
    assert!(question.text().contains("It is loaded beside version 1.0.0"), "{}", question.text());
    world.chooses(ID, &later).await;
    assert_eq!(answers(&world).await, "later");
    let page = world.admin.get(&format!("/admin/plugins/{ID}")).await.page();
    assert!(page.text().contains("Retired copies in memory 1"), "{}", page.text());
    assert!(page.text().contains("Go back to 1.0.0"), "{}", page.text());

    let wrong = world.admin.post(&format!("/admin/plugins/{ID}/back"), &[("password", "wrong")]).await;
    assert_eq!((wrong.status, answers(&world).await.as_str()), (422, "later"));
    let password = world.admin_password.clone();
    let back = world.admin.post(&format!("/admin/plugins/{ID}/back"), &[("password", &password)]).await;
    assert_eq!(back.status, 303, "{}", back.page().text());
    assert_eq!(answers(&world).await, "first");
    let kinds = world.texts("SELECT kind FROM journal WHERE kind LIKE 'plugin.%' ORDER BY id").await;
    let told = ["installed", "enabled", "installed", "upgraded", "rolled-back"].map(|kind| format!("plugin.{kind}"));
    assert_eq!(kinds, told);
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_5_an_older_release_needs_a_word() {
    let mut world = running().await;
    let older = world.install(&chameleon("older", "0.9.0")).await;
    let reply = world.choose(ID, &older, &[]).await;
    assert_eq!(reply.status, 409);
    assert!(
        reply.page().text().contains("an older release: version 1.0.0 was enabled last"),
        "{}",
        reply.page().text()
    );
    assert_eq!(answers(&world).await, "first");
    let reply = world.choose(ID, &older, &[("older", "true")]).await;
    assert!(reply.location().contains("notice=plugin-upgraded"), "{}", reply.page().text());
    assert_eq!(answers(&world).await, "older");
    assert_eq!(world.query("SELECT COUNT(*) FROM journal WHERE kind = 'plugin.downgraded'").await, 1);

    // Nor does it come in by the back door: what was enabled last is gone, and only an older one is left.
    let reply = world.admin.post(&format!("/admin/plugins/{ID}/disable"), &[]).await;
    assert!(reply.location().contains("notice=plugin-disabled"), "{}", reply.location());
    world.tamper("UPDATE plugins SET version = '2.0.0', sha256 = 'gone'").await;
    let reply = world.admin.post(&format!("/admin/plugins/{ID}/enable"), &[]).await;
    assert!(reply.location().contains(&format!("/admin/plugins/{ID}/releases/")), "{}", reply.location());
    assert_eq!(world.plugin(ID).await["state"], "available");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_fails_its_rehearsal_does_not_take_over() {
    let mut world = running().await;
    let broken = world.install(&chameleon("broken", "1.1.0")).await;
    let reply = world.choose(ID, &broken, &[]).await;
    assert_eq!(reply.status, 409, "{}", reply.page().text());
    assert!(
        reply.page().text().contains("It failed when it was called once for “chameleon”"),
        "{}",
        reply.page().text()
    );
    assert_eq!(answers(&world).await, "first");
    let card = world.admin.get("/admin/plugins").await.page();
    assert!(card.text().contains("Another release failed when it was called once."), "{}", card.text());
}

/// What only shows when people come back takes itself back, and the card has the evidence.
#[tokio::test(flavor = "multi_thread")]
async fn a_release_whose_first_calls_fail_is_rolled_back_by_itself() {
    let mut world = running().await;
    let late = world.install(&chameleon("fails-late", "1.1.0")).await;
    world.chooses(ID, &late).await;
    for _ in 0..6 {
        let mut browser = world.browser();
        let clicked = browser.click("chameleon").await;
        let address = url::Url::parse(&clicked.location()).unwrap();
        let state = address.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let reply = browser.get(&format!("{}?code=7&state={state}", world.redirect_url("chameleon"))).await;
        assert!(reply.status >= 400, "{}", reply.status);
    }
    eventually("the release before runs again", async || answers(&world).await == "first").await;
    let text = world.admin.get("/admin/plugins").await.page().text();
    assert!(text.contains("calls of version 1.1.0 failed, so version 1.0.0 was put back."), "{text}");
    let plugin = world.plugin(ID).await;
    let runs: Vec<_> = plugin["releases"].as_array().unwrap().iter().filter(|one| one["runs"] == true).collect();
    assert_eq!((runs.len(), &runs[0]["version"]), (1, &json!("1.0.0")));
    let row = "SELECT COUNT(*) FROM journal WHERE kind = 'plugin.rolled-back' AND actor = 'host'";
    assert_eq!(world.query(row).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_disabled_can_be_removed_and_authenticators_stay() {
    let mut world = running().await;
    let first = world.plugin(ID).await["releases"][0]["sha256"].as_str().unwrap().to_owned();
    let reply = world.admin.post(&format!("/admin/plugins/{ID}/remove"), &[]).await;
    assert!(reply.location().contains("notice=plugin-still-enabled"), "{}", reply.location());
    let later = world.install(&chameleon("later", "1.1.0")).await;
    let reply = world.admin.post(&format!("/admin/plugins/{ID}/releases/{later}/remove"), &[]).await;
    assert!(reply.location().contains("notice=plugin-removed"), "{}", reply.location());
    let reply = world.admin.post(&format!("/admin/plugins/{ID}/releases/{first}/remove"), &[]).await;
    assert!(reply.location().contains("notice=plugin-still-enabled"), "{}", reply.location());
    world.admin.post(&format!("/admin/plugins/{ID}/disable"), &[]).await;
    let reply = world.admin.post(&format!("/admin/plugins/{ID}/remove"), &[]).await;
    assert!(reply.location().ends_with("/admin/plugins?notice=plugin-removed"), "{}", reply.location());
    assert_eq!((world.rows("plugin_packages").await, world.rows("plugin_package_parts").await), (0, 0));
    assert_eq!(world.query("SELECT COUNT(*) FROM authenticators WHERE uid = 'chameleon'").await, 1);
    // What lies in the folder of the server is not the host's to remove.
    let reply = world.admin.post("/admin/plugins/auth-dingtalk/remove", &[]).await;
    assert!(reply.location().contains("notice=plugin-in-folder"), "{}", reply.location());
}

/// Toggles and turns beside people who sign in: none of them notices.
#[tokio::test(flavor = "multi_thread")]
async fn pl_10_toggles_and_turns_disturb_nobody() {
    let mut world = running().await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", true).await;
    let releases =
        [world.install(&chameleon("left", "1.1.0")).await, world.install(&chameleon("right", "1.2.0")).await];
    let (mut admin, password) = (world.admin.clone(), world.admin_password.clone());
    let done = AtomicBool::new(false);
    let turns = async {
        for turn in 0..10 {
            let address = format!("/admin/plugins/{ID}/releases/{}", releases[turn % 2]);
            let reply = admin.post(&address, &[("password", &password), ("older", "true")]).await;
            assert!(reply.location().contains("notice=plugin-upgraded"), "{}", reply.page().text());
            for action in ["disable", "enable"] {
                let reply = admin.post(&format!("/admin/plugins/{ID}/{action}"), &[]).await;
                assert!(reply.location().contains(&format!("notice=plugin-{action}d")), "{}", reply.location());
            }
        }
        done.store(true, Ordering::Relaxed);
    };
    let ((), lin, amy) =
        tokio::join!(turns, keeps_signing_in(&world, "lin", &done), keeps_signing_in(&world, "amy", &done));
    assert!(lin > 10 && amy > 10, "{lin} {amy}");
    world.admin = admin;
    assert_eq!(answers(&world).await, "right");
    let page = world.admin.get(&format!("/admin/plugins/{ID}")).await.page();
    assert!(page.text().contains("Retired copies in memory 2"), "no bytes are mapped twice: {}", page.text());
}

/// Signs `person` in with the other plug-in over and over, and says how often.
async fn keeps_signing_in(world: &World, person: &str, done: &AtomicBool) -> usize {
    let mut count = 0;
    while !done.load(Ordering::Relaxed) {
        let reply = world.browser().sign_in_as(&world.simulator, "dingtalk", person).await;
        assert_eq!((reply.status, reply.location().as_str()), (303, "/"), "{}", reply.body);
        count += 1;
    }
    count
}
