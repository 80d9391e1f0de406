//! What of a profile is believed.

use plugin_api::FaultKind::{BadAnswer, NotAMember};
use plugin_api::{Identity, PhoneNumber};
use serde_json::{Value, json};

use crate::support::{MOBILE, Person, dingtalk_with, profile, profile_with, raw, refusing_profile};

fn identity(changes: Value) -> Identity {
    Person::at(&dingtalk_with(profile_with(changes))).finish().unwrap()
}

#[test]
fn needs_nothing_but_the_union_id() {
    let host = dingtalk_with(json!({ "unionId": "aBcD0001iEiE" }));
    let identity = Person::at(&host).finish().unwrap();
    assert_eq!(identity, Identity { tenant: Some("dingcorp0001".into()), ..Identity::new("aBcD0001iEiE") });
}

#[test]
fn keeps_the_case_of_the_union_id() {
    assert_eq!(identity(json!({ "unionId": "AbCdEfiEiE" })).subject, "AbCdEfiEiE");
    assert_ne!(identity(json!({ "unionId": "abcdefieie" })).subject, "AbCdEfiEiE");
}

#[test]
fn takes_an_empty_text_for_an_absent_one() {
    let identity = identity(json!({ "nick": "", "email": "", "avatarUrl": " ", "mobile": "", "stateCode": "" }));
    assert_eq!((identity.name, identity.email, identity.avatar_url, identity.phone), (None, None, None, None));
}

#[test]
fn leaves_out_what_is_absurdly_long() {
    let long = "长".repeat(1000);
    let identity = identity(json!({ "nick": long, "email": long, "avatarUrl": long }));
    assert_eq!((identity.name, identity.email, identity.avatar_url), (None, None, None));
    assert_eq!(identity.subject, "aBcD0001iEiE");
}

#[test]
fn refuses_a_profile_that_says_not_who_it_is_or_has_other_types() {
    for changes in [
        json!({ "unionId": null }),
        json!({ "unionId": "" }),
        json!({ "unionId": " " }),
        json!({ "unionId": "a b" }),
        json!({ "unionId": "a\u{0}b" }),
        json!({ "unionId": "x".repeat(256) }),
        json!({ "unionId": 12345 }),
        json!({ "unionId": ["aBcD0001iEiE"] }),
        json!({ "mobile": 13_800_138_000_u64 }),
        json!({ "stateCode": 86 }),
        json!({ "nick": { "en": "x" } }),
        json!({ "email": false }),
        json!({ "visitor": "false" }),
    ] {
        let fault = Person::at(&dingtalk_with(profile_with(changes.clone()))).finish().unwrap_err();
        assert_eq!(fault.kind, BadAnswer, "{changes}");
    }
}

#[test]
fn refuses_a_body_that_is_no_profile() {
    let twice = r#"{"unionId":"aBcD0001iEiE","unionId":"someoneElse"}"#;
    let array = r#"["aBcD0001iEiE",null,null,null,null,null,null]"#;
    let deep = format!(r#"{{"unionId":"aBcD0001iEiE","x":{}{}}}"#, "[".repeat(4000), "]".repeat(4000));
    for body in ["", "null", "{}", "[]", "\"aBcD0001iEiE\"", "{\"unionId\":\"aBc", twice, array, &deep] {
        let fault = Person::at(&refusing_profile(raw(200, body))).finish().unwrap_err();
        assert_eq!(fault.kind, BadAnswer, "{body:.60}");
    }
}

#[test]
fn turns_visitors_away() {
    let fault = Person::at(&dingtalk_with(profile_with(json!({ "visitor": true })))).finish().unwrap_err();
    assert_eq!(fault.kind, NotAMember);
}

#[test]
fn passes_on_a_number_only_if_its_country_is_known() {
    let with = |number: &str, code: &str| Some(PhoneNumber { number: number.into(), country_code: Some(code.into()) });
    for (changes, phone) in [
        (json!({}), with(MOBILE, "86")),
        (json!({ "stateCode": "+86" }), with(MOBILE, "86")),
        (json!({ "mobile": "91234567", "stateCode": "852" }), with("91234567", "852")),
        // The same digits under another calling code are another person's.
        (json!({ "stateCode": "1" }), with(MOBILE, "1")),
        (json!({ "stateCode": null }), with(MOBILE, "86")),
        (json!({ "mobile": "91234567", "stateCode": null }), None),
        (json!({ "mobile": "23800138000", "stateCode": null }), None),
        (json!({ "mobile": "1380013800", "stateCode": null }), None),
        (json!({ "mobile": "１３８００１３８０００", "stateCode": null }), None),
        (json!({ "stateCode": "CN" }), None),
        (json!({ "stateCode": "0" }), None),
        (json!({ "stateCode": "8612" }), None),
        // Masked: the host refuses it, for every provider alike.
        (json!({ "mobile": "138****8000" }), with("138****8000", "86")),
        (json!({ "mobile": "138****8000", "stateCode": null }), None),
        (
            json!({ "mobile": "+852-91234567", "stateCode": null }),
            Some(PhoneNumber { number: "+852-91234567".into(), country_code: None }),
        ),
        (json!({ "mobile": "1".repeat(33) }), None),
        (json!({ "mobile": format!("+{}", "1".repeat(33)) }), None),
        (json!({ "mobile": null }), None),
        (json!({ "mobile": null, "stateCode": null }), None),
    ] {
        assert_eq!(identity(changes.clone()).phone.map(|claim| claim.value), phone, "{changes}");
    }
}

#[test]
fn says_in_the_log_why_a_number_is_missing() {
    for (changes, words) in [
        (json!({ "mobile": null }), "permission"),
        (json!({ "mobile": "91234567", "stateCode": null }), "calling code"),
    ] {
        let host = dingtalk_with(profile_with(changes));
        Person::at(&host).finish().unwrap();
        let log = host.log_lines();
        assert!(matches!(&log[..], [line] if line.message.contains(words)), "{log:?}");
    }
    let host = dingtalk_with(profile());
    Person::at(&host).finish().unwrap();
    assert!(host.log_lines().is_empty(), "a sign-in as it should be is the host's to log");
}
