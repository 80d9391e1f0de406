//! The plug-in in a host that is a closure, and the list that every plug-in has to pass.

use {{crate}}::Provider;

use std::collections::BTreeMap;

use plugin_api::testing::{FakeHost, Sample, ScriptedReply, check_plugin, json_reply};
use plugin_api::ui_schema::Language;
use plugin_api::{AuthPlugin, Callback, Channel, FaultKind, HttpRequest, Manifest};
use serde_json::{Value, json};

fn settings() -> Value {
    json!({ "server": "https://id.example", "client_id": "gatehouse", "client_secret": "not-a-real-secret" })
}

/// The server, as it answers when all is well.
fn server(request: &HttpRequest) -> ScriptedReply {
    let body = String::from_utf8_lossy(request.body.as_deref().unwrap_or_default());
    match request.url.as_str() {
        "https://id.example/token" if body.contains("code=none&") => {
            json_reply(400, &json!({ "error": "invalid_grant" }))
        }
        "https://id.example/token" => json_reply(200, &json!({ "access_token": "token-1" })),
        "https://id.example/profile" => {
            json_reply(200, &json!({ "id": "7", "name": "Lin Xiaoman", "phone": "+8613900000001" }))
        }
        _ => json_reply(404, &json!({})),
    }
}

fn callback(query: &[(&str, &str)]) -> Callback {
    Callback {
        authenticator_type: "{{kind}}".to_owned(),
        redirect_uri: "https://host.example/callback".to_owned(),
        query: query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        memo: Vec::new(),
        language: Language::En,
        channel: Channel::Redirect,
    }
}

#[test]
fn a_code_becomes_a_person() {
    let host = FakeHost::new(server);
    let cx = host.context(settings());
    let identity = host.run(Provider.finish(&cx, callback(&[("code", "code-1")]))).unwrap().unwrap();
    assert_eq!(identity.subject, "7");
    assert_eq!(identity.name.unwrap().value, "Lin Xiaoman");
    assert_eq!(identity.phone.unwrap().value.number, "+8613900000001");
    assert_eq!(host.requests().len(), 2);
}

#[test]
fn what_the_server_refuses_is_told_apart() {
    let kinds = [
        ("invalid_grant", FaultKind::CodeRejected),
        ("invalid_client", FaultKind::CredentialsRejected),
        ("server_is_tired", FaultKind::BadAnswer),
    ];
    for (error, kind) in BTreeMap::from(kinds) {
        let host = FakeHost::new(move |_| json_reply(400, &json!({ "error": error })));
        let cx = host.context(settings());
        let ended = host.run(Provider.finish(&cx, callback(&[("code", "code-1")]))).unwrap();
        assert_eq!(ended.unwrap_err().kind, kind, "{error}");
    }
}

#[test]
fn whoever_declines_does_not_come_in() {
    let host = FakeHost::offline();
    let cx = host.context(settings());
    let ended = host.run(Provider.finish(&cx, callback(&[("error", "access_denied")]))).unwrap();
    assert_eq!(ended.unwrap_err().kind, FaultKind::Denied);
    assert!(host.requests().is_empty());
}

#[test]
fn the_icon_is_the_same_everywhere() {
    let manifest = Manifest::parse(Provider::MANIFEST.as_bytes()).unwrap();
    assert_eq!(manifest.icon, Provider.authenticator_types()[0].icon);
}

#[test]
fn keeps_every_rule_of_the_contract() {
    let other =
        json!({ "server": "https://id.elsewhere.example", "client_id": "other", "client_secret": "another-one" });
    let report = check_plugin::<Provider>(&Sample::new("{{kind}}", settings(), other, server));
    assert!(report.passed(), "{report}");
}
