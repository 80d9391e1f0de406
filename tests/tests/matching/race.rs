//! ID-8: parallel first sign-ins of one person make one user, and all succeed.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{Stage, begun, member, who, with};

const CROWD: usize = 50;

/// Comes back fifty times at once, at both authenticators in turn. Everybody has to be the same user.
async fn at_once(stage: &Stage, identity: impl Fn(usize) -> Value) -> String {
    let mut crowd = JoinSet::new();
    for index in 0..CROWD {
        let uid = ["one", "two"][index % 2];
        let mut browser = stage.world.browser();
        let address = begun(&mut browser, &stage.world, uid, &identity(index)).await;
        crowd.spawn(async move { (browser.get(&address).await, browser) });
    }
    let mut people = BTreeSet::new();
    for (reply, mut browser) in crowd.join_all().await {
        assert_eq!(reply.status, 303, "{}", reply.page().text());
        people.insert(who(&mut browser).await);
    }
    assert_eq!(people.len(), 1);
    people.pop_first().unwrap()
}

async fn one_user_over_two_authenticators(stage: Stage) {
    let users = stage.world.rows("users").await;
    at_once(&stage, |_| member("a", "13900000001")).await;
    assert_eq!(stage.world.rows("users").await, users + 1);
    let links = stage.links().await;
    assert!(links.len() == 2 && links.concat().contains("sign-up") && links.concat().contains("realm"), "{links:?}");
    assert_eq!(stage.world.rows("decision_locks").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn id_8_fifty_first_sign_ins_over_two_authenticators_make_one_user() {
    one_user_over_two_authenticators(Stage::new(true).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn id_8_fifty_first_sign_ins_over_two_authenticators_make_one_user_on_postgresql() {
    let Some(stage) = Stage::on_postgres(true).await else { return };
    one_user_over_two_authenticators(stage).await;
}

/// A link by another key is moved once, while everybody comes at the same moment, each with a new name and picture.
async fn moved_once(mut stage: Stage) {
    let ann = stage.world.add_user("ann", "", &["member"]).await;
    stage.bring("one", "badge", "7", &ann).await;
    stage.bring("two", "badge", "7", &ann).await;
    let identity = |index: usize| {
        let name = format!("https://pictures.example/{index}.png");
        let also = json!([{"kind": "badge", "value": "7"}]);
        with(member("a", ""), json!({"also": also, "avatar_url": {"value": name, "provenance": "account"}}))
    };
    assert_eq!(at_once(&stage, identity).await, ann);
    assert_eq!(stage.links().await, ["one subject a moved", "two subject a moved"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn id_8_a_link_is_moved_once() {
    moved_once(Stage::new(true).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn id_8_a_link_is_moved_once_on_postgresql() {
    let Some(stage) = Stage::on_postgres(true).await else { return };
    moved_once(stage).await;
}

/// Different people with one badge, at once: one of them gets the link, and only one.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_two_people_claim_goes_to_one_on_postgresql() {
    let Some(mut stage) = Stage::on_postgres(false).await else { return };
    let ann = stage.world.add_user("ann", "", &["member"]).await;
    stage.bring("one", "badge", "7", &ann).await;
    let mut crowd = JoinSet::new();
    for index in 0..20 {
        let also = json!({"also": [{"kind": "badge", "value": "7"}]});
        let identity = with(member(&format!("p{index}"), ""), also);
        let mut browser = stage.world.browser();
        let address = begun(&mut browser, &stage.world, "one", &identity).await;
        crowd.spawn(async move { browser.get(&address).await.status });
    }
    let statuses = crowd.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [303, 403].contains(status)), "{statuses:?}");
    assert_eq!(stage.links().await.len(), 1);
}

/// Profiles, links, sessions that give way and administrators at once: nobody waits for ever.
#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_and_changes_of_one_user_go_on_together_on_postgresql() {
    let Some(mut stage) = Stage::on_postgres(true).await else { return };
    let ann = stage.admits("one", &member("a", "13900000001")).await;
    let mut crowd = JoinSet::new();
    for index in 0..20 {
        let identity = with(member("a", &format!("139000001{index:02}")), json!({}));
        let mut browser = stage.world.browser();
        let uid = ["one", "two"][index % 2];
        let before = begun(&mut browser, &stage.world, uid, &identity).await;
        assert_eq!(browser.get(&before).await.status, 303, "a session that the next one ends");
        let address = begun(&mut browser, &stage.world, uid, &identity).await;
        crowd.spawn(async move { browser.get(&address).await.status });
        let (mut admin, path) = (stage.world.admin.clone(), format!("/api/v1/users/{ann}"));
        crowd.spawn(async move {
            let body = json!({"nickname": format!("Ann {index}")});
            admin.json(reqwest::Method::PATCH, &path, Some(&body)).await.status
        });
    }
    let statuses = crowd.join_all().await;
    assert!(statuses.iter().all(|status| [200, 303].contains(status)), "{statuses:?}");
    assert!(stage.user(&ann).await["nickname"].as_str().unwrap().starts_with("Ann "));
}
