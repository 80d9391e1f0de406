//! Credentials in use are replaced without downtime: the new ones are proven first.

use dingtalk_simulator::{Fault, Preset};
use gatehouse_tests::{CLIENT_ID, CLIENT_SECRET, World};
use serde_json::json;

use super::{WRONG, change, found, newest, put, question, severity, signing_in};

const NEW: &str = "demo-secret-0009-the-next-one";

fn accept(world: &World, secret: &str) {
    world.simulator.update_app(CLIENT_ID, |app| app.client_secret = secret.into()).unwrap();
}

async fn signs_in(world: &World) -> bool {
    world.browser().sign_in_as(&world.simulator, "dingtalk", "lin").await.location() == "/"
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_secret_that_works_replaces_the_old_one() {
    let mut world = signing_in().await;
    accept(&world, NEW);
    let form = [("anyway", ""), ("settings.client_secret", NEW)];
    let reply = world.change_authenticator("dingtalk", &form).await;
    assert_eq!(reply.status, 303, "{}", reply.page().text());
    let (outcome, detail) = newest(&mut world, "authenticator.changed").await;
    assert_eq!((outcome.as_str(), &detail["credentials"]), ("done", &json!("proven")), "{detail}");
    assert!(signs_in(&world).await);
}

/// Nothing is saved, nobody notices, and the reason is told in the provider's words.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_secret_that_does_not_work_leaves_the_old_one() {
    let mut world = signing_in().await;
    let form = [("anyway", ""), ("settings.client_secret", WRONG), ("title.en", "Renamed")];
    let reply = world.change_authenticator("dingtalk", &form).await;
    assert_eq!(reply.status, 422);
    assert!(!reply.body.contains(WRONG));
    let page = reply.page();
    assert!(page.text().contains("The old ones stay in use."), "{}", page.text());
    assert!(page.has(".findings li[data-tone='bad']"));
    assert_eq!(page.texts("form.question button"), ["Save anyway"]);
    assert_eq!(super::stored(&mut world, "dingtalk").await["title"]["en"], "DingTalk", "nothing at all was saved");
    assert!(signs_in(&world).await, "with the old secret");
    let (outcome, detail) = newest(&mut world, "authenticator.changed").await;
    assert_eq!((outcome.as_str(), &detail["errors"]), ("refused", &json!("credentials")), "{detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_insisted_on() {
    let mut world = signing_in().await;
    let form = [("anyway", ""), ("settings.client_secret", NEW)];
    let page = world.change_authenticator("dingtalk", &form).await.page();
    let (action, pairs) = question(&page);
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(world.admin.post(&action, &pairs).await.status, 303);
    assert_eq!(newest(&mut world, "authenticator.changed").await.1["credentials"], "unproven");
    // Now the provider learns of it.
    accept(&world, NEW);
    assert!(signs_in(&world).await);
}

/// The way out of a question by the ordinary button: what was typed first need not be typed again.
#[tokio::test(flavor = "multi_thread")]
async fn the_form_below_the_question_remembers_the_secret() {
    let mut world = signing_in().await;
    let page = world.change_authenticator("dingtalk", &[("anyway", ""), ("settings.client_secret", NEW)]).await.page();
    let typed = page.attribute("#settings input[name='typed']", "value").unwrap();
    accept(&world, NEW);
    let form = [("anyway", ""), ("settings.client_secret", ""), ("typed", typed.as_str())];
    assert_eq!(world.change_authenticator("dingtalk", &form).await.status, 303);
    assert_eq!(newest(&mut world, "authenticator.changed").await.1["credentials"], "proven");
    assert!(signs_in(&world).await);
}

/// Another client id is another introduction, although it comes with a secret; so is another address.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_changes_the_introduction_is_proven() {
    let mut world = signing_in().await;
    for changed in [("settings.client_id", "dingnobody0001"), ("settings.api_url", "http://127.0.0.1:9")] {
        let form = [("anyway", ""), changed];
        let reply = world.change_authenticator("dingtalk", &form).await;
        assert_eq!(reply.page().texts("form.question button"), ["Save anyway"], "{changed:?}");
    }
    assert!(signs_in(&world).await);
}

/// The provider is down: other things can be changed, and the same secret once more is nothing new.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_changed_needs_no_proof() {
    let mut world = signing_in().await;
    world.simulator.fault(None, Fault::always().preset(Preset::ServerError));
    for form in [
        &[("anyway", ""), ("settings.client_secret", ""), ("title.en", "Renamed")][..],
        &[("anyway", ""), ("settings.client_secret", CLIENT_SECRET)],
        &[("anyway", ""), ("settings.client_secret", ""), ("settings.sign_up", "")],
    ] {
        let reply = world.change_authenticator("dingtalk", form).await;
        assert_eq!(reply.status, 303, "{form:?}: {}", reply.page().text());
    }
    assert_eq!(newest(&mut world, "authenticator.changed").await.1.get("credentials"), None);
    let reply = world.change_authenticator("dingtalk", &[("anyway", ""), ("settings.client_secret", NEW)]).await;
    assert_eq!(reply.status, 422, "but what is new is not proven by silence");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_says_unproven() {
    let mut world = signing_in().await;
    let mut body = change(&world, true, &json!({"client_secret": NEW}));
    let refused = put(&mut world, &body).await;
    assert_eq!((refused.status, refused.json()["error"].as_str()), (409, Some("unproven")), "{}", refused.body);
    assert_eq!(severity(&found(&refused.json()), "credentials"), Some("error"));
    body["despite_findings"] = json!(true);
    assert_eq!(put(&mut world, &body).await.status, 409, "that is another matter");
    body["unproven"] = json!(true);
    assert_eq!(put(&mut world, &body).await.status, 200);
    accept(&world, NEW);
    assert!(signs_in(&world).await);
}

/// OA-6: somebody is at the provider while the secret changes. They come back with the old one, which the provider still
/// accepts; whoever comes later uses the new one.
#[tokio::test(flavor = "multi_thread")]
async fn attempts_end_with_the_secret_they_began_with() {
    let mut world = signing_in().await;
    let mut browser = world.browser();
    let address = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    accept(&world, NEW);
    let form = [("anyway", ""), ("settings.client_secret", NEW)];
    assert_eq!(world.change_authenticator("dingtalk", &form).await.status, 303, "proven");
    accept(&world, CLIENT_SECRET);
    assert_eq!(browser.get(&address).await.location(), "/", "the old one is used");
    let refused = world.browser().sign_in_as(&world.simulator, "dingtalk", "lin").await;
    assert_ne!(refused.status, 303, "the new one is used, which is not accepted at this moment");
    accept(&world, NEW);
    assert!(signs_in(&world).await);
}
