//! From a struct to fields, and the structs that are refused.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use ui_schema::{Form, FormErrorReason as Reason, Kind, Language, Role, Text, When};

use crate::form;

#[test]
fn the_sample_is_a_form() {
    assert_eq!(form().validate_definition(), Ok(()));
}

#[test]
fn fields_come_in_the_order_of_the_struct_with_what_they_need() {
    let form = form();
    let line = |field: &ui_schema::Field| {
        let kind = match &field.kind {
            Kind::Text(_) => "text",
            Kind::Url(_) => "url",
            Kind::Secret(_) => "secret",
            Kind::Boolean => "boolean",
            Kind::Integer { .. } => "integer",
            Kind::Choice { .. } => "choice",
            Kind::Copyable => "copyable",
        };
        let needed = if field.required { "required" } else { "optional" };
        let when = field.when.as_ref().map(|when| format!(" when {} is {}", when.field, when.equals));
        format!("{} {kind} {needed}{}", field.name, when.unwrap_or_default())
    };
    let lines: Vec<String> = form.fields().iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "sign_up boolean optional",
            "client_id text required",
            "client_secret secret required",
            "region choice optional",
            r#"login_url url required when region is "custom""#,
            r#"api_url url required when region is "custom""#,
            r#"legacy_url url required when region is "custom""#,
            "organisation text optional",
            "time_limit integer optional",
            "redirect_url copyable optional",
        ]
    );
}

#[test]
fn a_field_carries_its_texts_rules_role_and_default() {
    let form = form();
    let client_id = form.field("client_id").unwrap();
    assert_eq!(client_id.title, Text::new("Client ID", "客户端 ID"));
    assert_eq!(client_id.description.as_ref().unwrap().get(Language::ZhCn), "见应用的**凭证**页面。");
    assert_eq!(client_id.placeholder, Some(Text::new("app-1a2b3c", "app-1a2b3c")));
    let Kind::Text(rules) = &client_id.kind else { panic!("{:?}", client_id.kind) };
    assert_eq!((rules.min_length, rules.max_length), (0, 128));
    assert_eq!(rules.pattern.as_deref(), Some("^[A-Za-z0-9_-]+$"));

    let region = form.field("region").unwrap();
    assert_eq!(region.default, Some(json!("mainland")));
    let Kind::Choice { options } = &region.kind else { panic!("{:?}", region.kind) };
    assert_eq!(options[2].value, "custom");
    assert_eq!(options[2].label, Text::new("Custom gateway", "自定义网关"));

    assert_eq!(form.field("sign_up").unwrap().role, Some(Role::SignUp));
    assert_eq!(form.field("sign_up").unwrap().default, Some(json!(true)));
    assert_eq!(form.field("time_limit").unwrap().kind, Kind::Integer { min: 1, max: 30 });
    assert_eq!(form.field("api_url").unwrap().max_length(), Some(2_048));
    assert_eq!(form.field("api_url").unwrap().when, Some(When { field: "region".into(), equals: json!("custom") }));
    assert_eq!(form.secret_fields().into_iter().collect::<Vec<_>>(), ["client_secret"]);
}

#[test]
fn a_form_crosses_the_boundary_as_plain_json() {
    let bytes = serde_json::to_vec(&form()).unwrap();
    assert_eq!(serde_json::from_slice::<Form>(&bytes).unwrap(), form());
}

/// The Rust types that a field may have, and the kinds that they become.
#[test]
fn rust_types_become_kinds() {
    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its description is of interest")]
    struct Types {
        #[schemars(title = "A", extend("x-zh-CN" = {"title": "甲"}))]
        byte: u8,
        #[schemars(title = "A", extend("x-zh-CN" = {"title": "甲"}))]
        word: Option<u32>,
        #[schemars(title = "A", extend("x-zh-CN" = {"title": "甲"}))]
        long: i64,
        #[schemars(title = "A", range(min = -5), extend("x-zh-CN" = {"title": "甲"}))]
        bounded: i32,
        #[schemars(title = "A", extend("x-zh-CN" = {"title": "甲"}))]
        choice: Option<crate::settings::Region>,
        #[schemars(title = "A", extend("format" = "password", "x-zh-CN" = {"title": "甲"}))]
        secret: Option<String>,
        #[schemars(title = "A", extend("x-zh-CN" = {"title": "甲"}))]
        flag: Option<bool>,
        #[schemars(title = "A", extend("x-zh-CN" = {"title": "甲"}))]
        #[serde(default)]
        empty: String,
    }
    let form = Form::of::<Types>();
    assert_eq!(form.validate_definition(), Ok(()));
    let field = |name| form.field(name).unwrap();
    assert_eq!(field("byte").kind, Kind::Integer { min: 0, max: 255 });
    assert_eq!(field("word").kind, Kind::Integer { min: 0, max: u32::MAX.into() });
    assert_eq!(field("long").kind, Kind::Integer { min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 });
    assert_eq!(field("bounded").kind, Kind::Integer { min: -5, max: i32::MAX.into() });
    assert!(matches!(&field("choice").kind, Kind::Choice { options } if options.len() == 3));
    assert!(field("secret").is_secret());
    assert_eq!(field("flag").default, Some(json!(false)));
    assert_eq!(field("empty").default, None);
    let required: Vec<_> = form.fields().iter().filter(|field| field.required).map(|field| &*field.name).collect();
    assert_eq!(required, ["byte", "long", "bounded"]);
}

/// One row per way to get a struct wrong: the field `f` of this type with these attributes is refused for this reason.
macro_rules! refused {
    ($($test:ident: [$($attribute:tt)*] $type:ty => $reason:expr;)*) => {$(
        #[test]
        fn $test() {
            #[derive(Deserialize, JsonSchema)]
            #[expect(dead_code, reason = "only its description is of interest")]
            struct Wrong {
                $($attribute)*
                f: $type,
            }
            let error = Form::of::<Wrong>().validate_definition().unwrap_err();
            assert_eq!((error.field.as_deref(), &error.reason), (Some("f"), &$reason));
            assert!(error.to_string().starts_with("form field `f`: "));
        }
    )*};
}

refused! {
    no_title: [] String => Reason::MissingText("title".into(), Language::En);
    no_chinese_title: [#[schemars(title = "F")]] String => Reason::MissingText("title".into(), Language::ZhCn);
    no_english_title: [#[schemars(extend("x-zh-CN" = {"title": "甲"}))]] String
        => Reason::MissingText("title".into(), Language::En);
    empty_title: [#[schemars(title = " ", extend("x-zh-CN" = {"title": "甲"}))]] String
        => Reason::MissingText("title".into(), Language::En);
    no_chinese_help: [/** Help. */ #[schemars(title = "F", extend("x-zh-CN" = {"title": "甲"}))]] String
        => Reason::MissingText("description".into(), Language::ZhCn);
    no_english_placeholder: [#[schemars(title = "F", extend("x-zh-CN" = {"title": "甲", "placeholder": "例"}))]] String
        => Reason::MissingText("placeholder".into(), Language::En);
    misspelt_overlay: [#[schemars(title = "F", extend("x-zh-CN" = {"title": "甲", "help": "例"}))]] String
        => Reason::UnknownKeyword("x-zh-CN.help".into());
    misspelt_key: [#[schemars(title = "F", extend("x-whne" = {"a": 1}, "x-zh-CN" = {"title": "甲"}))]] String
        => Reason::UnknownKeyword("x-whne".into());
    lost_keyword: [#[schemars(title = "F", extend("multipleOf" = 2, "x-zh-CN" = {"title": "甲"}))]] u8
        => Reason::UnknownKeyword("multipleOf".into());
    read_only_without_role: [#[schemars(title = "F", extend("readOnly" = true, "x-zh-CN" = {"title": "甲"}))]] String
        => Reason::UnknownKeyword("readOnly".into());
    secret_that_would_lose_its_format: [
        #[schemars(title = "F", url, extend("writeOnly" = true, "x-zh-CN" = {"title": "甲"}))]] String
        => Reason::UnknownKeyword("writeOnly".into());
    secret_choice: [#[schemars(title = "F", extend("writeOnly" = true, "x-zh-CN" = {"title": "甲"}))]]
        crate::settings::Region => Reason::UnknownKeyword("writeOnly".into());
    foreign_format: [#[schemars(title = "F", email, extend("x-zh-CN" = {"title": "甲"}))]] String => Reason::UnknownKind;
    list: [#[schemars(title = "F", extend("x-zh-CN" = {"title": "甲"}))]] Vec<String> => Reason::UnknownKind;
    fraction: [#[schemars(title = "F", extend("x-zh-CN" = {"title": "甲"}))]] f64 => Reason::UnknownKind;
    nested: [#[schemars(title = "F", extend("x-zh-CN" = {"title": "甲"}))]] Nested => Reason::UnknownKind;
    unlabelled_choice: [#[schemars(title = "F", extend("x-zh-CN" = {"title": "甲"}))]] Unlabelled
        => Reason::MissingText("option label".into(), Language::En);
    half_labelled_choice: [#[schemars(title = "F", extend("x-zh-CN" = {"title": "甲"}))]] HalfLabelled
        => Reason::MissingText("option label".into(), Language::ZhCn);
    unseen_default: [#[schemars(title = "F", extend("x-zh-CN" = {"title": "甲"}))] #[serde(default)]] Unseen
        => Reason::UnseenDefault;
    secret_default: [#[schemars(title = "F", extend("writeOnly" = true, "x-zh-CN" = {"title": "甲"}))]
        #[serde(default = "word")]] String => Reason::BadDefault;
    default_against_the_pattern: [#[schemars(title = "F", pattern("^[0-9]+$"), extend("x-zh-CN" = {"title": "甲"}))]
        #[serde(default = "word")]] String => Reason::BadDefault;
    default_that_is_no_address: [#[schemars(title = "F", url, extend("x-zh-CN" = {"title": "甲"}))]
        #[serde(default = "word")]] String => Reason::BadDefault;
    contradicting_lengths: [#[schemars(title = "F", length(min = 9, max = 3), extend("x-zh-CN" = {"title": "甲"}))]] String
        => Reason::BadBounds;
    contradicting_range: [#[schemars(title = "F", range(min = 9, max = 3), extend("x-zh-CN" = {"title": "甲"}))]] u8
        => Reason::BadBounds;
    back_reference: [#[schemars(title = "F", pattern(r"^(.)\1$"), extend("x-zh-CN" = {"title": "甲"}))]] String
        => Reason::BadPattern;
    escape_that_browsers_refuse: [#[schemars(title = "F", pattern(r"^a\-b$"), extend("x-zh-CN" = {"title": "甲"}))]] String
        => Reason::BadPattern;
    sign_up_text: [#[schemars(title = "F", extend("x-role" = "sign-up", "x-zh-CN" = {"title": "甲"}))]] String
        => Reason::BadRole;
    upstream_text: [#[schemars(title = "F", extend("x-role" = "upstream", "x-zh-CN" = {"title": "甲"}))]] String
        => Reason::BadRole;
    unknown_role: [#[schemars(title = "F", extend("x-role" = "king", "x-zh-CN" = {"title": "甲"}))]] String
        => Reason::BadRole;
    stored_redirect_url: [#[schemars(title = "F", extend("x-role" = "redirect-url", "x-zh-CN" = {"title": "甲"}))]] String
        => Reason::MustBeOptional;
    conditional_but_always_there: [#[schemars(title = "F", extend("x-when" = {"g": true}, "x-zh-CN" = {"title": "甲"}))]]
        String => Reason::MustBeOptional;
    condition_on_nothing: [#[schemars(title = "F", extend("x-when" = {"g": true}, "x-zh-CN" = {"title": "甲"}))]]
        Option<String> => Reason::BadCondition;
    condition_on_itself: [#[schemars(title = "F", extend("x-when" = {"f": true}, "x-zh-CN" = {"title": "甲"}))]]
        Option<bool> => Reason::BadCondition;
    client_text: [#[schemars(title = "F", extend("x-role" = "client", "x-zh-CN" = {"title": "甲"}))]] String
        => Reason::BadRole;
    landing_switch: [#[serde(default)] #[schemars(title = "F", extend("x-role" = "landing", "x-zh-CN" = {"title": "甲"}))]] bool
        => Reason::BadRole;
    policy_about_an_address: [#[schemars(title = "F", url, extend("x-role" = "policy", "x-zh-CN" = {"title": "甲"}))]] String
        => Reason::BadRole;
    stored_client_url: [#[schemars(title = "F", extend("x-role" = "client-url", "x-zh-CN" = {"title": "甲"}))]] String
        => Reason::MustBeOptional;
    needed_on_nothing: [#[schemars(title = "F", extend("x-needed-when" = [{"g": true}], "x-zh-CN" = {"title": "甲"}))]]
        Option<String> => Reason::BadCondition;
    needed_without_a_list: [#[schemars(title = "F", extend("x-needed-when" = {"g": true}, "x-zh-CN" = {"title": "甲"}))]]
        Option<String> => Reason::BadCondition;
    needed_always_and_sometimes: [#[schemars(title = "F", extend("x-needed-when" = [{"f": "a"}], "x-zh-CN" = {"title": "甲"}))]]
        String => Reason::BadCondition;
    two_conditions: [#[schemars(title = "F", extend("x-when" = {"a": true, "b": true}, "x-zh-CN" = {"title": "甲"}))]]
        Option<String> => Reason::BadCondition;
}

#[test]
fn what_is_no_struct_is_no_form() {
    for error in [Form::of::<String>(), Form::of::<Unlabelled>(), Form::of::<Vec<u8>>(), Form::of::<Tagged>()]
        .map(|form| form.validate_definition().unwrap_err())
    {
        assert_eq!((error.field, error.reason), (None, Reason::NotAStruct));
    }
}

/// The error crosses the boundary with the form, so that the host can say what is wrong.
#[test]
fn a_broken_form_stays_broken_on_the_other_side() {
    let bytes = serde_json::to_vec(&Form::of::<String>()).unwrap();
    let form: Form = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(
        form.validate_definition().unwrap_err().to_string(),
        "form: the settings are not a struct with named fields"
    );
}

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its description is of interest")]
struct Nested {
    inside: String,
}

#[derive(Deserialize, JsonSchema)]
enum Unlabelled {
    A,
    B,
}

#[derive(Deserialize, JsonSchema)]
enum HalfLabelled {
    #[schemars(title = "A")]
    A,
}

#[derive(Default, Deserialize, JsonSchema)]
enum Unseen {
    #[default]
    #[schemars(title = "A", extend("x-zh-CN" = {"title": "甲"}))]
    A,
}

#[derive(Deserialize, JsonSchema)]
#[serde(tag = "kind")]
#[expect(dead_code, reason = "only its description is of interest")]
enum Tagged {
    A { f: String },
}

fn word() -> String {
    "word".to_owned()
}
