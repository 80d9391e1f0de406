//! Inside the DingTalk client, with DingTalk's real library and a stand-in for the bridge that the client brings.

mod arrives;
pub(super) mod bridge;
mod persons;
mod turned_away;

use gatehouse_tests::{CORP_ID, World};

/// Where the scripts run.
const PAGE: &str = "/signin/dingtalk/client";

/// What the form says beside the rest.
const IN_CLIENT: [(&str, &str); 4] = [
    ("settings.membership", "auto"),
    ("settings.corp_id", CORP_ID),
    ("settings.client", "on"),
    ("settings.landing", "/"),
];

/// A host whose authenticator signs people in inside the client.
async fn world(sign_up: bool) -> World {
    let mut world = World::new().await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator_with("dingtalk", sign_up, &IN_CLIENT).await;
    // The connection was tried when the form was saved.
    world.simulator.reset_counters();
    world
}
