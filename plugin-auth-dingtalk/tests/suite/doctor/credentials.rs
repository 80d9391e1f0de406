//! The first question: does DingTalk take the credentials?

use std::time::Duration;

use plugin_api::HttpFaultKind;
use plugin_api::testing::{FakeHost, http_fault};
use serde_json::{Value, json};

use super::Severity::{Error, Good, Warning};
use super::{CONSOLE, TO_COMPARE, assert_is_for_people, found, outline};
use crate::support::{
    APP_TOKEN, APP_TOKEN_PATH, Person, SECRET, app_token, body, newer_refused, ok, path, paths, raw, refused,
    refusing_code,
};

/// The token that others would find in the cache now.
fn kept(host: &FakeHost) -> Option<Vec<u8>> {
    let cx = host.context(json!({}));
    let nothing = || async { Err(plugin_api::Fault::new(plugin_api::FaultKind::Internal, "nothing is kept")) };
    let key = ["app-token", "https://api.dingtalk.com", "dingabc123", SECRET].join("\u{1f}");
    host.run(cx.cached_together(&key, nothing)).unwrap().ok()
}

#[test]
fn keeps_the_token_until_ten_minutes_before_its_end() {
    for (lifetime, kept_for) in [(7200, 6600), (601, 1), (600, 0), (0, 0)] {
        let host = refusing_code(ok(&json!({ "accessToken": APP_TOKEN, "expireIn": lifetime })));
        let asked = host.context(json!({})).now_ms() + 10;
        Person::at(&host).check().unwrap();
        let passed = host.context(json!({})).now_ms() - asked;
        if kept_for > 0 {
            host.advance(Duration::from_millis(kept_for * 1000 - 1 - passed));
            assert_eq!(kept(&host).as_deref(), Some(APP_TOKEN.as_bytes()), "{lifetime}");
            host.advance(Duration::from_millis(1));
        }
        assert_eq!(kept(&host), None, "{lifetime}");
    }
}

#[test]
fn does_not_take_an_older_token_for_a_proof() {
    let host = FakeHost::new(|request| match path(request) {
        APP_TOKEN_PATH if body(request)["appSecret"] == SECRET => ok(&app_token()),
        APP_TOKEN_PATH => newer_refused(400, "invalidClientIdOrSecret"),
        _ => refused("60121"),
    });
    let credentials = |settings| found(&host, settings, "credentials").severity;
    assert_eq!((credentials(json!({})), credentials(json!({ "client_secret": "mistyped" }))), (Good, Error));
    let before = paths(&host).iter().filter(|path| *path == APP_TOKEN_PATH).count();
    assert_eq!(credentials(json!({})), Good);
    assert_eq!(paths(&host).iter().filter(|path| *path == APP_TOKEN_PATH).count(), before + 1);
}

#[test]
fn turns_every_refusal_into_an_instruction() {
    let denied = |what: &str| newer_refused(403, &format!("Forbidden.AccessDenied.{what}"));
    let token = |token: &str, expire_in: Value| ok(&json!({ "accessToken": token, "expireIn": expire_in }));
    let codes = Some("https://open.dingtalk.com/document/development/server-api-error-codes-1");
    for (answer, id, severity, link, code) in [
        (newer_refused(400, "invalidClientIdOrSecret"), "credentials", Error, CONSOLE, Some("invalidClientIdOrSecret")),
        (refused("40096"), "credentials", Error, CONSOLE, Some("40096")),
        (denied("IpNotInWhiteList"), "address", Error, CONSOLE, Some("IpNotInWhiteList")),
        (denied("AccessTokenPermissionDenied"), "permissions", Error, CONSOLE, Some("AccessTokenPermissionDenied")),
        (denied("QpsLimitForApi"), "connection", Warning, None, Some("QpsLimitForApi")),
        (newer_refused(404, "InvalidAction.NotFound"), "connection", Warning, codes, Some("InvalidAction.NotFound")),
        (newer_refused(400, "somethingNew"), "connection", Warning, codes, Some("somethingNew")),
        (raw(504, ""), "connection", Error, None, None),
        (token(APP_TOKEN, Value::Null), "connection", Warning, None, None),
        (token(APP_TOKEN, json!("7200")), "connection", Warning, None, None),
        (token("", json!(7200)), "connection", Warning, None, None),
    ] {
        let told = String::from_utf8_lossy(&answer.as_ref().unwrap().body).into_owned();
        let host = refusing_code(answer);
        let findings = Person::at(&host).check().unwrap();
        let finding = &findings[0];
        assert_eq!((finding.id.as_str(), finding.severity, finding.link.as_deref()), (id, severity, link), "{told}");
        assert_eq!(outline(&findings[1..]), TO_COMPARE, "{told}");
        assert_is_for_people(finding);
        if let Some(code) = code {
            assert!(finding.message.en.contains(code) && finding.message.zh_cn.contains(code), "{told}");
            assert!(finding.search.as_deref().is_some_and(|search| search.contains(code)), "{told}");
        }
    }
}

#[test]
fn tells_an_unreachable_dingtalk_from_unusable_addresses() {
    use HttpFaultKind::{Connect, NotAllowed, Paused, Timeout};
    for (kind, id) in
        [(Connect, "connection"), (Timeout, "connection"), (Paused, "connection"), (NotAllowed, "addresses")]
    {
        let finding = found(&refusing_code(http_fault(kind)), json!({}), id);
        assert_eq!(finding.severity, Error);
        assert_is_for_people(&finding);
    }
    let host = refusing_code(ok(&app_token()));
    assert_eq!(found(&host, json!({ "region": "custom" }), "addresses").severity, Error);
    assert!(paths(&host).is_empty());
}
