//! Plug-ins that misbehave, next to sign-ins that work (rows PL-4, PL-6).

mod crash_loop;
mod folder;
mod load;
mod smallest;
mod spy;
mod storm;
mod switched;
mod table;

use gatehouse_tests::{Options, World, example_plugin};
use reqwest::Method;
use serde_json::{Value, json};

/// The examples, each of which registers one type under its own name; `smallest` calls its type `example`.
const EXAMPLES: [&str; 5] = ["panics", "hangs", "nonsense", "blocks", "smallest"];

/// A host that signs people in with DingTalk, with every example enabled beside it.
async fn crowd() -> World {
    let libraries = EXAMPLES.map(example_plugin).to_vec();
    let mut world = World::with(Options { libraries, ..Options::default() }).await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", true).await;
    for example in EXAMPLES {
        world.enable(&format!("example-{example}")).await;
    }
    world
}

/// Adds an authenticator of any type, whatever its plug-in says about it.
async fn add(world: &mut World, uid: &str, kind: &str, settings: Value) {
    let title = json!({"en": uid, "zh-CN": uid});
    let body = json!({"type": kind, "uid": uid, "title": title, "enabled": true, "settings": settings,
        "despite_findings": true});
    let reply = world.admin.json(Method::POST, "/api/v1/authenticators", Some(&body)).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
}

/// How many rows there are of what a sign-in makes.
async fn made(world: &World) -> [i64; 4] {
    let rows = async |table| world.rows(table).await;
    [rows("users").await, rows("bindings").await, rows("sessions").await, rows("attempts").await]
}
