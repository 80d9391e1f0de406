//! Enabling asks the doctor first, warns, and can be insisted on.

use dingtalk_simulator::{Endpoint, Fault, Preset};
use gatehouse_tests::{CLIENT_SECRET, World};
use reqwest::Method;
use serde_json::json;

use super::{WRONG, agree_on_the_time, body, change, found, ids, newest, post, put, question, signing_in, stored};

/// A host with the plug-in and no authenticator.
async fn fresh() -> World {
    let mut world = World::new().await;
    world.enable("auth-dingtalk").await;
    agree_on_the_time(&world);
    world
}

/// What the form of a new authenticator posts, with this secret, and without insisting.
async fn create(world: &mut World, secret: &str) -> gatehouse_tests::Reply {
    let base = world.simulator.base_url();
    let form = [
        ("type", "dingtalk"),
        ("uid", "head-office"),
        ("title.en", "Head office"),
        ("title.zh-CN", "总部"),
        ("enabled", "true"),
        ("settings.membership", "never"),
        ("settings.client_id", gatehouse_tests::CLIENT_ID),
        ("settings.client_secret", secret),
        ("settings.region", "custom"),
        ("settings.login_url", &base),
        ("settings.api_url", &base),
        ("settings.legacy_url", &base),
    ];
    world.admin.post("/admin/authentication", &form).await
}

/// SC-1: the secret that was typed goes back sealed, and need not be typed again to say "enable anyway".
#[tokio::test(flavor = "multi_thread")]
async fn a_new_one_that_would_not_work_is_a_question() {
    let mut world = fresh().await;
    let reply = create(&mut world, WRONG).await;
    assert_eq!(reply.status, 422);
    assert!(!reply.body.contains(WRONG), "the secret is not shown");
    let page = reply.page();
    assert_eq!(page.texts("form.question button"), ["Enable anyway"]);
    assert_eq!(page.attribute("form.question a", "href").as_deref(), Some("/admin/authentication/new?type=dingtalk"));
    assert!(page.text().contains("Not enabled: people could not sign in."), "{}", page.text());
    assert_eq!(page.attribute("#f-title-en", "value").as_deref(), Some("Head office"), "what was typed is still there");
    assert_eq!(world.admin.get("/api/v1/authenticators/head-office").await.status, 404, "nothing was saved");
    let (outcome, detail) = newest(&mut world, "authenticator.enabled").await;
    assert_eq!((outcome.as_str(), &detail["errors"]), ("refused", &json!("credentials")));

    let (action, pairs) = question(&page);
    assert!(pairs.iter().all(|(name, value)| name != "settings.client_secret" && value != WRONG));
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let reply = world.admin.post(&action, &pairs).await;
    assert_eq!(reply.status, 303, "{}", reply.page().text());
    let made = stored(&mut world, "head-office").await;
    assert_eq!((&made["enabled"], &made["secrets_set"]), (&json!(true), &json!(["client_secret"])), "{made}");
    assert_eq!(newest(&mut world, "authenticator.created").await.1["doctor"], "ignored");
    // It is the typed secret that was stored.
    world.simulator.update_app(gatehouse_tests::CLIENT_ID, |app| app.client_secret = WRONG.into()).unwrap();
    let examination = post(&mut world, "/head-office/check", None).await.json();
    assert_eq!(ids(&found(&examination), "error"), [""; 0], "{examination}");
}

/// SC-1, SE-1: what was typed is of use in the session that typed it, for a few minutes, and nowhere else.
#[tokio::test(flavor = "multi_thread")]
async fn a_typed_secret_does_not_travel() {
    let mut world = fresh().await;
    let (action, pairs) = question(&create(&mut world, WRONG).await.page());
    let form: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut other = world.browser();
    assert_eq!(other.sign_in_with_password("admin", &world.admin_password).await.status, 303);
    let reply = other.post(&action, &form).await;
    assert_eq!(reply.status, 422, "another session");
    assert!(reply.page().has("#f-settings-client_secret[aria-invalid]"), "it has to be typed again");
    world.clock.advance(std::time::Duration::from_secs(11 * 60));
    let reply = world.admin.post(&action, &form).await;
    assert_eq!(reply.status, 422, "too late");
    assert!(reply.page().has("#f-settings-client_secret[aria-invalid]"));
    assert_eq!(world.admin.get("/api/v1/authenticators/head-office").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_one_that_works_is_none() {
    let mut world = fresh().await;
    let reply = create(&mut world, CLIENT_SECRET).await;
    assert_eq!(reply.status, 303, "{}", reply.page().text());
    assert_eq!(newest(&mut world, "authenticator.created").await.1["doctor"], "passed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_switch_asks_and_can_be_insisted_on() {
    let mut world = signing_in().await;
    world.act("dingtalk", "disable").await;
    world.simulator.fault(None, Fault::always().preset(Preset::IpNotAllowed));
    let reply = world.admin.post("/admin/authentication/dingtalk/enable", &[]).await;
    assert_eq!(reply.status, 422);
    let page = reply.page();
    assert!(page.has("form.question") && page.has(".findings li[data-tone='bad']"), "{}", page.text());
    assert_eq!(page.attribute("form.question a", "href").as_deref(), Some("/admin/authentication"));
    assert_eq!(stored(&mut world, "dingtalk").await["enabled"], false);
    let (action, pairs) = question(&page);
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let reply = world.admin.post(&action, &pairs).await;
    assert!(reply.location().contains("notice=enabled"), "{}", reply.location());
    assert_eq!(newest(&mut world, "authenticator.enabled").await.1["doctor"], "ignored");
    world.act("dingtalk", "disable").await;
    world.simulator.clear_faults();
    world.act("dingtalk", "enable").await;
    assert_eq!(newest(&mut world, "authenticator.enabled").await.1["doctor"], "passed");
}

/// Saving with the box ticked is enabling too.
#[tokio::test(flavor = "multi_thread")]
async fn saving_with_the_box_ticked_asks_as_well() {
    let mut world = signing_in().await;
    world.act("dingtalk", "disable").await;
    let form = [("anyway", ""), ("settings.client_secret", WRONG)];
    let reply = world.change_authenticator("dingtalk", &form).await;
    assert_eq!((reply.status, reply.page().texts("form.question button")), (422, vec!["Enable anyway".to_owned()]));
    let off = [("anyway", ""), ("settings.client_secret", WRONG), ("enabled", "")];
    assert_eq!(world.change_authenticator("dingtalk", &off).await.status, 303, "nothing is asked while it is off");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_needs_to_be_told_despite_findings() {
    let mut world = signing_in().await;
    let wrong = json!({"client_secret": WRONG});
    let mut new = body(&world, "second", true, &wrong);
    let refused = post(&mut world, "", Some(&new)).await;
    assert_eq!((refused.status, refused.json()["error"].as_str()), (409, Some("findings")), "{}", refused.body);
    assert_eq!(ids(&found(&refused.json()), "error"), ["credentials"]);
    new["despite_findings"] = json!(true);
    let made = post(&mut world, "", Some(&new)).await;
    assert_eq!((made.status, &made.json()["enabled"]), (201, &json!(true)), "{}", made.body);

    assert_eq!(post(&mut world, "/second/disable", None).await.status, 200);
    assert_eq!(post(&mut world, "/second/enable", None).await.status, 409);
    assert_eq!(post(&mut world, "/second/enable", Some(&json!({}))).await.status, 409);
    assert_eq!(post(&mut world, "/second/enable", Some(&json!({"despite": true}))).await.status, 422);
    let insisting = json!({"despite_findings": true});
    assert_eq!(post(&mut world, "/second/enable", Some(&insisting)).await.json()["enabled"], true);

    assert_eq!(post(&mut world, "/dingtalk/disable", None).await.status, 200);
    let mut on = change(&world, true, &wrong);
    assert_eq!(put(&mut world, &on).await.json()["error"], "findings");
    on["despite_findings"] = json!(true);
    assert_eq!(put(&mut world, &on).await.status, 200);
    let off = change(&world, false, &wrong);
    assert_eq!(put(&mut world, &off).await.status, 200);
}

/// PL-6: a plug-in that hangs or panics does not keep anybody waiting longer than one call, nor is it enabled unseen.
#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_that_panics_is_a_finding_too() {
    let libraries = vec![gatehouse_tests::example_plugin("panics")];
    let mut world = World::with(gatehouse_tests::Options { libraries, ..Default::default() }).await;
    world.enable("example-panics").await;
    let title = json!({"en": "x", "zh-CN": "x"});
    let settings = json!({"milliseconds": 1});
    let body = json!({"type": "panics", "uid": "x", "title": title, "enabled": true, "settings": settings});
    let refused = world.admin.json(Method::POST, "/api/v1/authenticators", Some(&body)).await;
    assert_eq!((refused.status, refused.json()["error"].as_str()), (409, Some("findings")), "{}", refused.body);
    assert!(refused.json()["failed"]["message"].is_string(), "{}", refused.body);
}

/// While the provider is being asked, somebody else changes the settings: what was examined is not what is there, and
/// what they saved stays.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_meanwhile_is_not_undone() {
    let mut world = signing_in().await;
    world.act("dingtalk", "disable").await;
    let mut colleague = world.browser();
    assert_eq!(colleague.sign_in_with_password("admin", &world.admin_password).await.status, 303);
    world.simulator.fault(Endpoint::AppAccessToken, Fault::next(1).barrier("examination"));
    let barrier = world.simulator.barrier("examination");
    let enabling = tokio::spawn(async move { colleague.post("/admin/authentication/dingtalk/enable", &[]).await });
    assert!(barrier.wait_for(1).await);
    let changed = change(&world, false, &json!({"sign_up": false}));
    assert_eq!(put(&mut world, &changed).await.status, 200);
    barrier.release();
    let reply = enabling.await.unwrap();
    assert!(reply.location().contains("notice=changed"), "{} {}", reply.status, reply.location());
    let now = stored(&mut world, "dingtalk").await;
    assert_eq!((&now["enabled"], &now["settings"]["sign_up"]), (&json!(false), &json!(false)), "{now}");
    world.act("dingtalk", "enable").await;
}
