//! The sign-in story over HTTP.

use gatehouse_tests::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_becomes_a_user() {
    let world = World::signing_in().await;
    let mut browser = world.browser();
    let reply = browser.sign_in_as(&world.simulator, "dingtalk", "lin").await;
    assert_eq!((reply.status, reply.location().as_str()), (303, "/"), "{}", reply.body);
    let home = browser.get("/").await;
    assert!(home.page().text().contains("林小满"), "{}", home.page().text());
}
