//! Many people at once: whoever comes back is who they were, however their calls interleave (no token, no profile and no
//! membership is ever somebody else's), and the application's token is asked for once.

use dingtalk_simulator::{Endpoint, Fault};
use gatehouse_tests::{CLIENT_ID, CORP_ID, Client, World};
use tokio::task::JoinSet;

const PEOPLE: [&str; 8] = ["lin", "zhou", "amy", "twin", "plain", "differ", "account-silent", "account-foreign"];

/// What the directory calls a person.
fn name(world: &World, person: &str) -> String {
    let scenario = world.simulator.scenario();
    let person = scenario.people.iter().find(|one| one.id == person).unwrap();
    person.memberships[CORP_ID].name.clone()
}

/// Lets everybody come back at once, holds their calls of `leg` until all wait there, and sees who they are.
async fn interleave(client: bool, leg: Endpoint) {
    let mut world = World::members_only().await;
    if client {
        let changes = [("settings.client", "on"), ("settings.membership", "auto"), ("settings.corp_id", CORP_ID)];
        assert_eq!(world.change_authenticator("dingtalk", &changes).await.status, 303);
    }
    world.clock.advance(std::time::Duration::from_secs(3 * 3600));
    let mut comers = Vec::new();
    for person in PEOPLE {
        let mut browser = world.browser();
        let back = match client {
            false => browser.go_to_provider(&world.simulator, "dingtalk", person).await,
            true => world.simulator.jsapi_code(CLIENT_ID, person).unwrap(),
        };
        comers.push((person, browser, back));
    }
    world.simulator.reset_counters();
    let all = PEOPLE.len();
    world.simulator.fault(leg, Fault::next(u32::try_from(all).unwrap()).barrier("together"));
    let barrier = world.simulator.barrier("together");
    let mut running = JoinSet::new();
    for (person, browser, back) in comers {
        running.spawn(async move { (person, come_back(browser, client, &back).await) });
    }
    assert!(barrier.wait_for(all).await, "{leg:?}");
    barrier.release();
    for (person, found) in running.join_all().await {
        assert_eq!(found, name(&world, person), "{person}, {leg:?}");
    }
    assert_eq!(world.simulator.counters().get(Endpoint::AppAccessToken), 1, "one token for everybody");
    assert_eq!(world.rows("bindings").await, i64::try_from(all).unwrap());
}

/// Finishes a sign-in, and says as whom.
async fn come_back(mut browser: Client, client: bool, back: &str) -> String {
    let reply = match client {
        false => browser.get(back).await,
        true => browser.post("/signin/dingtalk/client", &[("code", back)]).await,
    };
    assert!(reply.status == 303 || reply.status == 200, "{}", reply.body);
    browser.get("/api/v1/me").await.json()["nickname"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_profile() {
    interleave(false, Endpoint::ContactUser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_membership() {
    interleave(false, Endpoint::GetByUnionId).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_directory() {
    interleave(false, Endpoint::UserGet).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn inside_the_client() {
    interleave(true, Endpoint::UserGet).await;
}
