//! What an administrator is told about the settings.

use std::time::Duration;

use plugin_api::testing::{FakeHost, http_fault, json_reply};
use plugin_api::{Finding, HttpFaultKind, Severity};
use serde_json::{Value, json};

use crate::support::{APP_TOKEN, Person, SECRET, body, ok, paths, raw, refusing_code};

const CONSOLE: Option<&str> = Some("https://open-dev.dingtalk.com");

fn app_token() -> Value {
    json!({ "accessToken": APP_TOKEN, "expireIn": 7200 })
}

fn only(findings: Vec<Finding>) -> Finding {
    let [finding] = <[Finding; 1]>::try_from(findings).unwrap();
    finding
}

#[test]
fn proves_the_credentials_with_a_token_of_the_application() {
    let host = refusing_code(ok(&app_token()));
    let finding = only(Person::at(&host).check().unwrap());
    assert_eq!((finding.id.as_str(), finding.severity), ("credentials", Severity::Good));
    let sent = host.requests();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].url, "https://api.dingtalk.com/v1.0/oauth2/accessToken");
    assert_eq!(body(&sent[0]), json!({ "appKey": "dingabc123", "appSecret": SECRET }));
}

/// The token that others would find in the cache now.
fn kept(host: &FakeHost) -> Option<Vec<u8>> {
    let cx = host.context(json!({}));
    let nothing = || async { Err(plugin_api::Fault::new(plugin_api::FaultKind::Internal, "nothing is kept")) };
    host.run(cx.cached("app-token dingabc123 https://api.dingtalk.com", nothing)).unwrap().ok()
}

#[test]
fn keeps_the_token_until_ten_minutes_before_its_end_under_a_name_without_secrets() {
    for (lifetime, kept_for) in [(7200, 6600), (601, 1), (600, 0), (0, 0)] {
        let host = refusing_code(ok(&json!({ "accessToken": APP_TOKEN, "expireIn": lifetime })));
        Person::at(&host).check().unwrap();
        if kept_for > 0 {
            host.advance(Duration::from_millis(kept_for * 1000 - 1));
            assert_eq!(kept(&host).as_deref(), Some(APP_TOKEN.as_bytes()), "{lifetime}");
            host.advance(Duration::from_millis(1));
        }
        assert_eq!(kept(&host), None, "{lifetime}");
    }
}

#[test]
fn does_not_take_an_older_token_for_a_proof() {
    let host = FakeHost::new(|request| {
        let good = body(request)["appSecret"] == SECRET;
        if good { ok(&app_token()) } else { json_reply(400, &json!({ "code": "invalidClientIdOrSecret" })) }
    });
    assert_eq!(only(Person::at(&host).check().unwrap()).severity, Severity::Good);
    assert!(kept(&host).is_some());
    let mistyped = Person::at(&host).with_settings(json!({ "client_secret": "mistyped" }));
    assert_eq!(only(mistyped.check().unwrap()).severity, Severity::Error);
    assert_eq!(kept(&host), None);
}

#[test]
fn turns_every_refusal_into_an_instruction() {
    use Severity::{Error, Warning};
    let newer = |status, code: &str| json_reply(status, &json!({ "code": code, "message": "m" }));
    let denied = |what: &str| newer(403, &format!("Forbidden.AccessDenied.{what}"));
    let token = |token: &str, expire_in: Value| ok(&json!({ "accessToken": token, "expireIn": expire_in }));
    for (answer, id, severity, link, code) in [
        (newer(400, "invalidClientIdOrSecret"), "credentials", Error, CONSOLE, Some("invalidClientIdOrSecret")),
        (json_reply(200, &json!({ "errcode": 40096 })), "credentials", Error, CONSOLE, Some("40096")),
        (denied("IpNotInWhiteList"), "address", Error, CONSOLE, Some("IpNotInWhiteList")),
        (denied("AccessTokenPermissionDenied"), "permissions", Error, CONSOLE, Some("AccessTokenPermissionDenied")),
        (denied("QpsLimitForApi"), "connection", Warning, None, Some("QpsLimitForApi")),
        (newer(404, "InvalidAction.NotFound"), "connection", Warning, None, Some("InvalidAction.NotFound")),
        (raw(504, ""), "connection", Error, None, None),
        (token(APP_TOKEN, Value::Null), "connection", Warning, None, None),
        (token(APP_TOKEN, json!("7200")), "connection", Warning, None, None),
        (token("", json!(7200)), "connection", Warning, None, None),
    ] {
        let told = String::from_utf8_lossy(&answer.as_ref().unwrap().body).into_owned();
        let finding = only(Person::at(&refusing_code(answer)).check().unwrap());
        assert_eq!((finding.id.as_str(), finding.severity, finding.link.as_deref()), (id, severity, link), "{told}");
        assert_is_for_people(&finding);
        if let Some(code) = code {
            assert!(finding.message.en.contains(code) && finding.message.zh_cn.contains(code), "{told}");
        }
    }
}

#[test]
fn tells_an_unreachable_dingtalk_from_unusable_addresses() {
    use HttpFaultKind::{Connect, NotAllowed, Timeout};
    for (kind, id) in [(Connect, "connection"), (Timeout, "connection"), (NotAllowed, "addresses")] {
        let host = refusing_code(http_fault(kind));
        let finding = only(Person::at(&host).check().unwrap());
        assert_eq!((finding.id.as_str(), finding.severity), (id, Severity::Error));
        assert_is_for_people(&finding);
    }
    let host = refusing_code(ok(&app_token()));
    let finding = only(Person::at(&host).with_settings(json!({ "region": "custom" })).check().unwrap());
    assert_eq!(finding.id, "addresses");
    assert!(paths(&host).is_empty());
}

fn assert_is_for_people(finding: &Finding) {
    let remedy = finding.remedy.as_ref().unwrap();
    for text in [&finding.message, remedy] {
        assert!(text.en.is_ascii() || text.en.contains('“'), "{}", text.en);
        assert!(text.zh_cn.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", text.zh_cn);
    }
}
