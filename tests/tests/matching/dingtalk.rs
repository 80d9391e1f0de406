//! The same with the compiled DingTalk library, which says what DingTalk says.

use dingtalk_simulator::{Endpoint, Fault, Phone};
use gatehouse_tests::{CLIENT_ID, CORP_ID, Client, MEMBERS_ONLY, Options, Postgres, World};
use tokio::task::JoinSet;

async fn signed_in(world: &World, uid: &str, person: &str) -> String {
    let mut browser: Client = world.browser();
    let reply = browser.sign_in_as(&world.simulator, uid, person).await;
    assert_eq!(reply.status, 303, "{}", reply.page().text());
    super::who(&mut browser).await
}

async fn links(world: &World) -> Vec<String> {
    world.texts("SELECT key_kind || ' ' || how FROM bindings ORDER BY how DESC").await
}

/// One person, one account: two authenticators of one organisation know the same people.
#[tokio::test(flavor = "multi_thread")]
async fn one_organisation_is_one_account() {
    let mut world = World::members_only().await;
    world.add_authenticator_with("second", true, MEMBERS_ONLY).await;
    let lin = signed_in(&world, "dingtalk", "lin").await;
    world.simulator.update_person("lin", |person| person.phone = None).unwrap();
    assert_eq!(signed_in(&world, "second", "lin").await, lin);
    assert_eq!(links(&world).await, ["subject sign-up", "subject realm"]);
    let user = world.admin.get(&format!("/api/v1/users/{lin}")).await.json();
    assert!(user["links"][0]["realm"].as_str().unwrap().contains(CORP_ID), "{user}");
}

/// The same inside the client: who signed in on the web is known there, and the other way round.
#[tokio::test(flavor = "multi_thread")]
async fn the_client_and_the_web_are_one_account() {
    let mut world = World::members_only().await;
    let client: Vec<(&str, &str)> = MEMBERS_ONLY.iter().copied().chain([("settings.client", "on")]).collect();
    world.add_authenticator_with("workbench", true, &client).await;
    let inside = async |person: &str| {
        let mut browser = world.browser();
        let code = world.simulator.jsapi_code(CLIENT_ID, person).unwrap();
        let reply = browser.post("/signin/workbench/client", &[("code", &code)]).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        super::who(&mut browser).await
    };
    let lin = signed_in(&world, "dingtalk", "lin").await;
    assert_eq!(inside("lin").await, lin);
    let zhou = inside("zhou").await;
    assert_eq!(signed_in(&world, "dingtalk", "zhou").await, zhou);
    assert_eq!(links(&world).await, ["subject sign-up", "subject sign-up", "subject realm", "subject realm"]);
}

/// ID-8: fifty first sign-ins over two authenticators of one organisation, all at DingTalk at the same moment.
async fn fifty_at_once(world: World) {
    const CROWD: usize = 50;
    let users = world.rows("users").await;
    world.simulator.fault(Endpoint::ContactUser, Fault::always().barrier("all").release_at(CROWD));
    let mut crowd = JoinSet::new();
    for index in 0..CROWD {
        let mut browser = world.browser();
        let uid = ["dingtalk", "second"][index % 2];
        let address = browser.go_to_provider(&world.simulator, uid, "lin").await;
        crowd.spawn(async move { browser.get(&address).await });
    }
    for reply in crowd.join_all().await {
        assert_eq!(reply.status, 303, "{}", reply.page().text());
    }
    assert_eq!((world.rows("users").await, world.rows("bindings").await), (users + 1, 2));
}

async fn two_authenticators(database_url: Option<String>) -> World {
    let mut world = World::with(Options { database_url, ..Options::default() }).await;
    world.enable("auth-dingtalk").await;
    for uid in ["dingtalk", "second"] {
        world.add_authenticator_with(uid, true, MEMBERS_ONLY).await;
    }
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn id_8_fifty_over_two_authenticators_make_one_user() {
    fifty_at_once(two_authenticators(None).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn id_8_fifty_over_two_authenticators_make_one_user_on_postgresql() {
    let Some(database) = Postgres::start() else { return };
    fifty_at_once(two_authenticators(Some(database.url())).await).await;
}

/// A link that was brought along by `userid` moves to the `unionId` when the person comes.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_by_userid_moves() {
    let mut world = World::members_only().await;
    let lin = world.add_user("lin", "", &["member"]).await;
    let scenario = world.simulator.scenario();
    let userid = scenario.person("lin").unwrap().memberships[CORP_ID].user_id.clone();
    world
        .tamper(&format!(
            "INSERT INTO bindings (authenticator_id, namespace, subject, user_id, how, created_at, used_at, key_kind) \
             SELECT id, 'userid' || char(31), '{userid}', '{lin}', 'imported', 1, 0, 'userid' \
             FROM authenticators WHERE uid = 'dingtalk'"
        ))
        .await;
    assert_eq!(signed_in(&world, "dingtalk", "lin").await, lin);
    assert_eq!(links(&world).await, ["subject moved"]);
}

/// The staff phone finds the account, not that of the person's own DingTalk account.
#[tokio::test(flavor = "multi_thread")]
async fn the_staff_phone_wins() {
    let mut world = World::members_only().await;
    let scenario = world.simulator.scenario();
    let person = scenario.person("lin").unwrap();
    let own = person.phone.as_ref().unwrap().number.clone();
    let staff = "13911112222";
    world
        .simulator
        .update_person("lin", |person| {
            let phone = Phone { number: staff.into(), state_code: Some("86".into()) };
            person.memberships.get_mut(CORP_ID).unwrap().staff_phone = Some(phone);
        })
        .unwrap();
    world.add_user("owner-of-the-account", &format!("+86{own}"), &["member"]).await;
    let lin = world.add_user("lin", &format!("+86{staff}"), &["member"]).await;
    assert_eq!(signed_in(&world, "dingtalk", "lin").await, lin);
}
