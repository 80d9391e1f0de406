//! Links that people make themselves (rows ID-5, OA-8, SE-7), and the provider's panel on the sign-in page.

use std::time::Duration;

use gatehouse_tests::{Client, Reply, World};
use reqwest::Method;
use serde_json::json;

mod connecting;
mod fresh;
mod panel;
mod pending;
mod removing;

const SESSION: &str = "__Host-gatehouse";
const PENDING: &str = "__Host-link";
const PASSWORD: &str = "a sentence of seven words or so";
/// The number of 林小满.
const LIN: &str = "+8613900000001";
const TEN_MINUTES: Duration = Duration::from_secs(600);
const ASK: &str = "/account/link";

/// A user with a password, and the user's id.
async fn add(world: &mut World, username: &str, phone: &str, roles: &[&str]) -> String {
    let body =
        json!({"username": username, "nickname": username, "phone": phone, "roles": roles, "password": PASSWORD});
    let created = world.admin.json(Method::POST, "/api/v1/users", Some(&body)).await;
    assert_eq!(created.status, 201, "{}", created.body);
    created.json()["id"].as_str().unwrap().to_owned()
}

/// A browser in which somebody is signed in with the password.
async fn signed_in(world: &World, username: &str) -> Client {
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_with_password(username, PASSWORD).await.status, 303);
    browser
}

/// Who is signed in, by id; empty for nobody.
async fn who(browser: &mut Client) -> String {
    let me = browser.get("/api/v1/me").await;
    if me.status == 200 { me.json()["id"].as_str().unwrap().to_owned() } else { String::new() }
}

/// Nobody here is the person at the provider: sign-up is off.
async fn without_sign_up() -> World {
    let mut world = World::new().await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", false).await;
    world
}

/// Presses Connect on the own page and is `person` at the provider; the address that the provider sends back to.
async fn to_the_provider(world: &World, browser: &mut Client, uid: &str, person: &str) -> String {
    let clicked = browser.post(&format!("/account/links/{uid}"), &[]).await;
    assert_eq!(clicked.status, 303, "{}", clicked.page().text());
    approved(world, &clicked, person).await
}

/// Is `person` at the provider; the address that the provider sends back to.
async fn approved(world: &World, clicked: &Reply, person: &str) -> String {
    world.simulator.set_auto_approve(Some(person)).unwrap();
    Client::elsewhere().get(&clicked.location()).await.location()
}

/// Answers the question.
async fn answer(browser: &mut Client, answer: &str) -> Reply {
    browser.post(ASK, &[("answer", answer)]).await
}

/// The kinds of the last entries of the journal, newest first.
async fn journal(world: &mut World) -> Vec<String> {
    let found = world.admin.get("/api/v1/journal").await.json();
    found["entries"].as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap().to_owned()).collect()
}
