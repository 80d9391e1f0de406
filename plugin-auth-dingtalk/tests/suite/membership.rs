//! Who may come in where only members may (ID-7): one row for each way to be none, and for each way not to know.

use plugin_api::FaultKind::{self, *};
use plugin_api::testing::{ScriptedReply, http_fault, json_reply};
use plugin_api::{Claim, HttpFaultKind, OtherKey, PhoneNumber};
use serde_json::{Value, json};

use crate::support::{
    APP_TOKEN_PATH, CORP_ID, ME_PATH, MEMBER_PATH, MOBILE, Organisation, Person, STAFF_MOBILE, STAFF_PATH, UNION_ID,
    USER_TOKEN_PATH, USERID, body, gateway_refused, granted_for, lacking, legacy, legs, newer_refused, paths,
    profile_with, raw, refused, staff,
};

const ON_THE_WAY: [&str; 5] = [USER_TOKEN_PATH, ME_PATH, APP_TOKEN_PATH, MEMBER_PATH, STAFF_PATH];

/// What DingTalk answers at which step, what comes of it, with which code, and how far the sign-in got.
type Row = (&'static str, ScriptedReply, FaultKind, Option<&'static str>, usize);

fn seat(result: Value) -> ScriptedReply {
    legacy(&result)
}

fn verdicts() -> Vec<Row> {
    vec![
        (USER_TOKEN_PATH, granted_for(None), OrganisationUnknown, None, 1),
        (USER_TOKEN_PATH, granted_for(Some("")), OrganisationUnknown, None, 1),
        (USER_TOKEN_PATH, granted_for(Some("dingother")), OtherOrganisation, None, 1),
        (USER_TOKEN_PATH, granted_for(Some("DINGCORP0001")), OtherOrganisation, None, 1),
        (ME_PATH, json_reply(200, &profile_with(json!({ "visitor": true }))), NotAMember, None, 2),
        (MEMBER_PATH, refused("60121"), NotAMember, Some("60121"), 4),
        (MEMBER_PATH, seat(json!({ "contact_type": 1, "userid": USERID })), ExternalContact, None, 4),
        (STAFF_PATH, refused("60121"), NotAMember, Some("60121"), 5),
        (STAFF_PATH, legacy(&json!({ "unionid": UNION_ID, "active": false })), InactiveMember, None, 5),
        (STAFF_PATH, legacy(&json!({ "unionid": UNION_ID })), InactiveMember, None, 5),
        (STAFF_PATH, legacy(&json!({ "unionid": "another", "active": true })), BadAnswer, None, 5),
        (STAFF_PATH, legacy(&json!({ "unionid": "abcd0001ieie", "active": true })), BadAnswer, None, 5),
        (STAFF_PATH, legacy(&json!({ "active": true })), BadAnswer, None, 5),
    ]
}

fn unproven() -> Vec<Row> {
    let qps = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi";
    let row = |path, reply, code, kinds| (path, reply, MembershipUnproven, code, kinds);
    vec![
        row(APP_TOKEN_PATH, newer_refused(400, "invalidClientIdOrSecret"), Some("invalidClientIdOrSecret"), 3),
        row(APP_TOKEN_PATH, newer_refused(403, qps), Some(qps), 3),
        row(APP_TOKEN_PATH, raw(504, ""), None, 3),
        row(APP_TOKEN_PATH, json_reply(200, &json!({ "accessToken": "" , "expireIn": 7200 })), None, 3),
        row(APP_TOKEN_PATH, http_fault(HttpFaultKind::Paused), None, 3),
        row(MEMBER_PATH, lacking("qyapi_get_member"), Some("60011"), 4),
        row(MEMBER_PATH, refused("50002"), Some("50002"), 4),
        row(MEMBER_PATH, gateway_refused("60020"), Some("60020"), 4),
        row(MEMBER_PATH, gateway_refused("90018"), Some("90018"), 4),
        row(MEMBER_PATH, refused("-1"), Some("-1"), 4),
        row(MEMBER_PATH, refused("15"), Some("15"), 4),
        row(MEMBER_PATH, gateway_refused("40014"), Some("40014"), 4),
        row(MEMBER_PATH, raw(200, "<html>"), None, 4),
        row(MEMBER_PATH, raw(200, "{"), None, 4),
        row(MEMBER_PATH, http_fault(HttpFaultKind::Timeout), None, 4),
        row(MEMBER_PATH, http_fault(HttpFaultKind::Connect), None, 4),
        // A success that says too little, or something new, is no proof.
        row(MEMBER_PATH, seat(json!({ "contact_type": 2, "userid": USERID })), None, 4),
        row(MEMBER_PATH, seat(json!({ "contact_type": -1, "userid": USERID })), None, 4),
        row(MEMBER_PATH, seat(json!({ "contact_type": "0", "userid": USERID })), None, 4),
        row(MEMBER_PATH, seat(json!({ "userid": USERID })), None, 4),
        row(MEMBER_PATH, seat(json!({ "contact_type": 0 })), None, 4),
        row(MEMBER_PATH, seat(json!({ "contact_type": 0, "userid": "" })), None, 4),
        row(MEMBER_PATH, seat(json!({ "contact_type": 0, "userid": 15 })), None, 4),
        row(MEMBER_PATH, seat(Value::Null), None, 4),
        row(MEMBER_PATH, json_reply(200, &json!({ "result": { "contact_type": 0, "userid": USERID } })), None, 4),
        row(MEMBER_PATH, json_reply(200, &json!({ "errcode": "0", "result": { "contact_type": 0 } })), None, 4),
        row(STAFF_PATH, refused("33012"), Some("33012"), 5),
        row(STAFF_PATH, refused("50002"), Some("50002"), 5),
        row(STAFF_PATH, lacking("qyapi_get_member"), Some("60011"), 5),
        row(STAFF_PATH, gateway_refused("90002"), Some("90002"), 5),
        row(STAFF_PATH, http_fault(HttpFaultKind::Broken), None, 5),
        row(STAFF_PATH, legacy(&json!({ "unionid": UNION_ID, "active": "true" })), None, 5),
        row(STAFF_PATH, legacy(&json!({ "unionid": UNION_ID, "active": true, "mobile": 13_900_139_000_u64 })), None, 5),
    ]
}

#[test]
fn whoever_is_no_active_member_is_turned_away_and_so_is_whoever_cannot_be_proven_one() {
    for (place, reply, kind, code, kinds) in verdicts().into_iter().chain(unproven()) {
        let told = format!("{place} {reply:?} {:?}", reply.as_ref().map(|reply| String::from_utf8_lossy(&reply.body)));
        let host = Organisation::new().with(place, reply).host();
        let fault = Person::among_members(&host).finish().unwrap_err();
        assert_eq!((fault.kind, fault.provider_code.as_deref()), (kind, code), "{told}");
        let asked = paths(&host);
        let reached: Vec<_> = ON_THE_WAY.iter().filter(|path| asked.iter().any(|asked| asked == *path)).collect();
        assert_eq!(reached, ON_THE_WAY[..kinds].iter().collect::<Vec<_>>(), "{told}");
        let explanation = fault.explanation.unwrap();
        assert!(!explanation.message.zh_cn.is_empty() && explanation.remedy.is_some(), "{told}");
    }
}

#[test]
fn what_is_missing_is_named_with_the_page_that_grants_it() {
    let host = Organisation::new().with(MEMBER_PATH, lacking("qyapi_get_member")).host();
    let fault = Person::among_members(&host).finish().unwrap_err();
    assert_eq!((fault.kind, &fault.missing[..]), (MembershipUnproven, &["qyapi_get_member".to_owned()][..]));
    let explanation = fault.explanation.unwrap();
    assert_eq!(explanation.id, "permissions");
    assert_eq!(explanation.search.as_deref(), Some("qyapi_get_member"));
    let page = "https://open-dev.dingtalk.com/appscope/apply?content=dingabc123%23qyapi_get_member";
    assert_eq!(explanation.link.as_deref(), Some(page));
    assert!(fault.chain[0].contains("member"), "{:?}", fault.chain);
}

#[test]
fn members_are_checked_when_the_settings_say_so_and_whenever_anybody_could_sign_up() {
    for (settings, checked) in [
        (json!({}), false),
        (json!({ "membership": "auto", "sign_up": false }), false),
        (json!({ "sign_up": true }), true),
        (json!({ "membership": "auto", "sign_up": true }), true),
        (json!({ "membership": "always", "sign_up": false }), true),
        (json!({ "membership": "never", "sign_up": true }), false),
    ] {
        let host = Organisation::new().host();
        let person = Person::at(&host).with_settings(json!({ "corp_id": CORP_ID })).with_settings(settings.clone());
        let identity = person.finish().unwrap();
        assert_eq!((identity.member, identity.realm.is_some()), (checked, checked), "{settings}");
        let expected: &[&str] = if checked { &ON_THE_WAY } else { &ON_THE_WAY[..2] };
        assert_eq!(paths(&host), expected, "{settings}");
        let url = person.begin("s").unwrap().authorize_url;
        assert_eq!(url.ends_with("&state=s&corpId=dingcorp0001"), checked, "{url}");
    }
}

#[test]
fn an_absent_organisation_does_not_mean_any() {
    for corp_id in [Value::Null, json!("")] {
        let host = Organisation::new().host();
        let person = Person::at(&host).with_settings(json!({ "sign_up": true, "corp_id": corp_id }));
        for fault in [person.begin("s").unwrap_err(), person.finish().unwrap_err(), person.enter().unwrap_err()] {
            assert_eq!(fault.kind, Misconfigured);
            assert!(fault.explanation.is_some());
        }
    }
}

#[test]
fn the_questions_are_those_of_the_documents() {
    let host = Organisation::new().host();
    Person::among_members(&host).finish().unwrap();
    let sent = host.requests();
    assert_eq!(legs(&host), ["user-token", "profile", "app-token", "member", "staff"]);
    assert_eq!(
        sent[3].url,
        "https://oapi.dingtalk.com/topapi/user/getbyunionid?access_token=canaryapptoken00ffeeddccbbaa9988"
    );
    assert_eq!(body(&sent[3]), json!({ "unionid": UNION_ID }));
    assert_eq!(body(&sent[4]), json!({ "userid": USERID, "language": "zh_CN" }));
    assert!(sent.iter().all(|request| request.within_ms.is_some_and(|within| (1_000..=8_000).contains(&within))));
}

#[test]
fn the_directory_s_word_goes_over_the_account_s() {
    let host = Organisation::new().host();
    let identity = Person::among_members(&host).finish().unwrap();
    assert_eq!(identity.subject, UNION_ID);
    assert!(identity.member);
    assert_eq!(identity.tenant.as_deref(), Some(CORP_ID));
    assert_eq!(identity.realm.as_deref(), Some("https://oapi.dingtalk.com/dingcorp0001"));
    let phone = PhoneNumber { number: STAFF_MOBILE.into(), country_code: Some("86".into()) };
    assert_eq!(identity.phone, Some(Claim::directory(phone)));
    assert_eq!(identity.name, Some(Claim::directory("张三丰".into())));
    assert_eq!(identity.email, Some(Claim::directory("sanfeng@corp.example".into())));
    assert_eq!(identity.avatar_url, Some(Claim::account("https://static.example/a.png".into())));
    assert_eq!(identity.groups, ["1", "919000001"].map(|id| Claim::directory(id.to_owned())));
    let also = [("userid", USERID), ("openid", "eFgH0001iEiE")];
    assert_eq!(identity.also, also.map(|(kind, value)| OtherKey { kind: kind.into(), value: value.into() }));
    assert!(identity.former.is_empty());
}

#[test]
fn what_the_directory_lacks_comes_from_the_account() {
    let nothing = json!({ "name": "", "email": null, "org_email": " ", "avatar": null, "dept_id_list": null,
        "mobile": "", "state_code": "" });
    let host = Organisation::new().with_staff(nothing).host();
    let identity = Person::among_members(&host).finish().unwrap();
    assert_eq!(identity.name, Some(Claim::account("张三".into())));
    assert_eq!(identity.email, Some(Claim::account("zhang.san@example.com".into())));
    assert!(identity.groups.is_empty());
    let phone = PhoneNumber { number: MOBILE.into(), country_code: Some("86".into()) };
    assert_eq!(identity.phone, Some(Claim::account(phone)));
    let host = Organisation::new().with_staff(json!({ "org_email": "", "email": "private@corp.example" })).host();
    let identity = Person::among_members(&host).finish().unwrap();
    assert_eq!(identity.email, Some(Claim::directory("private@corp.example".into())));
}

#[test]
fn the_directory_s_number_counts_in_every_documented_form_but_not_masked() {
    let directory = |number: &str, code: Option<&str>| {
        Some(Claim::directory(PhoneNumber { number: number.into(), country_code: code.map(Into::into) }))
    };
    let account = Some(Claim::account(PhoneNumber { number: MOBILE.into(), country_code: Some("86".into()) }));
    for (changes, expected) in [
        (json!({}), directory(STAFF_MOBILE, Some("86"))),
        (json!({ "state_code": null }), directory(STAFF_MOBILE, Some("86"))),
        (json!({ "mobile": "91234567", "state_code": "852" }), directory("91234567", Some("852"))),
        (json!({ "mobile": "+852-91234567", "state_code": "852" }), directory("+852-91234567", None)),
        (json!({ "mobile": "+86-13900139000", "state_code": null }), directory("+86-13900139000", None)),
        (json!({ "mobile": "139****9000" }), account.clone()),
        (json!({ "mobile": "91234567", "state_code": null }), account.clone()),
        (json!({ "mobile": null }), account.clone()),
    ] {
        let host = Organisation::new().with_staff(changes.clone()).host();
        assert_eq!(Person::among_members(&host).finish().unwrap().phone, expected, "{changes}");
    }
}

#[test]
fn nobody_has_a_number_when_neither_knows_one() {
    let me = json_reply(200, &profile_with(json!({ "mobile": null })));
    let host = Organisation::new().with(ME_PATH, me).with_staff(json!({ "mobile": "139****9000" })).host();
    assert_eq!(Person::among_members(&host).finish().unwrap().phone, None);
    assert_eq!(host.log_lines().len(), 1);
}

#[test]
fn the_realm_and_the_questions_follow_the_region() {
    let custom = json!({ "region": "custom", "login_url": "http://127.0.0.1:1", "api_url": "http://127.0.0.1:2",
        "legacy_url": "http://127.0.0.1:3/old/" });
    let host = Organisation::new().host();
    let identity = Person::among_members(&host).with_settings(json!({ "region": "international" })).finish().unwrap();
    assert_eq!(identity.realm.as_deref(), Some("https://oapi.dingtalk.io/dingcorp0001"));
    assert!(host.requests()[3].url.starts_with("https://oapi.dingtalk.io/topapi/"));
    let host = Organisation::new()
        .with("/old/topapi/user/getbyunionid", legacy(&json!({ "contact_type": 0, "userid": USERID })))
        .with("/old/topapi/v2/user/get", legacy(&staff()))
        .host();
    let identity = Person::among_members(&host).with_settings(custom).finish().unwrap();
    assert_eq!(identity.realm.as_deref(), Some("http://127.0.0.1:3/old/dingcorp0001"));
}

#[test]
fn a_person_without_a_telephone_number_is_a_member_all_the_same() {
    let me = json_reply(200, &json!({ "unionId": UNION_ID }));
    let nothing = legacy(&json!({ "unionid": UNION_ID, "active": true }));
    let host = Organisation::new().with(ME_PATH, me).with(STAFF_PATH, nothing).host();
    let identity = Person::among_members(&host).finish().unwrap();
    assert!(identity.member && identity.phone.is_none() && identity.name.is_none());
}
