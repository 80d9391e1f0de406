//! Secrets go in and never come out.

use super::house::House;
use crate::authenticators::seal;
use crate::failure::Failure;
use crate::store::authenticators::{self, AuthenticatorRow};
use crate::ui::role::Role;

const CANARY: &str = "canary-client-secret";

/// An authenticator of a type that no plug-in here registers, with a sealed secret.
async fn with_secret(house: &House) {
    let app = &house.app;
    let secret = seal::seal(&app.vault, &*app.entropy, "id-1", "client_secret", CANARY).expect("sealed");
    let row = AuthenticatorRow {
        id: "id-1".into(),
        uid: "head-office".into(),
        kind: "oidc".into(),
        plugin: "auth-oidc".into(),
        title_en: "Head office".into(),
        title_zh: "总部".into(),
        description_en: String::new(),
        description_zh: String::new(),
        enabled: false,
        position: 1,
        settings: r#"{"client_id": "abc"}"#.into(),
        refresh: "name".into(),
        created_at: 0,
        updated_at: 0,
    };
    let store = app.store.clone();
    let write = store.write(move |conn| {
        Box::pin(async move {
            authenticators::insert(conn, &row).await?;
            Ok::<_, Failure>(authenticators::put_secret(conn, &secret).await?)
        })
    });
    write.await.expect("written");
    app.authenticators.reload(&app.store).await.expect("read");
}

#[tokio::test]
async fn of_a_stored_secret_nothing_is_told_but_that_it_is_there() {
    let house = House::new().await;
    let cookie = house.session("mira", Role::Administrator).await;
    with_secret(&house).await;
    let sealed =
        house.app.authenticators.find("head-office").expect("it is there").secrets["client_secret"].sealed.clone();
    let one = house.ask("GET", "/api/v1/authenticators/head-office", &cookie, "").await;
    assert_eq!(one.body["secrets_set"], serde_json::json!(["client_secret"]));
    assert_eq!(one.body["settings"], serde_json::json!({"client_id": "abc"}));
    assert_eq!(one.body["state"], "plugin-off");
    assert_eq!(one.body["redirect_url"], "https://gate.example.com/gate/signin/head-office/callback");
    for path in ["authenticators", "authenticators/head-office", "journal", "plugins", "authenticator-types"] {
        let text = house.ask("GET", &format!("/api/v1/{path}"), &cookie, "").await.text;
        assert!(!text.contains(CANARY) && !text.contains(&sealed), "{path}");
    }
}

#[tokio::test]
async fn without_its_plugin_an_authenticator_can_only_be_looked_at_and_deleted() {
    let house = House::new().await;
    let cookie = house.session("mira", Role::Administrator).await;
    with_secret(&house).await;
    let path = "/api/v1/authenticators/head-office";
    let body = r#"{"title": {"en": "A", "zh-CN": "B"}, "enabled": true, "settings": {}}"#;
    assert_eq!(house.ask("PUT", path, &cookie, body).await.outcome(), (409, "plugin-off"));
    assert_eq!(house.ask("POST", &format!("{path}/enable"), &cookie, "").await.outcome(), (409, "plugin-off"));
    assert_eq!(house.ask("POST", &format!("{path}/check"), &cookie, "").await.outcome(), (409, "plugin-off"));
    let form = "/api/v1/authenticator-types/oidc/form?uid=head-office";
    assert_eq!(house.ask("GET", form, &cookie, "").await.outcome(), (404, "not-found"));
    assert_eq!(house.ask("DELETE", path, &cookie, "").await.outcome(), (204, ""));
    assert_eq!(house.ask("GET", path, &cookie, "").await.outcome(), (404, "not-found"));
}

#[tokio::test]
async fn a_session_is_in_the_cookie_and_nowhere_else() {
    let house = House::new().await;
    let cookie = house.session("mira", Role::Administrator).await;
    let (name, token) = cookie.split_once('=').expect("a pair");
    assert_eq!((name, token.len()), ("__Host-gatehouse", 43));
    for path in ["me", "users", "journal", "openapi.json"] {
        assert!(!house.ask("GET", &format!("/api/v1/{path}"), &cookie, "").await.text.contains(token), "{path}");
    }
}
