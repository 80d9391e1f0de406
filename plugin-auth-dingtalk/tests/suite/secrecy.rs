//! Nothing that could let anybody in, and nothing about the person, reaches a log or a fault.

use plugin_api::testing::{FakeHost, http_fault, json_reply};
use plugin_api::{Fault, HttpFaultKind};
use serde_json::{Value, json};

use crate::support::{
    APP_TOKEN, APP_TOKEN_PATH, CLIENT_CODE_PATH, CODE, FORMER_PATH, ME_PATH, MEMBER_PATH, MOBILE, MOBILE_PATH,
    ORGANISATION_PATH, Organisation, Person, SCOPES_PATH, SECRET, STAFF_MOBILE, STAFF_PATH, TOKEN, USER_TOKEN_PATH,
    body, dingtalk_with, members_only, ok, profile, profile_with, raw, refusing_code, refusing_profile,
};

const CANARIES: [&str; 10] = [
    SECRET,
    CODE,
    TOKEN,
    APP_TOKEN,
    MOBILE,
    STAFF_MOBILE,
    "canaryrefresh00",
    "zhang.san@example.com",
    "sanfeng@corp.example",
    "张三",
];

fn assert_silent(host: &FakeHost, fault: Option<&Fault>) {
    let fault = fault.map(|fault| format!("{fault} {fault:?} {}", serde_json::to_string(fault).unwrap()));
    let log = format!("{:?}", host.log_lines());
    for canary in CANARIES {
        assert!(!log.contains(canary), "{canary} in the log: {log}");
        assert!(!fault.as_deref().unwrap_or_default().contains(canary), "{canary} in {fault:?}");
    }
}

/// A body that repeats everything it was told, as errors like to do.
fn echo() -> Value {
    let all = CANARIES.join(" ");
    json!({ "code": all, "sub_code": all, "errcode": all, "message": all, "errmsg": all, "requestid": all,
        "accessdenieddetail": { "requiredScopes": [all] } })
}

#[test]
fn of_the_provider_s_refusals_only_codes_are_repeated() {
    let mut quoting = echo();
    quoting["code"] = json!("Forbidden.AccessDenied.AccessTokenPermissionDenied");
    for status in [200, 400, 403, 500] {
        for body in [echo().to_string(), quoting.to_string(), format!("<html>{}", CANARIES.join(" "))] {
            for host in [refusing_code(raw(status, &body)), refusing_profile(raw(status, &body))] {
                assert_silent(&host, Some(&Person::at(&host).finish().unwrap_err()));
                let findings = Person::at(&host).check();
                assert!(!CANARIES.iter().any(|canary| format!("{findings:?}").contains(canary)));
                assert_silent(&host, findings.err().as_ref());
            }
        }
    }
}

#[test]
fn a_server_that_echoes_what_it_was_sent_reveals_nothing() {
    for status in [200, 400, 403] {
        let echo = FakeHost::new(move |request| json_reply(status, &body(request)));
        let fault = Person::at(&echo).finish().unwrap_err();
        assert_eq!(fault.provider_code, None);
        assert_silent(&echo, Some(&fault));

        let canaries = json!({ "code": format!("Forbidden.AccessDenied.{TOKEN}"), "requestid": TOKEN,
            "accessdenieddetail": { "requiredScopes": [TOKEN, "Contact.User.Read"] } });
        let echo = refusing_profile(json_reply(status, &canaries));
        let fault = Person::at(&echo).finish().unwrap_err();
        assert_eq!(fault.missing, ["Contact.User.Read"]);
        assert_silent(&echo, Some(&fault));
    }
}

#[test]
fn what_does_not_parse_is_not_quoted() {
    for changes in [
        json!({ "mobile": MOBILE.parse::<u64>().unwrap() }),
        json!({ "visitor": "张三" }),
        json!({ "unionId": format!("{MOBILE} zhang.san@example.com") }),
    ] {
        let host = dingtalk_with(profile_with(changes));
        assert_silent(&host, Some(&Person::at(&host).finish().unwrap_err()));
    }
    let host = refusing_code(ok(&json!({ "accessToken": { "token": TOKEN } })));
    assert_silent(&host, Some(&Person::at(&host).finish().unwrap_err()));
}

#[test]
fn a_callback_is_not_quoted() {
    for query in [&[("code", CODE), ("authCode", TOKEN)][..], &[("error", "张三 13800138000")], &[("cod", CODE)]] {
        let host = dingtalk_with(profile());
        assert_silent(&host, Some(&Person::at(&host).finish_with(query).unwrap_err()));
    }
}

#[test]
fn a_sign_in_leaves_nothing_behind() {
    let visitor = profile_with(json!({ "visitor": true }));
    let no_country = profile_with(json!({ "stateCode": "CANARY" }));
    for person in [profile(), visitor, no_country] {
        let host = dingtalk_with(person);
        assert_silent(&host, Person::at(&host).finish().err().as_ref());
        assert!(!host.cache_was_used(), "a user token is never cached");
    }
    let host = refusing_profile(http_fault(HttpFaultKind::Timeout));
    assert_silent(&host, Some(&Person::at(&host).finish().unwrap_err()));
}

#[test]
fn bad_settings_are_not_quoted() {
    let host = refusing_code(json_reply(500, &Value::Null));
    for changes in [
        json!({ "client_secret": [SECRET] }),
        json!({ "region": SECRET }),
        json!({ "region": "custom", "login_url": SECRET, "api_url": SECRET }),
    ] {
        let person = Person::at(&host).with_settings(changes);
        assert_silent(&host, Some(&person.begin("s").unwrap_err()));
        assert_silent(&host, Some(&person.finish().unwrap_err()));
        assert!(!format!("{:?}", person.check()).contains(SECRET));
    }
}

/// Every step of a sign-in, of the check and of a look-up, with a server that repeats all it knows in each of its
/// fields.
#[test]
fn no_step_repeats_what_it_was_told() {
    // What was sent to a server it may name as a missing permission; the token of the application goes to most of them.
    let odd = |path: &str| {
        let named = if [USER_TOKEN_PATH, ME_PATH, APP_TOKEN_PATH].contains(&path) { "" } else { APP_TOKEN };
        json!({ "errcode": 60011, "errmsg": format!("requiredScopes=[{named},{STAFF_MOBILE} x]"),
            "result": { "mobile": STAFF_MOBILE.parse::<u64>().unwrap(), "name": [TOKEN] } })
    };
    let paths = [
        USER_TOKEN_PATH,
        ME_PATH,
        APP_TOKEN_PATH,
        MEMBER_PATH,
        STAFF_PATH,
        CLIENT_CODE_PATH,
        FORMER_PATH,
        SCOPES_PATH,
        ORGANISATION_PATH,
        MOBILE_PATH,
    ];
    for path in paths {
        for body in [echo(), odd(path)] {
            let host =
                Organisation::new().with_staff(json!({ "exclusive_account": true })).with(path, ok(&body)).host();
            let person = Person::at(&host).with_settings(members_only());
            for outcome in [person.finish(), person.enter()] {
                assert_silent(&host, outcome.err().as_ref());
            }
            let findings = format!("{:?}", person.check());
            let resolved = person.resolve("phone", &["+8613900139000"]);
            assert_silent(&host, resolved.err().as_ref());
            assert!(!CANARIES.iter().any(|canary| findings.contains(canary)), "{path}: {findings}");
        }
    }
}

/// The application's token goes into the address of the older family, and nowhere else.
#[test]
fn a_member_leaves_nothing_behind() {
    let host = Organisation::new().host();
    let person = Person::among_members(&host);
    assert_silent(&host, person.finish().err().as_ref());
    assert_silent(&host, person.enter().err().as_ref());
    for request in host.requests() {
        assert!(!format!("{request:?}").contains("canary"));
        assert!(!request.url.contains(SECRET) && !request.url.contains(CODE) && !request.url.contains(TOKEN));
    }
}
