//! Forms that no struct made: what a broken or hostile library may hand over.

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use serde_json::{Value, json};
use ui_schema::{Form, FormErrorReason as Reason, HostValues, Language};

use crate::{complete, form};

/// The sample form with `value` put where the JSON pointer `at` points.
fn tampered(at: &str, value: Value) -> Value {
    let mut form = serde_json::to_value(form()).unwrap();
    let (parent, key) = at.rsplit_once('/').unwrap();
    match form.pointer_mut(parent).unwrap() {
        Value::Object(object) => drop(object.insert(key.to_owned(), value)),
        Value::Array(list) if key == "-" => list.push(value),
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        other => panic!("nothing to put into {other}"),
    }
    form
}

#[test]
fn a_form_that_breaks_a_rule_is_refused_with_the_reason() {
    let field = |position: usize| serde_json::to_value(&form().fields()[position]).unwrap();
    let named = |name: &str| {
        let mut copy = field(7);
        copy["name"] = json!(name);
        copy
    };
    let options = |count: usize| {
        let option = |n: usize| json!({"value": format!("v{n}"), "label": {"en": "V", "zh-CN": "值"}});
        Value::from((0..count).map(option).collect::<Vec<_>>())
    };
    let many = Value::from((0..65).map(|n| named(&format!("f{n}"))).collect::<Vec<_>>());
    let rows = [
        ("/fields", many, Reason::TooManyFields),
        ("/fields/1/name", json!(""), Reason::BadName),
        ("/fields/1/name", json!("a b"), Reason::BadName),
        ("/fields/1/name", json!("__proto__"), Reason::BadName),
        ("/fields/1/name", json!("<script>"), Reason::BadName),
        ("/fields/1/name", json!("a".repeat(65)), Reason::BadName),
        ("/fields/-", field(1), Reason::NameTwice),
        ("/fields/1/title/zh-CN", json!(""), Reason::MissingText("title".into(), Language::ZhCn)),
        ("/fields/1/title/en", json!("a".repeat(201)), Reason::BadText("title".into())),
        ("/fields/1/title/en", json!("a\u{0}b"), Reason::BadText("title".into())),
        ("/fields/1/description/en", json!("a".repeat(4_001)), Reason::BadText("description".into())),
        ("/fields/1/kind/max_length", json!(0), Reason::BadBounds),
        ("/fields/1/kind/max_length", json!(16_385), Reason::BadBounds),
        ("/fields/1/kind/min_length", json!(129), Reason::BadBounds),
        ("/fields/1/kind/pattern", json!("("), Reason::BadPattern),
        ("/fields/1/kind/pattern", json!("a".repeat(513)), Reason::BadPattern),
        // 26 million states, if anybody compiled it.
        ("/fields/1/kind/pattern", json!(r"^(\w{1,99}){1,99}$"), Reason::BadPattern),
        ("/fields/1/default", json!(7), Reason::BadDefault),
        ("/fields/2/default", json!("leaked secret"), Reason::BadDefault),
        ("/fields/9/default", json!("https://evil.example"), Reason::BadDefault),
        ("/fields/3/kind/options", json!([]), Reason::BadOptions),
        ("/fields/3/kind/options", options(65), Reason::BadOptions),
        ("/fields/3/kind/options/0/value", json!("custom"), Reason::BadOptions),
        ("/fields/3/kind/options/0/value", json!(" "), Reason::BadOptions),
        ("/fields/3/default", json!("moon"), Reason::BadDefault),
        ("/fields/4/when/field", json!("api_url"), Reason::BadCondition),
        ("/fields/4/when/field", json!("client_id"), Reason::BadCondition),
        ("/fields/4/when/equals", json!("moon"), Reason::BadCondition),
        ("/fields/4/when/equals", json!({"$ref": "#"}), Reason::BadCondition),
        ("/fields/1/role", json!("sign-up"), Reason::BadRole),
        ("/fields/9/role", Value::Null, Reason::BadRole),
        ("/fields/9/required", json!(true), Reason::BadRole),
        ("/broken", json!({"field": null, "reason": "not-a-struct"}), Reason::NotAStruct),
    ];
    for (at, value, reason) in rows {
        let form: Form = serde_json::from_value(tampered(at, value.clone())).unwrap();
        assert_eq!(form.validate_definition().map_err(|error| error.reason), Err(reason), "{at} = {value}");
    }
}

#[test]
fn two_fields_may_not_share_a_role_that_only_one_can_have() {
    for position in [0, 9] {
        let mut copy = serde_json::to_value(&form().fields()[position]).unwrap();
        copy["name"] = json!("another");
        let form: Form = serde_json::from_value(tampered("/fields/-", copy)).unwrap();
        assert_eq!(form.validate_definition().unwrap_err().reason, Reason::RoleTwice);
    }
}

#[test]
fn a_kind_that_this_host_does_not_know_is_no_form() {
    for (at, value) in [("/fields/1/kind/type", "hologram"), ("/fields", "none")] {
        assert!(serde_json::from_value::<Form>(tampered(at, json!(value))).is_err(), "{at}");
    }
}

/// Every place of the form's JSON replaced by every kind of nonsense: whatever still is a form, checked or not, no
/// method panics on it, and none that passed the check refuses to compile.
#[test]
fn nothing_panics_on_nonsense() {
    let whole = serde_json::to_value(form()).unwrap();
    let mut places = Vec::new();
    pointers(&whole, String::new(), &mut places);
    let nonsense = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("\u{0}"),
        json!([]),
        json!({}),
    ];
    let mut forms = 0;
    for place in &places {
        for value in &nonsense {
            let Ok(form) = serde_json::from_value::<Form>(tampered(place, value.clone())) else { continue };
            forms += 1;
            assert!(catch_unwind(|| use_everything(&form)).is_ok(), "{place} = {value}");
        }
    }
    assert!(places.len() > 100 && forms > 100, "{} places, {forms} forms", places.len());
}

fn pointers(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| pointers(value, format!("{at}/{key}"), places)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, value)| pointers(value, format!("{at}/{n}"), places))
        }
        _ => {}
    }
    if !at.is_empty() {
        places.push(at);
    }
}

fn use_everything(form: &Form) {
    let none = BTreeSet::new();
    for data in [complete(), json!({}), json!(null), json!([1]), json!({"region": {"deep": [1]}, "client_secret": 7})] {
        let sound = form.validate_definition().is_ok();
        let faults = form.check(&data, &none);
        assert!(!sound || faults.iter().all(|fault| fault.kind != ui_schema::FaultKind::BrokenForm));
        form.document(Language::ZhCn, &HostValues::default(), &data);
        let (public, secrets) = form.split(form.prepare(data.clone()));
        form.join(public, &secrets);
        form.read(&[("region".into(), "custom".into()), ("time_limit".into(), "x".into())]);
        let _ = (form.upstreams(&data), form.sign_up(&data), form.secret_fields());
    }
}
