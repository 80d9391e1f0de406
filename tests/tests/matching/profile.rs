//! The profile is brought up to date at each sign-in, by field, and never over an administrator's head.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Stage, claim, member, person, phone, with};

const NAMES: [&str; 4] = ["nickname", "email", "phone", "picture"];

fn profile(user: &Value) -> [&str; 4] {
    NAMES.map(|name| user[name].as_str().unwrap_or_default())
}

fn told(subject: &str, number: &str, name: &str) -> Value {
    let email = claim(&format!("{name}@example.com"));
    let picture = claim(&format!("https://pictures.example/{name}.png"));
    with(person(subject, number), json!({"name": claim(name), "email": email, "avatar_url": picture}))
}

async fn refreshes(stage: &mut Stage, uid: &str, fields: &[&str]) {
    let title = json!({"en": uid, "zh-CN": uid});
    let body = json!({"title": title, "enabled": true, "settings": {"sign_up": true}, "refresh": fields});
    let reply = stage.world.admin.json(Method::PUT, &format!("/api/v1/authenticators/{uid}"), Some(&body)).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_follows_the_provider() {
    let mut stage = Stage::new(true).await;
    let ann = stage.admits("one", &told("a", "13900000001", "ann")).await;
    assert_eq!(stage.admits("one", &told("a", "13900000002", "anna")).await, ann);
    let user = stage.user(&ann).await;
    let wanted = ["anna", "anna@example.com", "+8613900000002", "https://pictures.example/anna.png"];
    assert_eq!(profile(&user), wanted);
    assert_eq!(stage.told().await["refreshed"], "name, email, picture, phone");
    // What the provider does not say, or what makes no sense, changes nothing.
    stage.admits("one", &json!({"subject": "a"})).await;
    let odd =
        json!({"name": claim(" \u{202e} "), "email": claim("nonsense"), "avatar_url": claim("http://plain.example/")});
    stage.admits("one", &with(person("a", "139****0003"), odd)).await;
    assert_eq!(profile(&stage.user(&ann).await), wanted);
    assert_eq!(stage.told().await.get("refreshed"), None);
}

/// A plain repeated sign-in writes nothing to the user.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_when_nothing_changed() {
    let mut stage = Stage::new(true).await;
    let ann = stage.admits("one", &told("a", "13900000001", "ann")).await;
    let before = stage.user(&ann).await["updated_at"].clone();
    stage.world.clock.advance(std::time::Duration::from_secs(60));
    stage.admits("one", &told("a", "13900000001", "ann")).await;
    assert_eq!(stage.user(&ann).await["updated_at"], before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_administrator_edited_stays() {
    let mut stage = Stage::new(true).await;
    let ann = stage.admits("one", &told("a", "13900000001", "ann")).await;
    let edits = json!({"nickname": "Dr Ann", "email": "", "phone": "+8613900000007"});
    let reply = stage.world.admin.json(Method::PATCH, &format!("/api/v1/users/{ann}"), Some(&edits)).await;
    let wanted = json!({"nickname": "admin", "email": null, "phone": "admin", "picture": "provider"});
    assert_eq!(reply.json()["sources"], wanted);
    stage.admits("one", &told("a", "13900000002", "anna")).await;
    let after = stage.user(&ann).await;
    assert_eq!(profile(&after), ["Dr Ann", "", "+8613900000007", "https://pictures.example/anna.png"]);
    // An emptied number stays empty.
    let reply =
        stage.world.admin.json(Method::PATCH, &format!("/api/v1/users/{ann}"), Some(&json!({"phone": null}))).await;
    assert_eq!(reply.status, 200);
    stage.admits("one", &told("a", "13900000002", "anna")).await;
    assert_eq!(stage.user(&ann).await["phone"], Value::Null);
}

/// Saving the form without touching a field does not take the field over.
#[tokio::test(flavor = "multi_thread")]
async fn saving_an_untouched_field_is_no_edit() {
    let mut stage = Stage::new(true).await;
    let ann = stage.admits("one", &told("a", "13900000001", "ann")).await;
    let user = stage.user(&ann).await;
    let text = |name: &str| user[name].as_str().unwrap().to_owned();
    let (username, email, number) = (text("username"), text("email"), text("phone"));
    let form = [
        ("username", username.as_str()),
        ("nickname", "Dr Ann"),
        ("email", &email),
        ("phone", &number),
        ("role", "member"),
    ];
    assert_eq!(stage.world.admin.post(&format!("/admin/users/{ann}"), &form).await.status, 303);
    stage.admits("one", &told("a", "13900000002", "anna")).await;
    assert_eq!(profile(&stage.user(&ann).await)[..3], ["Dr Ann", "anna@example.com", "+8613900000002"]);
}

/// Whoever was entered by an administrator keeps everything but the picture, which administrators do not enter.
#[tokio::test(flavor = "multi_thread")]
async fn an_entered_user_keeps_what_was_entered() {
    let mut stage = Stage::new(true).await;
    let ann = stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    assert_eq!(stage.admits("one", &told("a", "13900000001", "other")).await, ann);
    assert_eq!(profile(&stage.user(&ann).await), ["ann", "", "+8613900000001", "https://pictures.example/other.png"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_authenticator_says_which_fields() {
    let mut stage = Stage::new(true).await;
    let ann = stage.admits("one", &told("a", "13900000001", "ann")).await;
    refreshes(&mut stage, "one", &["picture"]).await;
    stage.admits("one", &told("a", "13900000002", "anna")).await;
    let wanted = ["ann", "ann@example.com", "+8613900000001", "https://pictures.example/anna.png"];
    assert_eq!(profile(&stage.user(&ann).await), wanted);
    refreshes(&mut stage, "one", &[]).await;
    stage.admits("one", &told("a", "13900000003", "annette")).await;
    assert_eq!(profile(&stage.user(&ann).await), wanted);
}

/// ID-11: an address or number that is somebody else's is left there, and the journal says so.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_has_is_not_taken_over() {
    let mut stage = Stage::new(true).await;
    let ann = stage.admits("one", &told("a", "13900000001", "ann")).await;
    let bob = stage.admits("one", &told("b", "13900000002", "bob")).await;
    stage.admits("one", &told("a", "13900000002", "bob")).await;
    let wanted = ["bob", "ann@example.com", "+8613900000001", "https://pictures.example/bob.png"];
    assert_eq!(profile(&stage.user(&ann).await), wanted);
    assert_eq!(stage.told().await["belongs_to_another"], "email, phone");
    assert_eq!(profile(&stage.user(&bob).await)[1..3], ["bob@example.com", "+8613900000002"]);
    // Nor is a number that nobody vouches for.
    let declared = json!({"phone": phone("13900000009", "self-declared")});
    stage.admits("one", &with(told("a", "", "ann"), declared)).await;
    assert_eq!(stage.user(&ann).await["phone"], "+8613900000001");
}

/// The number of the organisation's directory wins over that of the person's own account.
#[tokio::test(flavor = "multi_thread")]
async fn the_directory_wins_over_the_account() {
    let mut stage = Stage::new(true).await;
    let ann = stage.admits("one", &member("a", "13900000001")).await;
    assert_eq!(stage.user(&ann).await["sources"]["phone"], "provider");
    let staff = |number: &str| with(member("a", ""), json!({"phone": phone(number, "directory")}));
    // First it vouches for the same number, then it says another.
    for number in ["13900000001", "13900000005"] {
        stage.admits("one", &staff(number)).await;
        let user = stage.user(&ann).await;
        assert_eq!((&user["phone"], &user["sources"]["phone"]), (&format!("+86{number}").into(), &"directory".into()));
    }
    stage.admits("two", &member("a", "13900000001")).await;
    assert_eq!(stage.user(&ann).await["phone"], "+8613900000005");
    // And it is still a verified number, by which an account is found (once; here it is somebody else's).
    stage.refuses("one", &member("heir", "13900000005"), "phone-taken").await;
}
