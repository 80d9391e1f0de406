//! How long reports are kept.

use std::time::Duration;

use gatehouse_tests::{Options, World, eventually};

use super::{code_of, rehearse};

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn signed_in_again(world: &mut World) {
    let password = world.admin_password.clone();
    let mut admin = world.browser();
    assert_eq!(admin.sign_in_with_password("admin", &password).await.status, 303);
    world.admin = admin;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_explanation_is_kept_for_thirty_days_and_its_entry_stays() {
    let mut world = World::signing_in().await;
    let reply = world.browser().get("/signin/dingtalk/callback?code=x&state=x").await;
    let code = code_of(&reply);
    let (page, api) = (format!("/admin/journal/{code}"), format!("/api/v1/journal/{code}/explanation"));
    world.clock.advance(30 * DAY);
    signed_in_again(&mut world).await;
    assert!(world.admin.get(&page).await.page().text().contains("Nobody was asked."), "thirty days are not over");
    assert_eq!(world.admin.get(&api).await.status, 200);
    world.clock.advance(Duration::from_millis(1));
    let text = world.admin.get(&page).await.page().text();
    assert!(text.contains("These are gone") && text.contains("This sign-in cannot be continued"), "{text}");
    assert_eq!(world.admin.get(&api).await.status, 404);
    let entries = world.admin.get(&format!("/api/v1/journal?q={code}")).await.json();
    assert_eq!(entries["entries"].as_array().unwrap().len(), 1);
}

/// What is over is cleared away, here by a node that starts afterwards; what is not stays.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_is_cleared_away() {
    let mut world = World::signing_in().await;
    let old = code_of(&world.browser().get("/signin/dingtalk/callback?code=x&state=x").await);
    let report = rehearse(&mut world, "dingtalk", "lin").await;
    world.clock.advance(DAY);
    signed_in_again(&mut world).await;
    assert_eq!(world.admin.get(&report).await.status, 200, "a day is not over");
    world.clock.advance(Duration::from_millis(1));
    assert_eq!(world.admin.get(&report).await.status, 404);
    world.clock.advance(29 * DAY);
    let young = code_of(&world.browser().get("/signin/dingtalk/callback?code=x&state=x").await);
    let options = Options {
        database_url: Some(world.database_url.clone()),
        clock: Some(world.clock.clone()),
        key_of: Some(world.data_dir()),
        ..Options::default()
    };
    let node = World::with(options).await;
    eventually("the old ones are gone", async || {
        world.texts("SELECT reference FROM explanations").await == [young.clone()]
    })
    .await;
    assert_eq!(world.rows("rehearsals").await, 0);
    assert_eq!(world.query(&format!("SELECT COUNT(*) FROM journal WHERE reference = '{old}'")).await, 1);
    node.stop().await;
}
