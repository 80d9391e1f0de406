//! A person removes a link.

use gatehouse_tests::World;

use super::{LIN, add, answer, journal, to_the_provider, who};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_removes_a_link_and_stays() {
    let mut world = World::signing_in().await;
    let lin = add(&mut world, "lin", LIN, &["member"]).await;
    let (mut here, mut there) = (world.browser(), world.browser());
    for browser in [&mut here, &mut there] {
        assert_eq!(browser.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    }
    assert!(here.get("/").await.page().has("form[action='/account/links/dingtalk/remove']"));
    assert_eq!(here.post("/account/links/dingtalk/remove", &[]).await.location(), "/?notice=unlinked");
    assert_eq!(world.rows("bindings").await, 0);
    assert_eq!((who(&mut here).await, who(&mut there).await), (lin.clone(), lin), "sessions go on");
    assert_eq!(here.post("/account/links/dingtalk/remove", &[]).await.location(), "/?notice=gone");
    assert!(journal(&mut world).await.contains(&"user.unlinked".to_owned()));
    let texts = world.admin.get("/admin/journal").await.page().texts("td");
    assert!(texts.contains(&"Link to lin removed authenticator dingtalk".to_owned()));
}

/// Nobody locks themselves out: no password, or none that counts, and no other link.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_way_in_stays() {
    let mut world = World::signing_in().await;
    world.add_authenticator("second", true).await;
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    let refused = "/?notice=own-last-way-in";
    assert_eq!(browser.post("/account/links/dingtalk/remove", &[]).await.location(), refused);
    assert_eq!(world.rows("bindings").await, 1);

    let back = to_the_provider(&world, &mut browser, "second", "lin").await;
    browser.get(&back).await;
    assert_eq!(answer(&mut browser, "connect").await.location(), "/?notice=linked");
    // One that is switched off is no way in.
    world.act("second", "disable").await;
    assert_eq!(browser.post("/account/links/dingtalk/remove", &[]).await.location(), refused);
    world.act("second", "enable").await;
    assert_eq!(browser.post("/account/links/dingtalk/remove", &[]).await.location(), "/?notice=unlinked");
    assert_eq!(browser.post("/account/links/second/remove", &[]).await.location(), refused);
    assert_eq!(world.rows("bindings").await, 1);
}

/// Two that are removed at once do not each take the other for the way in.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_way_in_stays_although_both_go_at_once() {
    let mut world = World::signing_in().await;
    world.add_authenticator("second", true).await;
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    let back = to_the_provider(&world, &mut browser, "second", "lin").await;
    browser.get(&back).await;
    assert_eq!(answer(&mut browser, "connect").await.location(), "/?notice=linked");
    let (mut one, mut two) = (browser.clone(), browser.clone());
    let remove = ["/account/links/dingtalk/remove", "/account/links/second/remove"];
    tokio::join!(one.post(remove[0], &[]), two.post(remove[1], &[]));
    assert_eq!(world.rows("bindings").await, 1);
}
