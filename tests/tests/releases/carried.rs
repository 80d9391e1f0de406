//! Settings survive an upgrade, or the administrator hears of it first.

use serde_json::json;

use super::{ID, answers, chameleon, running, settings};

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_migrates_settings_brings_them_along_and_back() {
    let mut world = running().await;
    let second = world.install(&chameleon("second", "2.0.0")).await;
    world.chooses(ID, &second).await;
    let now = settings(&mut world).await;
    assert_eq!((&now["realm"], now.get("tenant")), (&json!("north"), None), "{now}");
    assert_eq!(answers(&world).await, "second");
    let password = world.admin_password.clone();
    let back = world.admin.post(&format!("/admin/plugins/{ID}/back"), &[("password", &password)]).await;
    assert_eq!(back.status, 303, "{}", back.page().text());
    assert_eq!(settings(&mut world).await["tenant"], "north", "the settings of then");
    assert_eq!(answers(&world).await, "first");
    let sealed = world.query("SELECT COUNT(*) FROM authenticator_secrets WHERE field = 'key'").await;
    assert_eq!(sealed, 1, "the secret is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_told_before_anything_changes() {
    let mut world = running().await;
    let forgetful = world.install(&chameleon("forgetful", "2.0.0")).await;
    let reply = world.choose(ID, &forgetful, &[]).await;
    assert_eq!(reply.status, 409, "{}", reply.page().text());
    for told in ["Some settings do not fit this release.", "Realm", "tenant", "It would be switched off"] {
        assert!(reply.page().text().contains(told), "{told}: {}", reply.page().text());
    }
    assert_eq!(answers(&world).await, "first", "nothing has changed");
    assert_eq!(settings(&mut world).await["tenant"], "north");
    let reply = world.choose(ID, &forgetful, &[("settings", "true")]).await;
    assert!(reply.location().contains("notice=plugin-upgraded"), "{}", reply.page().text());
    let now = world.admin.get("/api/v1/authenticators/chameleon").await.json();
    assert_eq!((&now["enabled"], now["settings"].get("tenant")), (&json!(false), None), "{now}");
    assert!(!world.browser().get("/signin").await.body.contains("/signin/chameleon/start"));
    let detail = world.texts("SELECT detail FROM journal WHERE kind = 'plugin.upgraded'").await;
    assert!(detail[0].contains(r#""switched_off":"chameleon""#), "{detail:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_that_is_gone_is_told_too() {
    let mut world = running().await;
    let other = world.install(&chameleon("other-type", "2.0.0")).await;
    let reply = world.choose(ID, &other, &[]).await;
    assert_eq!(reply.status, 409);
    assert!(reply.page().text().contains("The release no longer has this type."), "{}", reply.page().text());
    assert_eq!(answers(&world).await, "first");
}

/// Somebody saved the form between the upgrade and the way back: what they saved is not thrown away.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_saved_since_is_not_undone() {
    let mut world = running().await;
    let later = world.install(&chameleon("later", "1.1.0")).await;
    world.chooses(ID, &later).await;
    let body = json!({"title": {"en": "Chameleon", "zh-CN": "变色龙"}, "enabled": true,
        "settings": {"tenant": "south", "key": "the-key-of-south"}, "unproven": true});
    let reply = world.admin.json(reqwest::Method::PUT, "/api/v1/authenticators/chameleon", Some(&body)).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let password = world.admin_password.clone();
    world.admin.post(&format!("/admin/plugins/{ID}/back"), &[("password", &password)]).await;
    assert_eq!((answers(&world).await.as_str(), &settings(&mut world).await["tenant"]), ("first", &json!("south")));
}
