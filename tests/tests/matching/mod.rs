//! Whose account it is, for any identity that a provider could report (rows ID-1 to ID-6, ID-8, ID-10).
//!
//! The plug-in `puppet` reports what the test says, so that each rule is tried by itself; what a real plug-in reports is
//! in `dingtalk`.

mod dingtalk;
mod links;
mod page;
mod phone;
mod profile;
mod race;

use gatehouse::clock::ManualClock;
use gatehouse_tests::{Client, Options, Postgres, Reply, World, example_plugin};
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;
use url::form_urlencoded::byte_serialize;

/// The realm of most identities here.
const REALM: &str = "https://provider.example/org-1";

/// A host where the plug-in `puppet` is enabled, with the authenticators `one` and `two` of its type.
struct Stage {
    world: World,
    // Stopped last.
    _database: Option<Postgres>,
}

impl Stage {
    async fn new(sign_up: bool) -> Self {
        Self::on(None, sign_up).await
    }

    /// The same on PostgreSQL, unless that was left out.
    async fn on_postgres(sign_up: bool) -> Option<Self> {
        Some(Self::on(Some(Postgres::start()?), sign_up).await)
    }

    async fn on(database: Option<Postgres>, sign_up: bool) -> Self {
        let options = Options {
            database_url: database.as_ref().map(Postgres::url),
            libraries: vec![example_plugin("puppet")],
            clock: Some(ManualClock::new(1_790_000_000_000)),
            ..Options::default()
        };
        let mut world = World::with(options).await;
        world.enable("example-puppet").await;
        let mut stage = Self { world, _database: database };
        for uid in ["one", "two"] {
            stage.add(uid, "puppet", sign_up).await;
        }
        stage
    }

    async fn add(&mut self, uid: &str, kind: &str, sign_up: bool) {
        let title = json!({"en": uid, "zh-CN": uid});
        let settings = json!({"sign_up": sign_up});
        let body = json!({"type": kind, "uid": uid, "title": title, "enabled": true, "settings": settings});
        let reply = self.world.admin.json(Method::POST, "/api/v1/authenticators", Some(&body)).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
    }

    /// The provider of `uid` says `identity`.
    async fn sign_in(&self, uid: &str, identity: &Value) -> (Client, Reply) {
        let mut browser = self.world.browser();
        let address = begun(&mut browser, &self.world, uid, identity).await;
        let reply = browser.get(&address).await;
        (browser, reply)
    }

    /// The same for somebody who must succeed: the id of the user.
    async fn admits(&self, uid: &str, identity: &Value) -> String {
        let (mut browser, reply) = self.sign_in(uid, identity).await;
        assert_eq!(reply.status, 303, "{}", reply.page().text());
        who(&mut browser).await
    }

    /// The same for somebody who must be refused for this reason; and nothing comes of it.
    async fn refuses(&self, uid: &str, identity: &Value, reason: &str) {
        let before = self.made().await;
        let (browser, reply) = self.sign_in(uid, identity).await;
        let newest = "SELECT detail FROM journal WHERE kind = 'signin.refused' ORDER BY id DESC LIMIT 1";
        let told = self.world.texts(newest).await.pop().unwrap_or_default();
        assert!(told.contains(&format!("\"reason\":\"{reason}\"")), "{reason}: {} {told}", reply.status);
        assert_eq!((reply.status, browser.has_session()), (403, false), "{reason}");
        assert_eq!(self.made().await, before, "{reason}: nothing is written");
    }

    /// What a sign-in makes or changes.
    async fn made(&self) -> (Vec<String>, [i64; 3]) {
        let rows =
            [self.world.rows("users").await, self.world.rows("sessions").await, self.world.rows("user_roles").await];
        (self.links().await, rows)
    }

    /// Every link as `authenticator kind subject how`.
    async fn links(&self) -> Vec<String> {
        let all = "SELECT a.uid || ' ' || b.key_kind || ' ' || b.subject || ' ' || b.how \
                   FROM bindings b JOIN authenticators a ON a.id = b.authenticator_id ORDER BY 1";
        self.world.texts(all).await
    }

    /// A link by another identifier, as the identity-key assistant brings it along.
    async fn bring(&self, uid: &str, kind: &str, value: &str, user: &str) {
        // Between the kind and the namespace stands U+001F, which SQLite and PostgreSQL write differently.
        let joint = if self.world.database_url.starts_with("sqlite") { "char(31)" } else { "chr(31)" };
        let namespace = if kind == "subject" { "''".to_owned() } else { format!("'{kind}' || {joint}") };
        let sql = format!(
            "INSERT INTO bindings (authenticator_id, namespace, subject, user_id, how, created_at, used_at, key_kind) \
             SELECT id, {namespace}, '{value}', '{user}', 'imported', 1, 0, '{kind}' FROM authenticators WHERE uid = '{uid}'"
        );
        self.world.tamper(&sql).await;
    }

    /// What the journal says about the newest sign-in.
    async fn told(&self) -> Value {
        let newest = "SELECT detail FROM journal WHERE kind = 'signin.completed' ORDER BY id DESC LIMIT 1";
        serde_json::from_str(&self.world.texts(newest).await.pop().unwrap()).unwrap()
    }

    /// A user as the administrator sees them.
    async fn user(&mut self, id: &str) -> Value {
        self.world.admin.get(&format!("/api/v1/users/{id}")).await.json()
    }
}

/// Clicks the button of `uid`; returns the address at which the provider's answer `identity` comes back.
async fn begun(browser: &mut Client, world: &World, uid: &str, identity: &Value) -> String {
    let clicked = browser.click(uid).await;
    assert_eq!(clicked.status, 303, "{}", clicked.page().text());
    let address = Url::parse(&clicked.location()).unwrap();
    let state = address.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let code: String = byte_serialize(identity.to_string().as_bytes()).collect();
    format!("{}?code={code}&state={state}", world.redirect_url(uid))
}

async fn who(browser: &mut Client) -> String {
    browser.get("/api/v1/me").await.json()["id"].as_str().unwrap().to_owned()
}

/// Somebody with a number that the provider vouches for.
fn person(subject: &str, number: &str) -> Value {
    json!({"subject": subject, "tenant": "org-1", "phone": phone(number, "account")})
}

/// A member of the organisation.
fn member(subject: &str, number: &str) -> Value {
    with(person(subject, number), json!({"member": true, "realm": REALM}))
}

fn phone(number: &str, provenance: &str) -> Value {
    json!({"value": {"number": number, "country_code": "86"}, "provenance": provenance})
}

fn claim(value: &str) -> Value {
    json!({"value": value, "provenance": "account"})
}

/// An identity that says something more, or something else.
fn with(mut identity: Value, more: Value) -> Value {
    identity.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    identity
}
