//! What the pages show of the plug-in, and that it is complete in both languages.

use auth_dingtalk::DingTalk;
use plugin_api::ui_schema::{Form, Kind, Language, Role};
use plugin_api::{Ability, AuthPlugin, AuthenticatorType, Manifest, SubjectScope};
use serde_json::{Value, json};

use crate::support::settings;

fn the_type() -> AuthenticatorType {
    let [only] = <[_; 1]>::try_from(DingTalk::new().authenticator_types()).unwrap();
    only
}

fn form() -> Form {
    the_type().form
}

#[test]
fn the_manifest_says_who_it_is_and_asks_for_dingtalk_s_hosts_only() {
    let manifest: Manifest = serde_json::from_str(DingTalk::MANIFEST).unwrap();
    assert_eq!((manifest.id.as_str(), manifest.version.as_str()), ("auth-dingtalk", env!("CARGO_PKG_VERSION")));
    assert_eq!(manifest.api, "1.1");
    assert_eq!((manifest.name.en.as_str(), manifest.name.zh_cn.as_str()), ("Auth: DingTalk", "认证：钉钉"));
    assert_eq!(manifest.icon, the_type().icon);
    assert_eq!(manifest.borrows.http, ["api.dingtalk.com", "oapi.dingtalk.com", "api.dingtalk.io", "oapi.dingtalk.io"]);
    assert_eq!(manifest.borrows.redirect, ["login.dingtalk.com", "login.dingtalk.io"]);
    assert!(manifest.borrows.cache);
    assert_eq!(manifest.abilities, [Ability::SignIn]);
}

#[test]
fn the_type_is_one_button_and_one_grammar() {
    let dingtalk = the_type();
    assert_eq!(
        (dingtalk.id.as_str(), dingtalk.title.en.as_str(), dingtalk.title.zh_cn.as_str()),
        ("dingtalk", "DingTalk", "钉钉")
    );
    for language in Language::ALL {
        assert!(dingtalk.login_button.caption.get(language).contains("{title}"));
        assert!(!dingtalk.description.get(language).is_empty());
    }
    assert_eq!(
        (dingtalk.callback.code, dingtalk.callback.error),
        (vec!["authCode".into(), "code".into()], "error".into())
    );
    assert_eq!(dingtalk.subject_scope, SubjectScope::Authenticator);
}

#[test]
fn the_form_is_sound_and_has_the_fields_that_the_guide_speaks_of() {
    let form = form();
    form.validate_definition().unwrap();
    let names: Vec<_> = form.fields().iter().map(|field| field.name.as_str()).collect();
    let expected = "sign_up membership corp_id client_id client_secret client landing client_url panel region \
                    login_url api_url legacy_url script_url redirect_url";
    assert_eq!(names, expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(form.secret_fields().into_iter().collect::<Vec<_>>(), ["client_secret"]);
    for (name, role) in [
        ("sign_up", Role::SignUp),
        ("membership", Role::Policy),
        ("corp_id", Role::Policy),
        ("client", Role::Client),
        ("landing", Role::Landing),
        ("client_url", Role::ClientUrl),
        ("panel", Role::Embed),
        ("redirect_url", Role::RedirectUrl),
        ("login_url", Role::Upstream),
        ("api_url", Role::Upstream),
        ("legacy_url", Role::Upstream),
        ("script_url", Role::Upstream),
    ] {
        assert_eq!(form.field(name).unwrap().role, Some(role));
    }
    let required = |name: &str| form.field(name).unwrap().required;
    assert!(required("client_id") && required("client_secret") && !required("legacy_url") && !required("redirect_url"));
    assert_eq!(form.field("region").unwrap().default, Some(json!("mainland")));
}

#[test]
fn the_sign_up_switch_is_worded_as_people_know_it_and_off() {
    let form = form();
    let field = form.field("sign_up").unwrap();
    assert_eq!(field.title.en, "Sign up automatically when the user does not exist");
    assert_eq!(field.title.zh_cn, "用户不存在时自动注册");
    let help = field.description.as_ref().unwrap();
    assert!(
        help.en.starts_with(
            "When the phone number does not match an existing user, a new user is automatically created. "
        )
    );
    assert_eq!(field.default, Some(json!(false)));
    assert!(!form.sign_up(&json!({})));
}

#[test]
fn a_client_id_is_short_and_plain() {
    let form = form();
    let Kind::Text(rules) = &form.field("client_id").unwrap().kind else { panic!() };
    assert_eq!((rules.max_length, rules.pattern.as_deref()), (128, Some("^[A-Za-z0-9_-]+$")));
}

#[test]
fn addresses_count_in_the_custom_region_only() {
    let form = form();
    let mut data = settings();
    data["login_url"] = json!("https://login.example.org");
    data["api_url"] = json!("https://api.example.org");
    assert_eq!(form.upstreams(&data), [""; 0]);
    data["region"] = json!("custom");
    assert_eq!(
        form.upstreams(&data),
        ["https://login.example.org", "https://api.example.org", "https://oapi.dingtalk.com", "https://g.alicdn.com"]
    );
}

#[test]
fn what_the_form_prepares_is_what_the_plug_in_reads() {
    let entered = json!({ "client_id": " dingabc123 ", "client_secret": "s", "redirect_url": "x" });
    let prepared = form().prepare(entered);
    assert_eq!(prepared["client_id"], "dingabc123");
    assert_eq!(prepared["redirect_url"], Value::Null);
    let settings: auth_dingtalk::Settings = serde_json::from_value(prepared).unwrap();
    assert_eq!((settings.client_id.as_str(), settings.region), ("dingabc123", auth_dingtalk::Region::Mainland));
}

#[test]
fn the_organisation_is_needed_exactly_where_it_is_asked_for() {
    let form = form();
    let field = form.field("corp_id").unwrap();
    assert!(!field.required);
    let needed: Vec<Vec<_>> = field
        .needed_when
        .iter()
        .map(|all| all.iter().map(|when| (when.field.as_str(), when.equals.clone())).collect())
        .collect();
    assert_eq!(
        needed,
        [
            vec![("membership", json!("always"))],
            vec![("membership", json!("auto")), ("sign_up", json!(true))],
            vec![("client", json!(true))],
        ]
    );
    assert_eq!(form.field("membership").unwrap().default, Some(json!("auto")));
    assert_eq!(form.landing(&json!({ "client": true })).as_deref(), Some("/"));
    assert_eq!(form.landing(&json!({ "client": false })), None);
}

#[test]
fn whoever_reads_the_form_learns_which_further_permission_the_check_needs() {
    let form = form();
    for name in ["membership", "client"] {
        let help = form.field(name).unwrap().description.clone().unwrap();
        for text in [&help.en, &help.zh_cn] {
            assert!(text.contains("qyapi_get_member"), "{text}");
        }
    }
    assert!(form.field("membership").unwrap().description.as_ref().unwrap().en.contains("成员信息读权限"));
}

#[test]
fn what_runs_in_browsers_may_read_what_is_no_secret() {
    let (dingtalk, form) = (the_type(), form());
    let (client, panel) = (dingtalk.client.unwrap(), dingtalk.panel.unwrap());
    assert_eq!(client.user_agents, ["dingtalk"]);
    assert_eq!(client.link_query.as_deref(), Some("corpId=$CORPID$"));
    assert_eq!(client.settings, ["client_id", "corp_id"]);
    for name in client.settings.iter().chain(&panel.settings) {
        assert!(form.field(name).is_some_and(|field| !field.is_secret()), "{name}");
    }
    for name in &panel.upstreams {
        assert_eq!(form.field(name).unwrap().role, Some(Role::Upstream));
    }
    assert_eq!(panel.script_origins, ["https://g.alicdn.com"]);
    assert_eq!(panel.frame_origins, ["https://login.dingtalk.com", "https://login.dingtalk.io"]);
    for script in client.scripts.iter().chain(&panel.scripts) {
        assert!((100..=plugin_api::Script::CAP).contains(&script.body.len()), "{}", script.name);
    }
    let kinds: Vec<_> = dingtalk.keys.iter().map(|kind| (kind.id.as_str(), kind.stable)).collect();
    assert_eq!(kinds, [("userid", true), ("openid", true), ("phone", false)]);
}

#[test]
fn the_guide_leads_through_the_console_in_both_languages() {
    let guide = the_type().guide;
    for (text, words) in [
        (
            &guide.en,
            ["Personal mobile phone number information", "Address book personal information read", "Security settings"],
        ),
        (&guide.zh_cn, ["个人手机号信息", "通讯录个人信息读权限", "安全设置"]),
    ] {
        for word in words.iter().chain(&[
            "https://open-dev.dingtalk.com",
            "Contact.User.mobile",
            "Contact.User.Read",
            "Client Secret",
            "qyapi_get_member",
            "fieldMobile",
            "CorpId",
        ]) {
            assert!(text.contains(word), "{word}");
        }
        assert_eq!(text.matches("{redirect_url}").count(), 1);
        for step in 1..=6 {
            assert!(text.contains(&format!("\n{step}. ")) || text.starts_with(&format!("{step}. ")), "{step}");
        }
    }
}
