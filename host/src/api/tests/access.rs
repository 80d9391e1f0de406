//! Who may do what. A route that is not in the table fails the test.

use super::description::{document, operations};
use super::house::House;
use crate::ui::role::Role;

/// Whom an operation is for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum For {
    Everybody,
    Members,
    Administrators,
}

const TABLE: [(&str, &str, For); 36] = [
    ("GET", "/api/v1/me", For::Members),
    ("POST", "/api/v1/session", For::Everybody),
    ("DELETE", "/api/v1/session", For::Members),
    ("POST", "/api/v1/account/password", For::Members),
    ("GET", "/api/v1/openapi.json", For::Everybody),
    ("GET", "/api/v1/plugins", For::Administrators),
    ("POST", "/api/v1/plugins", For::Administrators),
    ("DELETE", "/api/v1/plugins/{id}", For::Administrators),
    ("POST", "/api/v1/plugins/{id}/release", For::Administrators),
    ("POST", "/api/v1/plugins/{id}/roll-back", For::Administrators),
    ("POST", "/api/v1/plugins/{id}/enable", For::Administrators),
    ("POST", "/api/v1/plugins/{id}/disable", For::Administrators),
    ("GET", "/api/v1/authenticator-types", For::Administrators),
    ("GET", "/api/v1/authenticator-types/{id}/form", For::Administrators),
    ("GET", "/api/v1/authenticators", For::Administrators),
    ("POST", "/api/v1/authenticators", For::Administrators),
    ("PUT", "/api/v1/authenticators/order", For::Administrators),
    ("GET", "/api/v1/authenticators/{uid}", For::Administrators),
    ("PUT", "/api/v1/authenticators/{uid}", For::Administrators),
    ("DELETE", "/api/v1/authenticators/{uid}", For::Administrators),
    ("POST", "/api/v1/authenticators/{uid}/enable", For::Administrators),
    ("POST", "/api/v1/authenticators/{uid}/disable", For::Administrators),
    ("POST", "/api/v1/authenticators/{uid}/check", For::Administrators),
    ("POST", "/api/v1/authenticators/{uid}/keys/import", For::Administrators),
    ("POST", "/api/v1/authenticators/{uid}/keys/plan", For::Administrators),
    ("POST", "/api/v1/authenticators/{uid}/keys/move", For::Administrators),
    ("GET", "/api/v1/users", For::Administrators),
    ("POST", "/api/v1/users", For::Administrators),
    ("GET", "/api/v1/users/{id}", For::Administrators),
    ("PATCH", "/api/v1/users/{id}", For::Administrators),
    ("POST", "/api/v1/users/{id}/enable", For::Administrators),
    ("POST", "/api/v1/users/{id}/disable", For::Administrators),
    ("DELETE", "/api/v1/users/{id}/links/{link}", For::Administrators),
    ("GET", "/api/v1/journal", For::Administrators),
    ("GET", "/api/v1/journal/{reference}/explanation", For::Administrators),
    ("GET", "/api/v1/rehearsals/{id}", For::Administrators),
];

#[tokio::test]
async fn strangers_and_members_get_no_further_than_they_may() {
    let house = House::new().await;
    let member = house.session("mira", Role::Member).await;
    for (method, path, whom) in TABLE {
        let path = path.replace("{id}", "x").replace("{uid}", "x").replace("{reference}", "x").replace("{link}", "x");
        let stranger = house.ask(method, &path, "", "").await.status.as_u16();
        assert_eq!(stranger == 401, whom != For::Everybody, "{method} {path}: {stranger}");
        // Ends the session, so that it comes last.
        if (method, path.as_str()) != ("DELETE", "/api/v1/session") {
            let member = house.ask(method, &path, &member, "").await.status.as_u16();
            assert_eq!(member == 403, whom == For::Administrators, "{method} {path}: {member}");
        }
    }
    assert_eq!(house.ask("DELETE", "/api/v1/session", &member, "").await.outcome(), (204, ""));
    assert_eq!(house.ask("GET", "/api/v1/me", &member, "").await.outcome(), (401, "unauthorized"));
}

#[test]
fn the_table_and_the_document_have_the_same_operations() {
    let document = document();
    let mut declared: Vec<(String, String, For)> = Vec::new();
    for (method, path, operation) in operations(&document) {
        let whom = match (operation.get("security"), operation["responses"].get("403")) {
            (Some(_), _) => For::Everybody,
            (None, None) => For::Members,
            (None, Some(_)) => For::Administrators,
        };
        declared.push((method, path, whom));
    }
    let mut table = TABLE.map(|(method, path, whom)| (method.to_owned(), path.to_owned(), whom)).to_vec();
    declared.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    table.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    assert_eq!(declared, table);
}

#[tokio::test]
async fn other_methods_and_forged_sessions_are_refused() {
    let house = House::new().await;
    for (method, path) in [("DELETE", "/api/v1/me"), ("GET", "/api/v1/session"), ("PATCH", "/api/v1/authenticators")] {
        assert_eq!(house.ask(method, path, "", "").await.outcome(), (405, "method-not-allowed"), "{method} {path}");
    }
    for cookie in ["__Host-gatehouse=", "__Host-gatehouse=x", "gatehouse=x", "__Host-gatehouse=../../etc/passwd"] {
        assert_eq!(house.ask("GET", "/api/v1/me", cookie, "").await.outcome(), (401, "unauthorized"), "{cookie}");
    }
}
