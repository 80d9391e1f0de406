//! What an administrator is told about the settings.

mod credentials;
mod permissions;

use plugin_api::testing::{FakeHost, ScriptedReply, bytes_reply, http_fault, json_reply};
use plugin_api::{About, AuthPlugin, Finding, HttpFaultKind, Severity};
use serde_json::{Value, json};

use crate::support::{
    APP_TOKEN_PATH, CLIENT_CODE_PATH, MEMBER_PATH, ORGANISATION_PATH, Organisation, Person, REDIRECT_URI, SCOPES_PATH,
    SECRET, app_token, body, gateway_refused, legs, members_only, newer_refused, ok, path, paths, raw, refused,
    refusing_code, settings,
};

use Severity::{Error, Good, Info, Warning};

const CONSOLE: Option<&str> = Some("https://open-dev.dingtalk.com");
/// What is listed whatever DingTalk says.
const TO_COMPARE: [(&str, Severity); 2] = [("redirect-url", Info), ("personal-permissions", Info)];

fn outline(findings: &[Finding]) -> Vec<(&str, Severity)> {
    findings.iter().map(|finding| (finding.id.as_str(), finding.severity)).collect()
}

fn found(host: &FakeHost, settings: Value, id: &str) -> Finding {
    let findings = Person::at(host).with_settings(settings).check().unwrap();
    let mut matching = findings.iter().filter(|finding| finding.id == id);
    let (finding, another) = (matching.next(), matching.next());
    assert!(another.is_none(), "{findings:?}");
    finding.unwrap_or_else(|| panic!("no {id} in {findings:?}")).clone()
}

/// The credentials can be proven, and `path` is answered with `reply`.
fn answering(path: &str, reply: ScriptedReply) -> FakeHost {
    Organisation::new()
        .with(MEMBER_PATH, refused("60121"))
        .with(CLIENT_CODE_PATH, refused("40078"))
        .with(path, reply)
        .host()
}

#[test]
fn two_permissions_need_a_token_and_a_list_to_compare() {
    let host = Organisation::new().host();
    let findings = Person::at(&host).check().unwrap();
    let expected = [("credentials", Good), ("permission-numbers", Info)].into_iter().chain(TO_COMPARE);
    assert_eq!(outline(&findings), expected.collect::<Vec<_>>());
    assert_eq!(legs(&host), ["app-token", "mobile"]);
    let sent = host.requests();
    assert_eq!(sent[0].url, "https://api.dingtalk.com/v1.0/oauth2/accessToken");
    assert_eq!(body(&sent[0]), json!({ "appKey": "dingabc123", "appSecret": SECRET }));
    findings.iter().for_each(assert_is_for_people);
}

#[test]
fn members_and_the_client_need_more_and_each_is_tried() {
    let host = answering(SCOPES_PATH, ok(&json!({ "errcode": 0, "auth_org_scopes": { "authed_dept": [1] } })));
    let findings = Person::among_members(&host).check().unwrap();
    let expected = [
        ("credentials", Good),
        ("organisation", Good),
        ("permission-members", Good),
        ("contact-range", Good),
        ("permission-client", Good),
        ("permission-numbers", Info),
        ("redirect-url", Info),
        ("personal-permissions", Info),
        ("client-link", Info),
    ];
    assert_eq!(outline(&findings), expected);
    assert_eq!(legs(&host), ["app-token", "organisation", "member", "scopes", "client-code", "mobile"]);
    findings.iter().for_each(assert_is_for_people);
    let organisation = host.requests().into_iter().find(|request| path(request) == ORGANISATION_PATH).unwrap();
    let expected = json!({ "client_id": "dingabc123", "client_secret": SECRET, "grant_type": "client_credentials" });
    assert_eq!(body(&organisation), expected);
}

#[test]
fn the_options_decide_what_is_tried() {
    for (settings, tried) in [
        (json!({ "membership": "never", "sign_up": true, "corp_id": "dingcorp0001" }), &["app-token", "mobile"][..]),
        (
            json!({ "sign_up": true, "corp_id": "dingcorp0001" }),
            &["app-token", "organisation", "member", "scopes", "mobile"],
        ),
        (json!({ "sign_up": true }), &["app-token", "member", "scopes", "mobile"]),
    ] {
        let host = Organisation::new().host();
        Person::at(&host).with_settings(settings).check().unwrap();
        assert_eq!(legs(&host), tried);
    }
}

#[test]
fn the_organisation_is_the_application_s_or_it_is_said() {
    for (status, code) in [
        (400, "invalid.client"),
        (401, "unauthorized.client"),
        (500, "unknownError"),
        (500, "server.error"),
        (400, "invalidClientIdOrSecret"),
    ] {
        let finding = found(&answering(ORGANISATION_PATH, newer_refused(status, code)), members_only(), "organisation");
        assert_eq!((finding.severity, finding.link.as_deref()), (Error, CONSOLE));
        assert!(finding.message.en.contains("dingcorp0001") && finding.message.zh_cn.contains(code));
    }
    let finding = found(&answering(SCOPES_PATH, refused("404")), json!({ "membership": "always" }), "organisation");
    assert_eq!((finding.severity, finding.search.as_deref()), (Error, Some("CorpId")));
}

/// What is wrong with the line is said once, and not of every permission.
#[test]
fn a_trouble_that_would_meet_every_question_is_said_once() {
    let denied = gateway_refused("60020");
    for (place, reply, id) in [
        (MEMBER_PATH, denied, "address"),
        (MEMBER_PATH, gateway_refused("90018"), "connection"),
        (ORGANISATION_PATH, raw(504, ""), "connection"),
        (SCOPES_PATH, http_fault(HttpFaultKind::Timeout), "connection"),
    ] {
        let host = answering(place, reply);
        let findings = Person::among_members(&host).check().unwrap();
        assert_eq!(findings.iter().filter(|finding| finding.id == id).count(), 1, "{findings:?}");
        assert_eq!(paths(&host).last().map(String::as_str), Some(place));
        assert!(findings.iter().any(|finding| finding.id == "redirect-url"));
    }
}

#[test]
fn the_address_that_dingtalk_saw_is_there_to_copy() {
    let text = "访问ip不在白名单之中，详细信息：request ip=203.0.113.7 appKey(dingabc123)";
    let refusal = ok(&json!({ "errcode": 88, "sub_code": "60020", "sub_msg": text, "errmsg": text }));
    let finding = found(&answering(MEMBER_PATH, refusal), members_only(), "address");
    assert_eq!(finding.search.as_deref(), Some("203.0.113.7"));
    let newer = json!({ "code": "Forbidden.AccessDenied.IpNotInWhiteList", "message": "request ip=2001:db8::7" });
    let finding = found(&refusing_code(json_reply(403, &newer)), json!({}), "address");
    assert_eq!(finding.search.as_deref(), Some("2001:db8::7"));
    let odd = json!({ "code": "Forbidden.AccessDenied.IpNotInWhiteList", "message": "request ip=<script>" });
    let finding = found(&refusing_code(json_reply(403, &odd)), json!({}), "address");
    assert_eq!(finding.search.as_deref(), Some("Forbidden.AccessDenied.IpNotInWhiteList"));
}

#[test]
fn the_clock_is_compared_with_the_date_of_the_answer() {
    let dated = |date: &str| {
        let mut reply = bytes_reply(200, "application/json", app_token().to_string()).unwrap();
        reply.headers.insert("date".into(), date.into());
        answering(APP_TOKEN_PATH, Ok(reply))
    };
    for (date, severity) in [
        ("Thu, 01 Jan 2026 00:00:00 GMT", Good),
        ("Thu, 01 Jan 2026 00:01:00 GMT", Good),
        ("Thu, 01 Jan 2026 00:01:01 GMT", Warning),
        ("Wed, 31 Dec 2025 23:55:00 GMT", Warning),
    ] {
        assert_eq!(found(&dated(date), json!({}), "clock").severity, severity, "{date}");
    }
    let findings = Person::at(&dated("yesterday")).check().unwrap();
    assert!(findings.iter().all(|finding| finding.id != "clock"));
}

#[test]
fn the_redirect_url_is_there_to_copy_and_has_to_be_https() {
    let finding = found(&Organisation::new().host(), json!({}), "redirect-url");
    assert_eq!((finding.severity, finding.search.as_deref()), (Info, Some(REDIRECT_URI)));
    for (uri, severity) in [("http://intranet.example/cb", Some(Warning)), ("", None)] {
        let host = Organisation::new().host();
        let cx = host.context(settings()).with_about(About::of("dingtalk", uri));
        let findings = host.run(auth_dingtalk::DingTalk::new().check(&cx)).unwrap().unwrap();
        let found = findings.iter().find(|finding| finding.id == "redirect-url");
        assert_eq!(found.map(|finding| finding.severity), severity, "{uri}");
    }
}

#[test]
fn the_link_for_the_client_names_the_host_that_counts() {
    let finding = found(&Organisation::new().host(), members_only(), "client-link");
    assert_eq!(finding.search.as_deref(), Some("id.example.org"));
    assert!(finding.message.en.contains("$CORPID$"));
}

/// Whoever replaces a secret reads one verdict about it.
#[test]
fn credentials_that_are_taken_at_one_place_only_are_none() {
    let finding = found(&answering(MEMBER_PATH, refused("40089")), members_only(), "credentials");
    assert_eq!(finding.severity, Error);
}

fn assert_is_for_people(finding: &Finding) {
    for text in [Some(&finding.message), finding.remedy.as_ref()].into_iter().flatten() {
        let english = text
            .en
            .chars()
            .filter(|c| !c.is_ascii())
            .all(|c| "“”’".contains(c) || !c.is_alphabetic() || c > '\u{4e00}');
        assert!(english && text.en.ends_with(|last: char| last == '.' || last.is_alphanumeric()), "{}", text.en);
        assert!(text.zh_cn.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", text.zh_cn);
    }
}
