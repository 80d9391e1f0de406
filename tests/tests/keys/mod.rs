//! The identity-key assistant: links are brought along from another system and moved to the `unionId`, first as a dry
//! run, then all in one transaction or nothing.

mod api;
mod command_line;
mod page;

use dingtalk_simulator::Endpoint;
use gatehouse_tests::{CORP_ID, Client, MEMBERS_ONLY, Reply, World};

/// The assistant of the one authenticator.
const KEYS: &str = "/admin/authentication/dingtalk/keys";

/// A world whose authenticator asks DingTalk about members, and where nobody is signed up.
async fn world() -> World {
    let mut world = World::new().await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator_with("dingtalk", false, MEMBERS_ONLY).await;
    world
}

/// What DingTalk calls a person: `userid` and `unionId`.
fn ids(world: &World, person: &str) -> (String, String) {
    let scenario = world.simulator.scenario();
    let person = scenario.people.iter().find(|one| one.id == person).unwrap();
    (person.memberships[CORP_ID].user_id.clone(), person.union_id.clone())
}

async fn import(world: &mut World, kind: &str, lines: &str) -> Reply {
    world.admin.post(KEYS, &[("step", "import"), ("kind", kind), ("lines", lines)]).await
}

async fn imported(world: &mut World, kind: &str, lines: &str) {
    let reply = import(world, kind, lines).await;
    assert_eq!(reply.status, 200, "{}", reply.page().text());
}

/// A dry run: what every link would come to, by username, and the plan to carry out.
async fn dry_run(world: &mut World) -> (Vec<(String, String)>, Option<String>) {
    let page = world.admin.post(KEYS, &[("step", "plan")]).await.page();
    let (names, fates) = (page.texts("td.lead-cell"), page.texts("td:nth-child(4)"));
    (names.into_iter().zip(fates).collect(), page.attribute("input[name=fingerprint]", "value"))
}

/// Carries out the plan of a dry run that was just made.
async fn move_all(world: &mut World) -> Reply {
    let (_, plan) = dry_run(world).await;
    world.admin.post(KEYS, &[("step", "move"), ("fingerprint", &plan.expect("there is something to move"))]).await
}

/// The links as `kind subject`, in order.
async fn links(world: &World) -> Vec<String> {
    world.texts("SELECT key_kind || ' ' || subject FROM bindings ORDER BY 1").await
}

/// Signs in as a person, and says who that is here.
async fn who_is(world: &World, person: &str) -> Result<String, Reply> {
    let mut browser: Client = world.browser();
    let reply = browser.sign_in_as(&world.simulator, "dingtalk", person).await;
    if reply.status != 303 {
        return Err(reply);
    }
    Ok(browser.get("/api/v1/me").await.json()["username"].as_str().unwrap().to_owned())
}

/// How often people were looked up at DingTalk.
fn looked_up(world: &World) -> u64 {
    let counters = world.simulator.counters();
    counters.get(Endpoint::UserGet) + counters.get(Endpoint::GetByMobile)
}
