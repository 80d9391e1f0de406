//! What administrators and members do, from beginning to end.

use serde_json::json;

use super::house::{House, PASSWORD};
use crate::ui::role::Role;

#[tokio::test]
async fn a_user_is_created_changed_and_locked_out() {
    let house = House::new().await;
    let cookie = house.session("root", Role::Administrator).await;
    let body = json!({"username": "mira.chen", "email": "mira@example.com", "phone": "138 0013 8000",
        "roles": ["member", "member"], "password": PASSWORD});
    let created = house.ask("POST", "/api/v1/users", &cookie, &body.to_string()).await;
    assert_eq!(created.status, 201, "{}", created.text);
    let path = created.location.expect("a location");
    let path = path.strip_prefix("/gate").expect("the base");
    assert_eq!(created.body["nickname"], "mira.chen");
    assert_eq!(created.body["phone"], "+8613800138000");
    assert_eq!(created.body["phone_verified"], true);
    assert_eq!(created.body["created_at"], "2026-01-02T03:04:05Z");
    assert_eq!(house.ask("GET", path, &cookie, "").await.body, created.body);

    let changed = house.ask("PATCH", path, &cookie, r#"{"nickname": "Mira", "phone": null}"#).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!([&changed.body["nickname"], &changed.body["email"]], [&json!("Mira"), &json!("mira@example.com")]);
    assert_eq!([&changed.body["phone"], &changed.body["phone_verified"]], [&json!(null), &json!(false)]);

    let sign_in = json!({"identifier": "MIRA@example.com", "password": PASSWORD}).to_string();
    let hers = house.ask("POST", "/api/v1/session", "", &sign_in).await;
    assert_eq!((hers.status.as_u16(), hers.text.as_str()), (204, ""));
    let hers = hers.cookie.expect("a session");
    let me = house.ask("GET", "/api/v1/me", &hers, "").await;
    assert_eq!([&me.body["username"], &me.body["nickname"]], ["mira.chen", "Mira"]);
    assert_eq!(me.body["roles"], json!(["member"]));
    assert_eq!(me.body["signed_in_with"]["uid"], "password");

    assert_eq!(house.ask("POST", &format!("{path}/disable"), &cookie, "").await.body["enabled"], false);
    assert_eq!(house.ask("GET", "/api/v1/me", &hers, "").await.status, 401);
    assert_eq!(house.ask("POST", &format!("{path}/enable"), &cookie, "").await.body["enabled"], true);
    let found = house.ask("GET", "/api/v1/users?q=MIRA", &cookie, "").await;
    assert_eq!([&found.body["total"], &found.body["users"][0]["username"]], [&json!(1), &json!("mira.chen")]);
}

#[tokio::test]
async fn nobody_takes_the_last_way_in_away() {
    let house = House::new().await;
    let cookie = house.session("root", Role::Administrator).await;
    let me = house.ask("GET", "/api/v1/me", &cookie, "").await.body["id"].as_str().expect("an id").to_owned();
    for (method, path, body, code) in [
        ("POST", format!("users/{me}/disable"), "", "not-yourself"),
        ("PATCH", format!("users/{me}"), r#"{"roles": ["member"]}"#, "last-administrator"),
        ("POST", "authenticators/password/disable".into(), "", "last-way-in"),
        ("DELETE", "authenticators/password".into(), "", "built-in"),
        (
            "POST",
            "authenticators".into(),
            r#"{"type": "password", "uid": "two", "title": {"en": "A", "zh-CN": "B"}, "settings": {}}"#,
            "plugin-off",
        ),
    ] {
        let answer = house.ask(method, &format!("/api/v1/{path}"), &cookie, body).await;
        assert_eq!(answer.outcome(), (409, code), "{method} {path}: {}", answer.text);
    }
    assert_eq!(house.ask("GET", "/api/v1/authenticators/password", &cookie, "").await.body["state"], "ready");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let house = House::new().await;
    let cookie = house.session("root", Role::Administrator).await;
    for (method, path, body) in [
        ("GET", "users/x", ""),
        ("PATCH", "users/x", "{}"),
        ("POST", "users/x/enable", ""),
        ("GET", "authenticators/x", ""),
        ("DELETE", "authenticators/x", ""),
        ("POST", "authenticators/x/check", ""),
        ("POST", "plugins/x/enable", ""),
        ("POST", "plugins/x/disable", ""),
        ("GET", "authenticator-types/x/form", ""),
    ] {
        let answer = house.ask(method, &format!("/api/v1/{path}"), &cookie, body).await;
        assert_eq!(answer.outcome(), (404, "not-found"), "{method} {path}: {}", answer.text);
    }
    let order = house.ask("PUT", "/api/v1/authenticators/order", &cookie, r#"{"order": ["x"]}"#).await;
    assert_eq!([&order.body["faults"][0]["field"], &order.body["faults"][0]["code"]], ["order", "bad-choice"]);
    assert_eq!(house.ask("PUT", "/api/v1/authenticators/order", &cookie, r#"{"order": []}"#).await.status, 204);
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let house = House::new().await;
    let first = house.session("mira", Role::Member).await;
    let sign_in = json!({"identifier": "mira", "password": PASSWORD}).to_string();
    let second = house.ask("POST", "/api/v1/session", "", &sign_in).await.cookie.expect("a session");
    let change = |current: &str, new: &str| json!({"current": current, "new": new}).to_string();
    for (body, field, code) in [
        (change("not it", "another long password"), "current", "password-wrong"),
        (change(PASSWORD, PASSWORD), "new", "password-unchanged"),
        (change(PASSWORD, "short"), "new", "password-too-short"),
        (change(PASSWORD, "aaaaaaaaaaaaaaaaaaaa"), "new", "password-common"),
    ] {
        let answer = house.ask("POST", "/api/v1/account/password", &first, &body).await;
        assert_eq!(answer.outcome(), (422, "invalid"));
        assert_eq!([&answer.body["faults"][0]["field"], &answer.body["faults"][0]["code"]], [field, code]);
    }
    let body = change(PASSWORD, "a quite different phrase");
    let changed = house.ask("POST", "/api/v1/account/password", &first, &body).await;
    assert_eq!((changed.status.as_u16(), changed.text.as_str()), (204, ""));
    for (cookie, status) in [(changed.cookie.expect("a new session"), 200), (first, 401), (second, 401)] {
        assert_eq!(house.ask("GET", "/api/v1/me", &cookie, "").await.status, status);
    }
}

#[tokio::test]
async fn the_journal_is_read_page_by_page() {
    let house = House::new().await;
    let cookie = house.session("root", Role::Administrator).await;
    for name in ["a1", "b2", "c3"] {
        house.user(name, Role::Member).await;
    }
    let mut subjects = Vec::new();
    let mut before = String::new();
    loop {
        let path = format!("/api/v1/journal?kind=user&limit=2&before={before}");
        let page = house.ask("GET", &path, &cookie, "").await;
        let entries = page.body["entries"].as_array().expect("entries");
        assert!(entries.len() <= 2);
        subjects.extend(entries.iter().map(|entry| entry["subject"].as_str().unwrap_or_default().to_owned()));
        match page.body["older"].as_str() {
            Some(older) => before = older.to_owned(),
            None => break,
        }
    }
    assert_eq!(subjects, ["c3", "b2", "a1", "root"]);
    let signed_in = house.ask("GET", "/api/v1/journal?kind=signin.completed", &cookie, "").await;
    assert_eq!(signed_in.body["entries"][0]["actor_name"], "root");
    assert_eq!(signed_in.body["entries"][0]["detail"]["how"], "password");
}
