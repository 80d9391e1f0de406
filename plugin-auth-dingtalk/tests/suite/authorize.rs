//! Where the browser goes.

use plugin_api::FaultKind;
use plugin_api::testing::FakeHost;
use serde_json::{Value, json};

use crate::support::{Person, paths};

fn authorize_url(settings: Value, state: &str) -> String {
    let host = FakeHost::offline();
    let person = Person::at(&host).with_settings(settings);
    let reply = person.begin(state).unwrap();
    assert!(reply.memo.is_empty());
    assert!(paths(&host).is_empty(), "beginning asks nobody anything");
    reply.authorize_url
}

#[test]
fn is_exactly_what_the_page_obtain_identity_credentials_asks_for() {
    assert_eq!(
        authorize_url(json!({}), "xyzABC-_123"),
        "https://login.dingtalk.com/oauth2/auth?client_id=dingabc123\
         &redirect_uri=https%3A%2F%2Fid.example.org%2Fsignin%2Fk3x9%2Fcallback\
         &response_type=code&scope=openid%20corpid&prompt=consent&state=xyzABC-_123"
    );
}

#[test]
fn escapes_whatever_stands_in_a_value() {
    let url = authorize_url(json!({ "client_id": "a&b=c" }), "s+ /?#%é");
    assert!(url.contains("client_id=a%26b%3Dc&"), "{url}");
    assert!(url.ends_with("&state=s%2B%20%2F%3F%23%25%C3%A9"), "{url}");
}

#[test]
fn follows_the_region() {
    let international = authorize_url(json!({ "region": "international" }), "s");
    assert!(international.starts_with("https://login.dingtalk.io/oauth2/auth?"), "{international}");
    let custom =
        json!({ "region": "custom", "login_url": "http://127.0.0.1:4000/login/", "api_url": "http://127.0.0.1:4000" });
    let custom = authorize_url(custom, "s");
    assert!(custom.starts_with("http://127.0.0.1:4000/login/oauth2/auth?client_id="), "{custom}");
}

#[test]
fn ignores_addresses_of_another_region() {
    let url = authorize_url(json!({ "login_url": "https://evil.example" }), "s");
    assert!(url.starts_with("https://login.dingtalk.com/"), "{url}");
}

#[test]
fn needs_addresses_in_the_custom_region() {
    let good = "https://login.example.org";
    for bad in [
        json!(null),
        json!(""),
        json!("login.example.org"),
        json!("ftp://x"),
        json!("https://"),
        json!("https://x/?a=b"),
        json!("https://x/#f"),
        json!("https://user@x"),
        json!("https://x y"),
    ] {
        for settings in [
            json!({ "region": "custom", "login_url": bad, "api_url": good }),
            json!({ "region": "custom", "login_url": good, "api_url": bad }),
        ] {
            let host = FakeHost::offline();
            let fault = Person::at(&host).with_settings(settings.clone()).begin("s").unwrap_err();
            assert_eq!(fault.kind, FaultKind::Misconfigured, "{settings}");
        }
    }
}

#[test]
fn refuses_settings_of_another_version() {
    let host = FakeHost::offline();
    let fault = Person::at(&host).with_settings(json!({ "region": "moon" })).begin("s").unwrap_err();
    assert_eq!(fault.kind, FaultKind::Misconfigured);
}
