//! An administrator changes something while a person is at the provider (row OA-6).

use dingtalk_simulator::{Endpoint, Fault};

use super::rows;
use super::stage::Stage;
use super::told::*;
use gatehouse_tests::CLIENT_SECRET;

rows! {
    disabled_at_the_start: AUTHENTICATOR_OFF, (0, 0), async |stage: &mut Stage| {
        stage.world.act("dingtalk", "disable").await;
        stage.browser.click("dingtalk").await
    };
    unknown_at_the_start: AUTHENTICATOR_OFF, (0, 0), async |stage: &mut Stage| { stage.browser.click("nobody").await };
    plugin_disabled_at_the_start: PLUGIN_OFF, (0, 0), async |stage: &mut Stage| {
        stage.world.admin.post("/admin/plugins/auth-dingtalk/disable", &[]).await;
        stage.browser.click("dingtalk").await
    };
    disabled_between: AUTHENTICATOR_OFF, (0, 0), async |stage: &mut Stage| {
        let address = stage.go("lin").await;
        stage.world.act("dingtalk", "disable").await;
        stage.back(&address).await
    };
    deleted_between: AUTHENTICATOR_OFF, (0, 0), async |stage: &mut Stage| {
        let address = stage.go("lin").await;
        stage.world.act("dingtalk", "delete").await;
        stage.back(&address).await
    };
    /// The same uid is another authenticator now.
    replaced_between: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        let address = stage.go("lin").await;
        stage.world.act("dingtalk", "delete").await;
        stage.world.add_authenticator("dingtalk", true).await;
        stage.back(&address).await
    };
    client_id_changed_between: AUTHENTICATOR_CHANGED, (0, 0), async |stage: &mut Stage| {
        changed_between(stage, ("settings.client_id", "dingdemobare0002")).await
    };
    sign_in_address_changed_between: AUTHENTICATOR_CHANGED, (0, 0), async |stage: &mut Stage| {
        changed_between(stage, ("settings.login_url", "http://127.0.0.1:9")).await
    };
    interface_address_changed_between: AUTHENTICATOR_CHANGED, (0, 0), async |stage: &mut Stage| {
        changed_between(stage, ("settings.api_url", "http://127.0.0.1:9")).await
    };
    region_changed_between: AUTHENTICATOR_CHANGED, (0, 0), async |stage: &mut Stage| {
        changed_between(stage, ("settings.region", "mainland")).await
    };
    plugin_disabled_between: PLUGIN_OFF, (0, 0), async |stage: &mut Stage| {
        let address = stage.go("lin").await;
        stage.world.admin.post("/admin/plugins/auth-dingtalk/disable", &[]).await;
        stage.back(&address).await
    };
    /// The provider has answered, nothing is decided yet.
    disabled_during_the_exchange: AUTHENTICATOR_OFF, (1, 1), async |stage: &mut Stage| {
        stage.world.simulator.fault(Endpoint::ContactUser, Fault::always().barrier("profile"));
        let address = stage.go("lin").await;
        let (barrier, mut browser) = (stage.world.simulator.barrier("profile"), stage.browser.clone());
        let back = tokio::spawn(async move { browser.get(address.as_str()).await });
        assert!(barrier.wait_for(1).await);
        stage.world.act("dingtalk", "disable").await;
        barrier.release();
        back.await.unwrap()
    };
    sign_up_switched_off_between: SIGN_UP_OFF, (1, 1), async |stage: &mut Stage| {
        let address = stage.go("lin").await;
        let form = [("settings.sign_up", "off"), ("settings.client_secret", "")];
        assert_eq!(stage.world.change_authenticator("dingtalk", &form).await.status, 303);
        stage.back(&address).await
    };
}

/// A setting is changed while 林小满 is at the provider.
async fn changed_between(stage: &mut Stage, change: (&str, &str)) -> gatehouse_tests::Reply {
    let address = stage.go("lin").await;
    let changed = stage.world.change_authenticator("dingtalk", &[change]).await;
    assert_eq!(changed.status, 303, "{}", changed.page().text());
    stage.back(&address).await
}

/// OA-6: a rotated secret is no reason to send somebody back.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_secret_leaves_attempts_alone() {
    let mut world = gatehouse_tests::World::signing_in().await;
    let mut browser = world.browser();
    let address = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    let new = format!("{CLIENT_SECRET}-rotated");
    assert_eq!(world.change_authenticator("dingtalk", &[("settings.client_secret", &new)]).await.status, 303);
    assert_eq!(browser.get(&address).await.status, 303);
}
