//! The document for standard renderers. That they show it unchanged is tested with the renderers themselves, in
//! `tests/rjsf` of the workspace.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use ui_schema::{Document, HostValues, Language};

use crate::{complete, form, with};

const REDIRECT_URL: &str = "https://admin.example.org/signin/example/callback";

fn fresh(language: Language) -> Document {
    let host = HostValues { redirect_url: Some(REDIRECT_URL.into()), ..HostValues::default() };
    form().document(language, &host, &json!({}))
}

fn edited(data: &Value) -> Document {
    let stored_secrets = BTreeSet::from(["client_secret".to_owned()]);
    form().document(Language::En, &HostValues { stored_secrets, ..HostValues::default() }, data)
}

/// Keywords whose meaning did not change from draft-07 to 2020-12.
const COMMON: [&str; 18] = [
    "type",
    "title",
    "description",
    "default",
    "const",
    "oneOf",
    "allOf",
    "if",
    "then",
    "properties",
    "required",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "readOnly",
];

#[test]
fn the_schema_has_only_keywords_that_every_dialect_shares() {
    fn walk(schema: &Value) {
        let Value::Object(keywords) = schema else { panic!("{schema}") };
        for (keyword, value) in keywords {
            assert!(COMMON.contains(&keyword.as_str()) || keyword == "writeOnly", "{keyword}");
            match keyword.as_str() {
                "properties" => value.as_object().unwrap().values().for_each(walk),
                "oneOf" | "allOf" => value.as_array().unwrap().iter().for_each(walk),
                "if" | "then" => walk(value),
                "type" => assert!(value.is_string(), "{value}"),
                "format" => assert!(value == "uri" || value == "password", "{value}"),
                _ => {}
            }
        }
    }
    walk(&fresh(Language::En).schema);
}

#[test]
fn the_dialect_is_named_beside_the_schema() {
    let document = serde_json::to_value(fresh(Language::En)).unwrap();
    assert_eq!(document["dialect"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(document.as_object().unwrap().keys().collect::<Vec<_>>(), ["dialect", "schema", "uiSchema", "formData"]);
}

#[test]
fn conditional_fields_are_in_a_branch_and_in_their_place() {
    let document = fresh(Language::En);
    assert!(document.schema["properties"].get("api_url").is_none());
    let branches = document.schema["allOf"].as_array().unwrap();
    assert_eq!(branches.len(), 1, "one condition, one branch");
    assert_eq!(branches[0]["if"], json!({"properties": {"region": {"const": "custom"}}, "required": ["region"]}));
    assert_eq!(branches[0]["then"]["required"], json!(["login_url", "api_url", "legacy_url"]));
    let order: Vec<&str> =
        document.ui_schema["ui:order"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let fields = form();
    let names: Vec<&str> = fields.fields().iter().map(|field| field.name.as_str()).chain(["*"]).collect();
    assert_eq!(order, names);
}

#[test]
fn each_kind_is_drawn_as_it_should_be() {
    let document = fresh(Language::En);
    let (properties, ui) = (&document.schema["properties"], &document.ui_schema);
    assert_eq!(properties["client_secret"]["format"], "password");
    assert_eq!(properties["client_secret"]["writeOnly"], true);
    assert_eq!(ui["client_secret"], json!({"ui:widget": "password", "ui:autocomplete": "new-password"}));
    assert_eq!(properties["region"]["type"], "string");
    assert_eq!(properties["region"]["oneOf"][2], json!({"const": "custom", "title": "Custom gateway"}));
    assert_eq!(properties["redirect_url"]["readOnly"], true);
    assert_eq!(ui["redirect_url"]["ui:options"]["copyable"], true);
    assert_eq!(ui["client_id"]["ui:placeholder"], "app-1a2b3c");
    assert_eq!(ui["organisation"]["ui:options"]["enableMarkdownInDescription"], true);
}

#[test]
fn a_new_form_holds_defaults_and_the_redirect_url() {
    let expected = json!({"sign_up": true, "region": "mainland", "time_limit": 5, "redirect_url": REDIRECT_URL});
    assert_eq!(fresh(Language::En).form_data, expected);
}

#[test]
fn a_secret_is_never_served_and_a_stored_one_not_required() {
    for data in [complete(), with("client_secret", json!(["correct horse"]))] {
        let document = edited(&data);
        assert!(!serde_json::to_string(&document).unwrap().contains("correct horse"));
        assert_eq!(document.schema["required"], json!(["client_id"]));
        assert_eq!(document.ui_schema["client_secret"]["ui:placeholder"], "Stored. Leave empty to keep it.");
        assert_eq!(document.ui_schema["client_secret"]["ui:options"]["stored"], true);
    }
}

#[test]
fn what_is_not_in_the_form_is_not_served() {
    let mut data = with("region", json!("mainland"));
    data["left_over"] = json!("from an older version");
    let served = edited(&data).form_data;
    assert!(served.get("left_over").is_none() && served.get("api_url").is_none());
    assert_eq!(served["client_id"], "app-1a2b3c");
}

/// Key parity: the document has the same shape in every language, and no English where Chinese should be.
#[test]
fn every_language_says_the_same_things() {
    fn walk(english: &Value, chinese: &Value, at: &str) {
        match (english, chinese) {
            (Value::Object(a), Value::Object(b)) => {
                assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>(), "{at}");
                a.iter().for_each(|(key, value)| walk(value, &b[key], &format!("{at}/{key}")));
            }
            (Value::Array(a), Value::Array(b)) => {
                assert_eq!(a.len(), b.len(), "{at}");
                a.iter().zip(b).enumerate().for_each(|(n, (a, b))| walk(a, b, &format!("{at}/{n}")));
            }
            (Value::String(a), Value::String(b)) if at.ends_with("/title") || at.ends_with("/description") => {
                assert!(a.is_ascii() && !b.is_ascii(), "{at}: {a} / {b}");
            }
            (a, b) => assert_eq!(a, b, "{at}"),
        }
    }
    walk(&fresh(Language::En).schema, &fresh(Language::ZhCn).schema, "");
    walk(&fresh(Language::En).ui_schema, &fresh(Language::ZhCn).ui_schema, "");
}
