//! Fields that are needed under conditions, fields that the host fills, rules about people.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ui_schema::{FaultKind, Form, HostValues, Language, Role};

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its description is of interest")]
struct Settings {
    #[serde(default)]
    #[schemars(title = "Sign up", extend("x-role" = "sign-up", "x-zh-CN" = {"title": "注册"}))]
    sign_up: bool,
    #[serde(default)]
    #[schemars(title = "Members", extend("x-role" = "policy", "x-zh-CN" = {"title": "成员"}))]
    members: Members,
    #[serde(default)]
    #[schemars(title = "Client", extend("x-role" = "client", "x-zh-CN" = {"title": "客户端"}))]
    client: bool,
    #[serde(default)]
    #[schemars(
        title = "Organisation",
        extend(
            "x-role" = "policy",
            "x-needed-when" = [{"members": "always"}, {"members": "auto", "sign_up": true}, {"client": true}],
            "x-zh-CN" = {"title": "组织"}
        )
    )]
    organisation: Option<String>,
    #[schemars(title = "Server", url, extend("x-role" = "upstream", "x-zh-CN" = {"title": "服务器"}))]
    server: String,
    #[serde(default = "root")]
    #[schemars(title = "Landing", extend("x-role" = "landing", "x-when" = {"client": true}, "x-zh-CN" = {"title": "落地页"}))]
    landing: String,
    #[serde(default)]
    #[schemars(title = "Link", extend("x-role" = "client-url", "x-when" = {"client": true}, "x-zh-CN" = {"title": "链接"}))]
    link: Option<String>,
}

#[derive(Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Members {
    #[default]
    #[schemars(title = "Automatic", extend("x-zh-CN" = {"title": "自动"}))]
    Auto,
    #[schemars(title = "Always", extend("x-zh-CN" = {"title": "总是"}))]
    Always,
    #[schemars(title = "Never", extend("x-zh-CN" = {"title": "从不"}))]
    Never,
}

fn root() -> String {
    "/".to_owned()
}

fn form() -> Form {
    let form = Form::of::<Settings>();
    assert_eq!(form.validate_definition(), Ok(()));
    form
}

fn is_needed(more: Value) -> bool {
    let mut data = json!({"server": "https://id.example"});
    data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let faults = form().check(&data, &BTreeSet::new());
    assert!(faults.len() <= 1, "{faults:?}");
    faults.iter().any(|fault| fault.field.as_deref() == Some("organisation") && fault.kind == FaultKind::Required)
}

#[test]
fn a_field_is_needed_while_one_of_its_conditions_holds() {
    assert!(!is_needed(json!({})));
    assert!(!is_needed(json!({"members": "never", "sign_up": true})));
    assert!(is_needed(json!({"members": "always"})));
    assert!(is_needed(json!({"sign_up": true})), "the default of the other decider counts");
    assert!(is_needed(json!({"client": true, "members": "never"})));
    assert!(!is_needed(json!({"client": true, "sign_up": true, "members": "always", "organisation": "org-1"})));
    assert!(is_needed(json!({"client": true, "organisation": "  "})));
}

#[test]
fn other_renderers_are_told() {
    let document = form().document(Language::En, &HostValues::default(), &json!({}));
    let branches = document.schema["allOf"].as_array().unwrap();
    let demand = json!({
        "if": {
            "properties": {"members": {"const": "auto"}, "sign_up": {"const": true}},
            "required": ["members", "sign_up"]
        },
        "then": {"required": ["organisation"]}
    });
    assert!(branches.contains(&demand), "{branches:#?}");
}

#[test]
fn the_host_fills_the_link_while_it_is_shown() {
    let host = HostValues { client_url: Some("https://h/client".into()), ..HostValues::default() };
    let shown = form().document(Language::En, &host, &json!({"client": true}));
    assert_eq!(
        (shown.form_data["link"].as_str(), shown.form_data["landing"].as_str()),
        (Some("https://h/client"), Some("/"))
    );
    assert_eq!(form().landing(&json!({"client": true, "landing": "/work"})).as_deref(), Some("/work"));
    assert_eq!(form().landing(&json!({"client": false, "landing": "/work"})), None);
    assert_eq!(form().prepare(json!({"client": true, "link": "https://evil.example"}))["link"], Value::Null);
}

#[test]
fn rules_about_people_follow_the_present_settings() {
    let began = json!({"server": "https://a.example", "sign_up": true, "organisation": "org-1"});
    let now = json!({"server": "https://b.example", "sign_up": false, "members": "always"});
    assert_eq!(
        form().with_policies_of(began, &now),
        json!({"server": "https://a.example", "sign_up": false, "members": "always"})
    );
    assert!(form().is_on(Role::Client, &json!({"client": true})) && !form().is_on(Role::Embed, &json!({})));
}

#[test]
fn a_role_of_a_later_version_means_nothing() {
    let mut json = serde_json::to_value(form()).unwrap();
    json["fields"][0]["role"] = "throne".into();
    let later: Form = serde_json::from_value(json).unwrap();
    assert_eq!(later.fields()[0].role, Some(Role::Unknown));
    assert_eq!(later.validate_definition(), Ok(()));
    assert!(!later.sign_up(&json!({"sign_up": true})));
}
