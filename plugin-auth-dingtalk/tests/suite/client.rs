//! Inside the DingTalk client: a code of another kind, and no account of the person's own.

use plugin_api::FaultKind::*;
use plugin_api::testing::http_fault;
use plugin_api::{Claim, HttpFaultKind, OtherKey, PhoneNumber};
use serde_json::json;

use crate::support::{
    APP_TOKEN_PATH, CLIENT_CODE_PATH, CODE, CORP_ID, Organisation, Person, STAFF_MOBILE, STAFF_PATH, UNION_ID, USERID,
    body, gateway_refused, lacking, legacy, legs, newer_refused, paths, refused,
};

#[test]
fn asks_the_endpoint_of_its_own_and_then_the_directory() {
    let host = Organisation::new().host();
    let identity = Person::among_members(&host).enter().unwrap();
    assert_eq!(legs(&host), ["app-token", "client-code", "staff"]);
    let sent = host.requests();
    assert!(sent[1].url.starts_with("https://oapi.dingtalk.com/topapi/v2/user/getuserinfo?access_token="));
    assert_eq!(body(&sent[1]), json!({ "code": CODE }));
    assert_eq!((identity.subject.as_str(), identity.tenant.as_deref()), (UNION_ID, Some(CORP_ID)));
    assert!(identity.member);
    assert_eq!(identity.realm.as_deref(), Some("https://oapi.dingtalk.com/dingcorp0001"));
    assert_eq!(identity.also, [OtherKey { kind: "userid".into(), value: USERID.into() }]);
    let phone = PhoneNumber { number: STAFF_MOBILE.into(), country_code: Some("86".into()) };
    assert_eq!(identity.phone, Some(Claim::directory(phone)));
    assert_eq!((identity.name.unwrap().value.as_str(), identity.avatar_url), ("张三丰", None));
}

#[test]
fn is_the_same_person_in_the_same_realm_as_in_the_browser() {
    let host = Organisation::new().host();
    let (web, client) = (Person::among_members(&host).finish().unwrap(), Person::among_members(&host).enter().unwrap());
    assert_eq!((web.subject, web.realm, web.tenant), (client.subject, client.realm, client.tenant));
}

#[test]
fn membership_is_proven_whatever_the_settings_say_about_the_browser() {
    for settings in [json!({ "membership": "never" }), json!({ "membership": "auto", "sign_up": false })] {
        let host = Organisation::new().with_staff(json!({ "active": false })).host();
        let fault = Person::among_members(&host).with_settings(settings).enter().unwrap_err();
        assert_eq!(fault.kind, InactiveMember);
    }
}

/// A code of either kind is never sent where the other is taken, whatever its name is.
#[test]
fn the_two_kinds_of_codes_never_meet() {
    let host = Organisation::new().host();
    assert_eq!(Person::among_members(&host).enter_with(&[("authCode", CODE)]).unwrap_err().kind, BadAnswer);
    assert_eq!(Person::among_members(&host).enter_with(&[("code", "")]).unwrap_err().kind, BadAnswer);
    assert!(paths(&host).is_empty());
    Person::among_members(&host).enter_with(&[("code", CODE), ("authCode", "another")]).unwrap();
    assert_eq!(body(&host.requests()[1]), json!({ "code": CODE }));
    let host = Organisation::new().host();
    Person::among_members(&host).finish().unwrap();
    assert!(!paths(&host).contains(&CLIENT_CODE_PATH.to_owned()));
}

#[test]
fn every_refusal_has_its_kind_and_the_code_is_sent_once() {
    let busy = "Forbidden.AccessDenied.QpsLimitForApi";
    for (place, reply, kind, code) in [
        (
            APP_TOKEN_PATH,
            newer_refused(400, "invalidClientIdOrSecret"),
            CredentialsRejected,
            Some("invalidClientIdOrSecret"),
        ),
        (APP_TOKEN_PATH, newer_refused(403, busy), Busy, Some(busy)),
        (CLIENT_CODE_PATH, refused("40078"), CodeRejected, Some("40078")),
        (CLIENT_CODE_PATH, refused("40079"), NotAMember, Some("40079")),
        (CLIENT_CODE_PATH, lacking("qyapi_base"), PermissionMissing, Some("60011")),
        (CLIENT_CODE_PATH, refused("-1"), Busy, Some("-1")),
        (CLIENT_CODE_PATH, gateway_refused("90018"), Busy, Some("90018")),
        (CLIENT_CODE_PATH, gateway_refused("40014"), BadAnswer, Some("40014")),
        (CLIENT_CODE_PATH, http_fault(HttpFaultKind::Broken), Unavailable, None),
        (CLIENT_CODE_PATH, http_fault(HttpFaultKind::Timeout), Slow, None),
        (CLIENT_CODE_PATH, legacy(&json!({ "userid": USERID })), BadAnswer, None),
        (CLIENT_CODE_PATH, legacy(&json!({ "unionid": UNION_ID })), BadAnswer, None),
        (CLIENT_CODE_PATH, legacy(&json!({ "userid": "", "unionid": UNION_ID })), BadAnswer, None),
        (CLIENT_CODE_PATH, legacy(&json!({ "userid": USERID, "unionid": "a b" })), BadAnswer, None),
        (CLIENT_CODE_PATH, legacy(&json!({ "userid": USERID, "unionid": "another" })), BadAnswer, None),
        (STAFF_PATH, refused("60121"), NotAMember, Some("60121")),
        (STAFF_PATH, lacking("qyapi_get_member"), MembershipUnproven, Some("60011")),
        (STAFF_PATH, http_fault(HttpFaultKind::Timeout), MembershipUnproven, None),
    ] {
        let host = Organisation::new().with(place, reply).host();
        let fault = Person::among_members(&host).enter().unwrap_err();
        assert_eq!((fault.kind, fault.provider_code.as_deref()), (kind, code));
        assert!(fault.explanation.is_some());
        let sent = paths(&host).iter().filter(|path| *path == CLIENT_CODE_PATH).count();
        assert!(sent <= 1, "{fault}");
    }
}
