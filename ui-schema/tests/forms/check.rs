//! What is refused, and in which words.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use ui_schema::{Checker, FaultKind, FieldFault, Form, Language};

use crate::settings::Settings;
use crate::{complete, form, with};

fn faults(data: &Value) -> Vec<(String, FaultKind)> {
    let faults = Checker::new(form()).unwrap().check(data, &BTreeSet::new());
    faults.into_iter().map(|fault| (fault.field.unwrap_or_default(), fault.kind)).collect()
}

#[test]
fn complete_settings_are_accepted() {
    assert_eq!(faults(&complete()), []);
    assert_eq!(faults(&json!({"client_id": "a", "client_secret": "12345678"})), []);
}

/// One row per refusal: one value of complete settings is changed, and this is said about it.
#[test]
fn a_wrong_value_is_refused_for_what_is_wrong_with_it() {
    let bounds = FaultKind::OutOfRange { min: 1, max: 30 };
    let rows = [
        ("client_id", json!(null), FaultKind::Required),
        ("client_id", json!("  "), FaultKind::Required),
        ("client_id", json!("bad id!"), FaultKind::Pattern),
        ("client_id", json!("a\nb"), FaultKind::Pattern),
        ("client_id", json!("客"), FaultKind::Pattern),
        ("client_id", json!("a".repeat(129)), FaultKind::TooLong { max: 128 }),
        ("client_id", json!("!".repeat(129)), FaultKind::TooLong { max: 128 }),
        ("client_id", json!(7), FaultKind::NotText),
        ("client_id", json!({"a": "b"}), FaultKind::NotText),
        ("client_secret", json!("short"), FaultKind::TooShort { min: 8 }),
        ("client_secret", json!(""), FaultKind::Required),
        ("client_secret", json!(["x"]), FaultKind::NotText),
        ("client_secret", json!("two lines,\nor a header"), FaultKind::Pattern),
        ("organisation", json!("a\u{0}b"), FaultKind::Pattern),
        ("organisation", json!("织".repeat(65)), FaultKind::TooLong { max: 64 }),
        ("region", json!("moon"), FaultKind::NotOneOf),
        ("region", json!(1), FaultKind::NotOneOf),
        ("sign_up", json!("true"), FaultKind::NotABoolean),
        ("time_limit", json!(0), bounds.clone()),
        ("time_limit", json!(31), bounds.clone()),
        ("time_limit", json!(1e300), bounds.clone()),
        ("time_limit", json!(u64::MAX), bounds),
        ("time_limit", json!(2.5), FaultKind::NotAnInteger),
        ("time_limit", json!("seven"), FaultKind::NotAnInteger),
        ("api_url", json!(null), FaultKind::Required),
        ("api_url", json!("nowhere"), FaultKind::NotAUrl),
        ("api_url", json!(format!("https://a/{}", "b".repeat(2_048))), FaultKind::TooLong { max: 2_048 }),
        ("stranger", json!(1), FaultKind::UnknownField),
    ];
    for (name, value, kind) in rows {
        assert_eq!(faults(&with(name, value.clone())), [(name.to_owned(), kind)], "{name} = {value}");
    }
}

#[test]
fn lengths_are_counted_in_characters() {
    assert_eq!(faults(&with("organisation", json!("织".repeat(64)))), []);
}

#[test]
fn several_faults_come_in_the_order_of_the_form() {
    let data = json!({"zebra": 1, "api_url": "x", "region": "custom", "time_limit": 0, "client_id": "!"});
    let names: Vec<String> = faults(&data).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["client_id", "client_secret", "login_url", "api_url", "legacy_url", "time_limit", "zebra"]);
}

#[test]
fn conditional_fields_are_needed_only_while_they_are_shown() {
    let mut data = complete();
    data["region"] = json!("international");
    data["api_url"] = json!("nowhere");
    assert_eq!(faults(&data), [], "a value that a renderer left behind is dropped, not refused");
    let missing = faults(&json!({"client_id": "a", "client_secret": "12345678", "region": "custom"}));
    assert_eq!(missing.len(), 3);
    assert!(missing.iter().all(|(_, kind)| *kind == FaultKind::Required));
}

#[test]
fn a_stored_secret_may_be_absent_but_not_wrong() {
    let checker = Checker::new(form()).unwrap();
    let stored = BTreeSet::from(["client_secret".to_owned(), "client_id".to_owned()]);
    assert_eq!(checker.check(&with("client_secret", json!("")), &stored), []);
    let kinds = |data: &Value| checker.check(data, &stored).into_iter().map(|fault| fault.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&with("client_secret", json!("short"))), [FaultKind::TooShort { min: 8 }]);
    assert_eq!(kinds(&with("client_id", json!(""))), [FaultKind::Required], "only secrets are kept");
}

#[test]
fn only_an_object_is_settings() {
    for data in [json!(null), json!([]), json!("x"), json!(1)] {
        assert_eq!(faults(&data), [(String::new(), FaultKind::NotAnObject)]);
    }
}

#[test]
fn a_broken_form_accepts_nothing() {
    let faults = Form::of::<String>().check(&json!({}), &BTreeSet::new());
    assert_eq!(faults, [FieldFault { field: None, kind: FaultKind::BrokenForm }]);
}

#[test]
fn base_addresses() {
    let good = [
        "https://api.example.com",
        "https://api.example.com/",
        "HTTPS://api.example.com:8443/base/path",
        "http://127.0.0.1:3000",
        "http://[::1]:3000",
        "https://xn--fsqu00a.xn--0zwm56d",
    ];
    let bad = [
        "api.example.com",
        "//api.example.com",
        "ftp://api.example.com",
        "javascript:alert(1)",
        "https:api.example.com",
        "https:/api.example.com",
        "https:///api.example.com",
        "https:\\\\api.example.com",
        "https://",
        "https://user@api.example.com",
        "https://user:word@api.example.com",
        "https://@api.example.com",
        "https://api.example.com?x=1",
        "https://api.example.com/#top",
        "https://api.example.com\\@evil.example",
        "https://api.exa mple.com",
        "https://api.exa\tmple.com",
        "https://例子.测试",
        "https://api.example.com:99999",
        "https://[::1",
    ];
    for address in good {
        assert_eq!(faults(&with("api_url", json!(address))), [], "{address}");
    }
    for address in bad {
        assert_eq!(faults(&with("api_url", json!(address))), [("api_url".into(), FaultKind::NotAUrl)], "{address}");
    }
}

/// A value that passes the check never surprises the plug-in: whatever stands in any field, either it is refused or
/// the settings struct takes it.
#[test]
fn what_is_accepted_can_be_read_as_the_struct() {
    let form = form();
    let checker = Checker::new(form.clone()).unwrap();
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(7),
        json!(-1),
        json!(7.0),
        json!(7.5),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!(" "),
        json!("7"),
        json!("custom"),
        json!("mainland"),
        json!("true"),
        json!("https://example.com"),
        json!("\u{0}"),
        json!([]),
        json!({}),
        json!({"client_id": "x"}),
    ];
    let mut accepted = 0;
    for field in form.fields() {
        for value in &values {
            let data = with(&field.name, value.clone());
            if checker.check(&data, &BTreeSet::new()).is_empty() {
                accepted += 1;
                let read = serde_json::from_value::<Settings>(form.prepare(data));
                assert!(read.is_ok(), "{} = {value}: {read:?}", field.name);
            }
        }
    }
    assert!(accepted > 40, "{accepted}");
}

/// Every kind of fault: a sentence in each language, and the code that the API shows.
#[test]
fn faults_are_sentences() {
    let rows = [
        (FaultKind::BrokenForm, "broken-form", "This form is faulty", "此表单有缺陷"),
        (FaultKind::NotAnObject, "not-an-object", "The settings have to be", "设置必须是"),
        (FaultKind::UnknownField, "unknown-field", "This form has no such field.", "此表单没有这个字段。"),
        (FaultKind::Required, "required", "Please fill in this field.", "请填写此项。"),
        (FaultKind::NotText, "not-text", "This has to be text.", "此项必须是文本。"),
        (FaultKind::NotABoolean, "not-a-boolean", "This has to be either on or off.", "此项只能是开启或关闭。"),
        (FaultKind::NotAnInteger, "not-an-integer", "Please enter a whole number.", "请输入整数。"),
        (FaultKind::NotOneOf, "not-one-of", "Please choose one of the options.", "请从选项中选择一项。"),
        (FaultKind::TooShort { min: 8 }, "too-short", "Please enter at least 8 characters.", "请至少输入 8 个字符。"),
        (
            FaultKind::TooLong { max: 1 },
            "too-long",
            "Please enter no more than 1 character.",
            "最多只能输入 1 个字符。",
        ),
        (
            FaultKind::OutOfRange { min: 1, max: 30 },
            "out-of-range",
            "Please enter a whole number from 1 to 30.",
            "请输入 1 到 30 之间的整数。",
        ),
        (
            FaultKind::NotAUrl,
            "not-a-url",
            "Please enter a full address such as https://",
            "请输入完整的地址，例如 https://",
        ),
        (FaultKind::Pattern, "pattern", "This is not in the expected form.", "格式不正确，"),
    ];
    for (kind, code, english, chinese) in rows {
        let fault = FieldFault { field: Some("f".into()), kind };
        assert!(fault.text(Language::En).starts_with(english), "{}", fault.text(Language::En));
        assert!(fault.text(Language::ZhCn).starts_with(chinese), "{}", fault.text(Language::ZhCn));
        assert!(fault.text(Language::En).ends_with('.') && fault.text(Language::ZhCn).ends_with('。'));
        let api = serde_json::to_value(&fault).unwrap();
        assert_eq!((&api["field"], &api["code"]), (&json!("f"), &json!(code)));
    }
}

#[test]
fn no_fault_repeats_the_value() {
    let canary = "canary!".repeat(400);
    for field in form().fields() {
        for fault in form().check(&with(&field.name, json!(canary)), &BTreeSet::new()) {
            let said = format!("{fault:?} {} {}", fault.text(Language::En), fault.text(Language::ZhCn));
            assert!(!said.contains("canary"), "{said}");
        }
    }
}

#[test]
fn the_name_of_an_unknown_field_is_cut() {
    let found = faults(&with(&"x".repeat(1_000), json!(1)));
    assert_eq!(found, [("x".repeat(64), FaultKind::UnknownField)]);
}
