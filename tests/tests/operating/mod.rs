//! Operating it: the connection doctor, enabling, replacing credentials, and the parts of the form that came with them.

mod browser;
mod client;
mod command_line;
mod credentials;
mod doctor;
mod enabling;
mod refresh;

use gatehouse_tests::{CLIENT_ID, CLIENT_SECRET, Page, Reply, World};
use reqwest::Method;
use serde_json::{Value, json};

/// A secret that DingTalk does not know.
const WRONG: &str = "a-secret-that-nobody-knows";

/// The same host as everywhere, whose provider's clock agrees with its own.
async fn signing_in() -> World {
    let world = World::signing_in().await;
    agree_on_the_time(&world);
    world
}

/// Answers of the simulator are dated as the host's clock stands.
fn agree_on_the_time(world: &World) {
    world.simulator.set_date(1_790_000_000_000);
}

/// The settings of an authenticator that works, with some of them changed.
fn settings(world: &World, changes: &Value) -> Value {
    let base = world.simulator.base_url();
    let mut settings = json!({
        "sign_up": true, "membership": "never", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
        "region": "custom", "login_url": base, "api_url": base, "legacy_url": base,
    });
    for (name, value) in changes.as_object().unwrap() {
        settings[name] = value.clone();
    }
    settings
}

/// A body of the JSON API for the authenticator `uid`.
fn body(world: &World, uid: &str, enabled: bool, changes: &Value) -> Value {
    let title = json!({"en": uid, "zh-CN": uid});
    json!({"type": "dingtalk", "uid": uid, "title": title, "enabled": enabled, "settings": settings(world, changes)})
}

/// The same body for an authenticator that is there.
fn change(world: &World, enabled: bool, changes: &Value) -> Value {
    let mut body = body(world, "dingtalk", enabled, changes);
    body.as_object_mut().unwrap().retain(|name, _| name != "type" && name != "uid");
    body
}

async fn post(world: &mut World, path: &str, body: Option<&Value>) -> Reply {
    world.admin.json(Method::POST, &format!("/api/v1/authenticators{path}"), body).await
}

async fn put(world: &mut World, body: &Value) -> Reply {
    world.admin.json(Method::PUT, "/api/v1/authenticators/dingtalk", Some(body)).await
}

async fn stored(world: &mut World, uid: &str) -> Value {
    world.admin.get(&format!("/api/v1/authenticators/{uid}")).await.json()
}

/// The severities of what was found, by what was examined.
fn found(examination: &Value) -> Vec<(String, String)> {
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let findings = examination["findings"].as_array().unwrap_or_else(|| panic!("{examination}"));
    findings.iter().map(|finding| (text(finding, "id"), text(finding, "severity"))).collect()
}

/// How bad the finding `id` is; nothing if there is none.
fn severity<'a>(found: &'a [(String, String)], id: &str) -> Option<&'a str> {
    found.iter().find(|(other, _)| other == id).map(|(_, severity)| severity.as_str())
}

/// What is so bad.
fn ids<'a>(found: &'a [(String, String)], severity: &str) -> Vec<&'a str> {
    found.iter().filter(|(_, other)| other == severity).map(|(id, _)| id.as_str()).collect()
}

/// The form in which a question is answered, as a browser would post it: address, names and values.
fn question(page: &Page) -> (String, Vec<(String, String)>) {
    let action = page.attribute("form.question", "action").expect("a question");
    (action, page.pairs("form.question input"))
}

/// The details of the newest entry of a kind in the journal, and what came of it.
async fn newest(world: &mut World, kind: &str) -> (String, Value) {
    let journal = world.admin.get(&format!("/api/v1/journal?kind={kind}&limit=1")).await.json();
    let entry = &journal["entries"][0];
    (entry["outcome"].as_str().unwrap_or_default().to_owned(), entry["detail"].clone())
}
