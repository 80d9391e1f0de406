//! Which `unionId` belongs to other identifiers of people.

use plugin_api::FaultKind::{self, *};
use plugin_api::testing::{FakeHost, ScriptedReply, http_fault};
use plugin_api::{HttpFaultKind, Resolution};
use serde_json::json;

use crate::support::{
    MOBILE_PATH, NEWER_PATH, Organisation, Person, STAFF_PATH, UNION_ID, body, gateway_refused, lacking, legacy, legs,
    newer_refused, ok, path, paths, refused, staff,
};

fn subject() -> Resolution {
    Resolution::Subject(UNION_ID.into())
}

fn resolve_one(host: &FakeHost, kind: &str, value: &str) -> Result<Resolution, FaultKind> {
    let person = Person::at(host).with_settings(json!({ "corp_id": "dingcorp0001" }));
    let resolutions = person.resolve(kind, &[value]).map_err(|fault| fault.kind)?;
    assert_eq!(resolutions.len(), 1);
    Ok(resolutions[0].clone())
}

#[test]
fn a_userid_is_looked_up_in_the_directory() {
    let host = Organisation::new().with_staff(json!({ "active": false })).host();
    assert_eq!(resolve_one(&host, "userid", "0150000001"), Ok(subject()));
    assert_eq!(legs(&host), ["app-token", "staff"]);
    assert_eq!(body(&host.requests()[1])["userid"], "0150000001");
}

#[test]
fn every_answer_has_its_resolution() {
    use Resolution::{Nobody, Unknown};
    for (reply, expected) in [
        (refused("60121"), Ok(Nobody)),
        (refused("33012"), Ok(Nobody)),
        (refused("50002"), Ok(Unknown)),
        (gateway_refused("90018"), Ok(Unknown)),
        (refused("-1"), Ok(Unknown)),
        (http_fault(HttpFaultKind::Timeout), Ok(Unknown)),
        (legacy(&json!({ "userid": "x" })), Ok(Unknown)),
        (lacking("qyapi_get_member"), Err(PermissionMissing)),
        (gateway_refused("60020"), Err(AddressNotAllowed)),
        (http_fault(HttpFaultKind::NotAllowed), Err(Misconfigured)),
    ] {
        let host = Organisation::new().with(STAFF_PATH, reply).host();
        assert_eq!(resolve_one(&host, "userid", "u"), expected);
    }
}

#[test]
fn a_lasting_trouble_after_a_success_leaves_the_rest_unknown() {
    let host = Organisation::new().with_each(STAFF_PATH, [legacy(&staff()), lacking("qyapi_get_member")]).host();
    let resolutions = Person::at(&host).resolve("userid", &["a", "b", "c"]).unwrap();
    assert_eq!(resolutions, [subject(), Resolution::Unknown, Resolution::Unknown]);
    assert_eq!(paths(&host).len(), 3);
}

fn found(userid: &str, exclusive: &[&str]) -> ScriptedReply {
    legacy(&json!({ "userid": userid, "exclusive_account_userid_list": exclusive }))
}

#[test]
fn a_number_is_looked_up_in_the_spelling_of_dingtalk() {
    for (phone, spelled) in [
        ("+8613800138000", &["13800138000", "+86-13800138000"][..]),
        ("+85291234567", &["+852-91234567"]),
        ("+6591234567", &["+65-91234567"]),
        ("+14155550100", &["+1-4155550100"]),
        ("+989121234567", &["+98-9121234567"]),
        ("+35312345678", &["+353-12345678"]),
        // An import may have them as people write them; without a calling code only what can be nothing else.
        ("13800138000", &["13800138000", "+86-13800138000"]),
        ("+852 9123-4567", &["+852-91234567"]),
        ("91234567", &[]),
        ("138****8000", &[]),
        ("+86138****8000", &[]),
        ("+", &[]),
        ("", &[]),
        ("+0123456789", &[]),
    ] {
        let host = Organisation::new().host();
        assert_eq!(resolve_one(&host, "phone", phone), Ok(Resolution::Nobody), "{phone}");
        let asked: Vec<_> = host.requests().iter().filter(|request| path(request) == MOBILE_PATH).map(body).collect();
        let expected = |number: &&str| json!({ "mobile": number, "support_exclusive_account_search": true });
        assert_eq!(asked, spelled.iter().map(expected).collect::<Vec<_>>(), "{phone}");
    }
}

#[test]
fn a_number_leads_to_one_person_or_to_none() {
    use Resolution::{Ambiguous, Nobody};
    for (reply, expected) in [
        (found("u", &[]), Ok(subject())),
        (found("", &["u"]), Ok(subject())),
        (found("u", &["u"]), Ok(subject())),
        (found("u", &["v"]), Ok(Ambiguous)),
        (found("", &["v", "w"]), Ok(Ambiguous)),
        (found("", &[]), Ok(Nobody)),
        (legacy(&json!({})), Ok(Nobody)),
        (refused("40104"), Ok(Nobody)),
        (gateway_refused("90018"), Ok(Resolution::Unknown)),
        (lacking("qyapi_get_member_by_mobile"), Err(PermissionMissing)),
    ] {
        let host = Organisation::new().with(MOBILE_PATH, reply).host();
        assert_eq!(resolve_one(&host, "phone", "+85291234567"), expected);
    }
    let host = Organisation::new().with_each(MOBILE_PATH, [refused("60121"), found("u", &[])]).host();
    assert_eq!(resolve_one(&host, "phone", "+8613800138000"), Ok(subject()));
}

#[test]
fn an_open_id_needs_the_person_and_asks_nobody() {
    let host = Organisation::new().host();
    let resolutions = Person::at(&host).resolve("openid", &["a", "b"]).unwrap();
    assert_eq!(resolutions, [Resolution::NeedsPerson, Resolution::NeedsPerson]);
    assert!(paths(&host).is_empty());
    assert_eq!(resolve_one(&host, "email", "a@b"), Err(Misconfigured));
    assert_eq!(Person::at(&host).resolve("userid", &[]).unwrap(), []);
}

#[test]
fn a_subject_stays_unless_there_is_a_newer_one() {
    let newer = || Ok(Resolution::Subject("newUnion".into()));
    let same = || Ok(Resolution::Subject("oldUnion".into()));
    for (reply, expected) in [
        (ok(&json!({ "migrationUnionIdList": { "oldUnion": "newUnion" } })), newer()),
        (ok(&json!({ "oldUnion": "newUnion" })), newer()),
        (ok(&json!({ "migrationUnionIdList": { "dingcorp0001": "newUnion", "another": "x" } })), newer()),
        (ok(&json!({ "migrationUnionIdList": { "alone": "newUnion" } })), newer()),
        (ok(&json!({ "migrationUnionIdList": { "one": "newUnion", "another": "x" } })), same()),
        (ok(&json!({ "migrationUnionIdList": {} })), same()),
        (ok(&json!({ "another": "newUnion" })), same()),
        (ok(&json!({ "migrationUnionId": "newUnion" })), newer()),
        (ok(&json!({ "result": { "migrationUnionId": "newUnion" } })), newer()),
        (ok(&json!({})), same()),
        (newer_refused(400, "invalid.unionId"), same()),
        (newer_refused(404, "InvalidAction.NotFound"), same()),
        (newer_refused(500, "system.busy"), Ok(Resolution::Unknown)),
        (newer_refused(400, "InvalidAuthentication"), Ok(Resolution::Unknown)),
        (newer_refused(403, "Forbidden.AccessDenied.AccessTokenPermissionDenied"), Err(PermissionMissing)),
    ] {
        let host = Organisation::new().with(NEWER_PATH, reply).host();
        assert_eq!(resolve_one(&host, "subject", "oldUnion"), expected);
        let request = host.requests().into_iter().find(|request| path(request) == NEWER_PATH).unwrap();
        assert!(request.url.ends_with("?unionId=oldUnion"));
    }
}

#[test]
fn many_are_asked_for_one_after_the_other_within_the_time_of_a_call() {
    let host = Organisation::new().host();
    let values: Vec<String> = (0..50).map(|n| format!("u{n}")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let before = host.context(json!({})).now_ms();
    let resolutions = Person::at(&host).resolve("userid", &values).unwrap();
    let took = host.context(json!({})).now_ms() - before;
    assert!(resolutions.iter().all(|resolution| *resolution == subject()));
    assert!((3_000..8_000).contains(&took), "less than twenty a second, and done in time: {took}");

    let slow = FakeHost::with_script(
        std::sync::Arc::new(|request| {
            if path(request) == STAFF_PATH { legacy(&staff()) } else { ok(&crate::support::app_token()) }
        }),
        std::time::Duration::from_millis(900),
    );
    let before = slow.context(json!({})).now_ms();
    let resolutions = Person::at(&slow).resolve("userid", &values).unwrap();
    let known = resolutions.iter().filter(|resolution| **resolution == subject()).count();
    assert!((5..10).contains(&known), "{known}");
    assert_eq!(resolutions.len(), 50);
    assert!(slow.context(json!({})).now_ms() - before < 9_500);
}
