//! The assistant as JSON.

use reqwest::Method;
use serde_json::{Value, json};

use super::*;

async fn ask(world: &mut World, step: &str, body: Value) -> Reply {
    world.admin.json(Method::POST, &format!("/api/v1/authenticators/dingtalk/keys/{step}"), Some(&body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn import_plan_move() {
    let mut world = world().await;
    for name in ["lin", "zhou"] {
        world.add_user(name, "", &["member"]).await;
    }
    let (lin, lin_union) = ids(&world, "lin");
    let links = json!([{"username": "lin", "value": lin}, {"username": "zhou", "value": "nobody0001"}]);
    let reply = ask(&mut world, "import", json!({"kind": "userid", "links": links})).await;
    assert_eq!((reply.status, reply.json()), (200, json!({"imported": 2})));

    let plan = ask(&mut world, "plan", json!({})).await.json();
    assert_eq!((&plan["changes"], &plan["counts"]["nobody"]), (&json!(1), &json!(1)), "{plan}");
    assert!(!plan.to_string().contains(&lin), "identifiers are shortened: {plan}");
    let stale = ask(&mut world, "move", json!({"fingerprint": "00"})).await;
    assert_eq!((stale.status, stale.json()["error"].as_str()), (409, Some("keys-changed")));
    let done = ask(&mut world, "move", json!({"fingerprint": plan["fingerprint"]})).await;
    assert_eq!((done.status, done.json()), (200, json!({"written": 1})));
    assert_eq!(super::links(&world).await, [format!("subject {lin_union}"), "userid nobody0001".to_owned()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused() {
    let mut world = world().await;
    world.add_user("lin", "", &["member"]).await;
    for (kind, value, field) in [
        ("shoe-size", "44", "kind"),
        ("userid", "a,b", "links"),
        ("userid", "a\nlin,b", "links"),
        ("userid", "", "links"),
    ] {
        let links = json!([{"username": "lin", "value": value}]);
        let reply = ask(&mut world, "import", json!({"kind": kind, "links": links})).await;
        assert_eq!((reply.status, reply.json()["faults"][0]["field"].as_str()), (422, Some(field)), "{value:?}");
    }
    assert_eq!(world.rows("bindings").await, 0);
}
