//! Packages come in, releases take turns (rows PL-1, PL-5, PL-8, PL-10).

mod carried;
mod command_line;
mod flags;
mod nodes;
mod turns;
mod upload;

use std::fs;

use gatehouse_tests::{World, example_plugin};
use reqwest::Method;
use serde_json::{Value, json};

/// The plug-in of all these tests: an example that comes in several releases.
const ID: &str = "example-chameleon";

/// Its library as release `slot` with `version`.
fn chameleon(slot: &str, version: &str) -> Vec<u8> {
    let library = fs::read(example_plugin("chameleon")).unwrap();
    let library = replaced(library, "chameleon-slot:first.......", &format!("chameleon-slot:{slot:.<12}"));
    replaced(library, r#""version": "1.0.0""#, &format!(r#""version": "{version}""#))
}

/// `library` with the text `old` replaced by `new`, which is as long, everywhere.
fn replaced(mut library: Vec<u8>, old: &str, new: &str) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let is_old = |(_, window): &(usize, &[u8])| *window == old.as_bytes();
    let places: Vec<usize> = library.windows(old.len()).enumerate().filter(is_old).map(|(place, _)| place).collect();
    assert!(!places.is_empty(), "{old} is not in the library");
    for place in places {
        library[place..place + new.len()].copy_from_slice(new.as_bytes());
    }
    library
}

/// A host that runs the first release, with an authenticator of its type.
async fn running() -> World {
    let mut world = World::new().await;
    world.install(&chameleon("first", "1.0.0")).await;
    world.enable(ID).await;
    add(&mut world, json!({"tenant": "north", "key": "the-key-of-north"})).await;
    world
}

async fn add(world: &mut World, settings: Value) {
    let body = json!({"type": "chameleon", "uid": "chameleon", "title": {"en": "Chameleon", "zh-CN": "变色龙"},
        "enabled": true, "settings": settings});
    let reply = world.admin.json(Method::POST, "/api/v1/authenticators", Some(&body)).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
}

/// Which release answers a click.
async fn answers(world: &World) -> String {
    let reply = world.browser().click("chameleon").await;
    assert_eq!(reply.status, 303, "{}", reply.page().text());
    let address = url::Url::parse(&reply.location()).unwrap();
    address.query_pairs().find(|(name, _)| name == "release").unwrap().1.into_owned()
}

/// The settings of the authenticator, as the API tells them.
async fn settings(world: &mut World) -> Value {
    world.admin.get("/api/v1/authenticators/chameleon").await.json()["settings"].clone()
}
