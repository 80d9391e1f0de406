//! Bodies and parameters that are refused: nothing unknown slips in, and nothing that was sent comes back.

use super::house::{Answer, House, PASSWORD};
use crate::ui::role::Role;

async fn administrator() -> (House, String) {
    let house = House::new().await;
    let cookie = house.session("mira", Role::Administrator).await;
    (house, cookie)
}

#[tokio::test]
async fn nobody_sets_what_is_not_offered() {
    let (house, cookie) = administrator().await;
    let user = house.user("li.lei", Role::Member).await;
    let user = format!("/api/v1/users/{user}");
    for (method, path, body) in [
        ("PATCH", user.as_str(), r#"{"phone_verified": true}"#),
        ("PATCH", &user, r#"{"role": "admin"}"#),
        ("PATCH", &user, r#"{"id": "x"}"#),
        ("PATCH", &user, r#"{"enabled": true}"#),
        ("PATCH", &user, r#"{"roles": ["root"]}"#),
        ("PATCH", &user, r#"{"roles": "admin"}"#),
        ("PATCH", &user, r#"{"phone_source": "provider", "phone": "+8613800138000"}"#),
        ("PATCH", &user, r#"{"email": "a@example.com", "email": "b@example.com"}"#),
        ("POST", "/api/v1/users", r#"{"username": "x1", "roles": [], "is_admin": true}"#),
        ("POST", "/api/v1/users", r#"{"username": "x1"}"#),
        ("POST", "/api/v1/session", r#"{"identifier": "mira", "password": "x", "user_id": "1"}"#),
        ("POST", "/api/v1/session", r#"{"identifier": ["mira"], "password": "x"}"#),
        ("POST", "/api/v1/account/password", r#"{"current": "x", "new": "y", "id": "1"}"#),
        ("PUT", "/api/v1/authenticators/order", r#"{"order": ["password"], "x": 1}"#),
        (
            "PUT",
            "/api/v1/authenticators/password",
            r#"{"title": {"en": "A", "zh-CN": "B"}, "enabled": true, "settings": {}, "uid": "y"}"#,
        ),
        (
            "PUT",
            "/api/v1/authenticators/password",
            r#"{"title": {"en": "A", "zh-CN": "B", "fr": "C"}, "enabled": true, "settings": {}}"#,
        ),
        (
            "PUT",
            "/api/v1/authenticators/password",
            r#"{"title": {"en": "A", "zh-CN": "B"}, "enabled": true, "settings": []}"#,
        ),
        (
            "POST",
            "/api/v1/authenticators",
            r#"{"type": "password", "uid": "a", "title": {"en": "A", "zh-CN": "B"}, "settings": {}, "id": "1"}"#,
        ),
    ] {
        let answer = house.ask(method, path, &cookie, body).await;
        assert_eq!(answer.outcome(), (422, "wrong-shape"), "{method} {path} {body}: {}", answer.text);
    }
}

#[tokio::test]
async fn what_is_no_json_is_a_bad_request() {
    let (house, cookie) = administrator().await;
    for body in
        ["", "{", "{\"username\": ", "username=mira", "\u{0}", "{'a': 1}", "{\"username\": \"x\", \"roles\": []} {}"]
    {
        let answer = house.ask("POST", "/api/v1/users", &cookie, body).await;
        assert_eq!(answer.outcome(), (400, "not-json"), "{body:.40}");
        assert!(answer.body["message"].as_str().is_some_and(|text| text.contains("line 1")), "{}", answer.text);
        assert_eq!(answer.body["faults"], serde_json::json!([]));
    }
    let deep = format!(r#"{{"settings": {{"a": {}"#, "[".repeat(100_000));
    assert_eq!(house.ask("POST", "/api/v1/authenticators", &cookie, &deep).await.outcome(), (400, "not-json"));
}

#[tokio::test]
async fn what_was_sent_never_comes_back() {
    let (house, cookie) = administrator().await;
    const CANARY: &str = "canary-5f2c";
    for (method, path, body) in [
        ("POST", "/api/v1/session", format!(r#"{{"identifier": "mira", "password": "{CANARY}"}}"#)),
        ("POST", "/api/v1/session", format!(r#"{{"identifier": 1, "password": "{CANARY}"}}"#)),
        ("POST", "/api/v1/users", format!(r#"{{"username": "a b", "roles": ["{CANARY}"]}}"#)),
        (
            "POST",
            "/api/v1/users",
            format!(r#"{{"username": "{CANARY} x", "roles": ["member"], "password": "{CANARY}"}}"#),
        ),
        ("POST", "/api/v1/account/password", format!(r#"{{"current": "{CANARY}", "new": "{CANARY}"}}"#)),
        (
            "PUT",
            "/api/v1/authenticators/password",
            format!(r#"{{"title": {{"en": "A", "zh-CN": "B"}}, "enabled": "{CANARY}", "settings": {{}}}}"#),
        ),
    ] {
        let answer = house.ask(method, path, &cookie, &body).await;
        assert!(answer.status.is_client_error() && !answer.text.contains(CANARY), "{method} {path}: {}", answer.text);
    }
}

#[tokio::test]
async fn parameters_are_held_to_what_is_offered() {
    let (house, cookie) = administrator().await;
    for query in [
        "users?page=0",
        "users?page=-1",
        "users?page=x",
        "users?page=99999999999",
        "users?sort=name",
        "journal?limit=0",
        "journal?limit=201",
        "journal?kind=%25",
        "journal?kind=nonsense",
        "journal?after=1",
        "authenticator-types/password/form?language=fr",
        "authenticator-types/password/form?secret=1",
    ] {
        let answer = house.ask("GET", &format!("/api/v1/{query}"), &cookie, "").await;
        assert_eq!(answer.outcome(), (400, "bad-request"), "{query}");
    }
    for query in
        ["users?page=4294967295", "users?q=%25", "users?q='", "journal?q=_&limit=1", "journal?kind=signin.comp"]
    {
        assert_eq!(house.ask("GET", &format!("/api/v1/{query}"), &cookie, "").await.outcome(), (200, ""), "{query}");
    }
}

#[tokio::test]
async fn faults_name_their_fields_in_the_language_of_the_request() {
    let (house, cookie) = administrator().await;
    let body = r#"{"username": "", "email": "nowhere", "phone": "abc", "roles": ["member"], "password": "short"}"#;
    let faults = |answer: &Answer| -> Vec<(String, String)> {
        let text = |fault: &serde_json::Value, key: &str| fault[key].as_str().unwrap_or_default().to_owned();
        answer.body["faults"]
            .as_array()
            .expect("faults")
            .iter()
            .map(|it| (text(it, "field"), text(it, "code")))
            .collect()
    };
    let english = house.ask("POST", "/api/v1/users", &cookie, body).await;
    assert_eq!(english.outcome(), (422, "invalid"));
    let expected =
        [("username", "required"), ("email", "bad-email"), ("phone", "bad-phone"), ("password", "password-too-short")];
    assert_eq!(faults(&english), expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
    let chinese = house.ask_in("zh-CN,zh;q=0.9", "POST", "/api/v1/users", &cookie, body).await;
    assert_eq!(faults(&chinese), faults(&english));
    assert_eq!(chinese.body["message"], "未保存：部分值无效。");
    assert_eq!(chinese.body["faults"][0]["message"], "请填写此项。");
    let stranger = house.ask_in("zh-CN", "GET", "/api/v1/me", "", "").await;
    assert_eq!(stranger.body["message"], "请先登录。");
}

#[tokio::test]
async fn one_sentence_for_everybody_who_may_not_sign_in() {
    let house = House::new().await;
    let id = house.user("mira", Role::Member).await;
    let try_it = async |name: &str, password: &str| {
        let body = format!(r#"{{"identifier": "{name}", "password": "{password}"}}"#);
        house.ask("POST", "/api/v1/session", "", &body).await
    };
    let unknown = try_it("nobody", PASSWORD).await;
    let wrong = try_it("mira", "a wrong password").await;
    crate::users::service::set_enabled(&house.app, "test", &id, false).await.expect_err("there is no administrator");
    house.user("root", Role::Administrator).await;
    crate::users::service::set_enabled(&house.app, "test", &id, false).await.expect("it is disabled");
    let disabled = try_it("mira", PASSWORD).await;
    assert_eq!(unknown.outcome(), (401, "wrong-password"));
    assert_eq!([&unknown.text, &unknown.text], [&wrong.text, &disabled.text]);
    assert!(unknown.cookie.is_none() && wrong.cookie.is_none() && disabled.cookie.is_none());
}
