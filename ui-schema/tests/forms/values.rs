//! Values on their way in and out: read, tidied, parted and put together again.

use serde_json::{Value, json};

use crate::settings::{Region, Settings};
use crate::{complete, form, with};

fn pairs(text: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    text.split('&').filter_map(pair).collect()
}

/// One row per habit of HTML forms: what is submitted, and what is read.
#[test]
fn an_html_form_is_read_as_typed_values() {
    let rows = [
        ("", json!({"sign_up": false})),
        ("sign_up=on", json!({"sign_up": true})),
        ("sign_up=false&sign_up=true", json!({"sign_up": true})),
        ("sign_up=perhaps", json!({"sign_up": "perhaps"})),
        ("client_id=  app \t", json!({"sign_up": false, "client_id": "app"})),
        ("client_id=&client_secret= &organisation=\u{3000}", json!({"sign_up": false})),
        ("client_id=a&client_id=b", json!({"sign_up": false, "client_id": "b"})),
        ("time_limit= 7 ", json!({"sign_up": false, "time_limit": 7})),
        ("time_limit=-7", json!({"sign_up": false, "time_limit": -7})),
        ("time_limit=seven", json!({"sign_up": false, "time_limit": "seven"})),
        ("time_limit=99999999999999999999", json!({"sign_up": false, "time_limit": "99999999999999999999"})),
        ("region=custom&login_url=x", json!({"sign_up": false, "region": "custom", "login_url": "x"})),
        ("region=mainland&login_url=x", json!({"sign_up": false, "region": "mainland"})),
        ("login_url=x", json!({"sign_up": false})),
        ("redirect_url=https://evil.example", json!({"sign_up": false})),
        ("csrf=1&title=My+form", json!({"sign_up": false})),
    ];
    for (submitted, read) in rows {
        assert_eq!(form().read(&pairs(submitted)), read, "{submitted}");
    }
}

/// What an API client or a third-party renderer sends is brought into the same shape.
#[test]
fn json_is_tidied() {
    let rows = [
        (json!({"client_id": " app "}), json!({"client_id": "app"})),
        (json!({"client_id": "", "organisation": null}), json!({})),
        (json!({"time_limit": 7.0}), json!({"time_limit": 7})),
        (json!({"time_limit": 7.5}), json!({"time_limit": 7.5})),
        (json!({"time_limit": 1e300}), json!({"time_limit": 1e300})),
        (json!({"region": " custom ", "api_url": "x"}), json!({"region": "custom", "api_url": "x"})),
        (json!({"region": "mainland", "api_url": "x"}), json!({"region": "mainland"})),
        (json!({"redirect_url": "https://admin.example.org"}), json!({})),
        (json!({"stranger": " x "}), json!({"stranger": " x "})),
        (json!({"client_id": {"deep": " x "}}), json!({"client_id": {"deep": " x "}})),
        (json!([1]), json!([1])),
    ];
    for (sent, tidy) in rows {
        assert_eq!(form().tidy(sent.clone()), tidy, "{sent}");
    }
}

#[test]
fn defaults_fill_what_is_shown_in_the_order_of_the_form() {
    let prepared = form().prepare(json!({"stranger": 1, "client_id": "app"}));
    let text = r#"{"sign_up":true,"client_id":"app","region":"mainland","time_limit":5,"stranger":1}"#;
    assert_eq!(prepared.to_string(), text);
}

#[test]
fn preparing_twice_changes_nothing() {
    for data in [complete(), json!({}), json!(null), json!({"region": "custom", "time_limit": 3.0, "x": " "})] {
        let once = form().prepare(data);
        assert_eq!(form().prepare(once.clone()), once);
    }
}

#[test]
fn secrets_are_parted_and_put_back() {
    let form = form();
    let (public, secrets) = form.split(complete());
    assert!(!public.to_string().contains("correct horse"));
    assert_eq!(secrets.iter().collect::<Vec<_>>(), [(&"client_secret".to_owned(), &"correct horse".to_owned())]);
    assert_eq!(form.join(public, &secrets), complete());
}

/// A stored value under a name that is no secret field any more does not come back in.
#[test]
fn only_secret_fields_are_joined() {
    let stray = [("client_id".to_owned(), "x".to_owned()), ("gone".to_owned(), "y".to_owned())].into();
    assert_eq!(form().join(json!({"client_id": "app"}), &stray), json!({"client_id": "app"}));
}

#[test]
fn a_secret_of_the_wrong_type_is_in_neither_half() {
    let (public, secrets) = form().split(with("client_secret", json!(["hush"])));
    assert!(!public.to_string().contains("hush") && secrets.is_empty());
}

#[test]
fn the_host_learns_addresses_and_sign_up_from_roles() {
    let form = form();
    let addresses = ["https://login.example.com", "https://api.example.com/v1", "http://127.0.0.1:8080"];
    assert_eq!(form.upstreams(&complete()), addresses);
    assert_eq!(form.upstreams(&with("region", json!("mainland"))), [""; 0]);
    assert_eq!(form.upstreams(&json!({})), [""; 0]);
    assert!(!form.sign_up(&complete()));
    assert!(form.sign_up(&json!({})), "the default counts");
    assert!(!form.sign_up(&json!({"sign_up": "true"})));
}

#[test]
fn a_plug_in_reads_its_settings_typed() {
    let form = form();
    let settings: Settings =
        serde_json::from_value(form.prepare(json!({"client_id": "a", "client_secret": "b"}))).unwrap();
    let expected = Settings {
        sign_up: true,
        client_id: "a".into(),
        client_secret: "b".into(),
        region: Region::Mainland,
        login_url: None,
        api_url: None,
        legacy_url: None,
        organisation: None,
        time_limit: 5,
        redirect_url: None,
    };
    assert_eq!(settings, expected);
    assert!(serde_json::from_value::<Settings>(Value::Null).is_err());
}
