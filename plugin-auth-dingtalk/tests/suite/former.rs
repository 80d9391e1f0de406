//! People whose account was turned into an enterprise account, and got another `unionId` with it.

use std::time::Duration;

use plugin_api::FaultKind::*;
use plugin_api::testing::{FakeHost, ScriptedReply, http_fault, json_reply};
use plugin_api::{HttpFaultKind, Level};
use serde_json::{Value, json};

use crate::support::{APP_TOKEN, FORMER_PATH, Organisation, Person, UNION_ID, newer_refused, ok, path, paths, raw};

fn asked(host: &FakeHost) -> usize {
    paths(host).iter().filter(|path| *path == FORMER_PATH).count()
}

fn enterprise(reply: ScriptedReply) -> FakeHost {
    Organisation::new().with_staff(json!({ "exclusive_account": true })).with(FORMER_PATH, reply).host()
}

#[test]
fn the_former_subject_is_asked_for_as_documented() {
    let host = enterprise(ok(&json!({ "unionId": "oldUnion" })));
    for identity in [Person::among_members(&host).finish().unwrap(), Person::among_members(&host).enter().unwrap()] {
        assert_eq!(identity.subject, UNION_ID);
        assert_eq!(identity.former, ["oldUnion"]);
    }
    let request = host.requests().into_iter().find(|request| path(request) == FORMER_PATH).unwrap();
    assert!(request.url.ends_with("?migrationUnionId=aBcD0001iEiE"), "{}", request.url);
    assert_eq!(request.headers["x-acs-dingtalk-access-token"], APP_TOKEN);
    assert_eq!(request.leg.as_deref(), Some("migration"));
}

#[test]
fn ordinary_accounts_are_not_asked_about() {
    for exclusive in [json!(false), Value::Null] {
        let host = Organisation::new().with_staff(json!({ "exclusive_account": exclusive })).host();
        assert!(Person::among_members(&host).finish().unwrap().former.is_empty());
        assert_eq!(asked(&host), 0);
    }
}

#[test]
fn an_answer_is_kept_for_a_day() {
    for answer in [json!({ "unionId": "oldUnion" }), json!({})] {
        let host = enterprise(ok(&answer));
        let person = Person::among_members(&host);
        let first = person.finish().unwrap().former;
        host.advance(Duration::from_secs(23 * 3_600));
        assert_eq!(person.enter().unwrap().former, first);
        assert_eq!(asked(&host), 1);
        host.advance(Duration::from_secs(3_600));
        person.finish().unwrap();
        assert_eq!(asked(&host), 2);
    }
}

#[test]
fn is_read_in_every_shape_that_was_seen_and_in_no_other() {
    let pair = |new: &str| json!({ "migrationUnionId": new, "unionId": "oldUnion" });
    for (answer, found) in [
        (json!({ "unionId": "oldUnion" }), true),
        (json!({ "result": { "unionId": "oldUnion" } }), true),
        (json!({ "result": [pair("somebody"), pair(UNION_ID)] }), true),
        (json!({ "list": [pair(UNION_ID)] }), true),
        (json!({ UNION_ID: "oldUnion" }), true),
        (json!({ "result": [pair("somebody")] }), false),
        (json!({ "result": ["oldUnion"] }), false),
        (json!({ "unionId": UNION_ID }), false),
        (json!({ "unionId": "" }), false),
        (json!({ "unionId": "old union" }), false),
        (json!({ "unionId": 7 }), false),
        (json!({ "somebody": "oldUnion" }), false),
        (json!({}), false),
    ] {
        let former = Person::among_members(&enterprise(ok(&answer))).finish().unwrap().former;
        assert_eq!(former, if found { vec!["oldUnion".to_owned()] } else { vec![] }, "{answer}");
    }
}

#[test]
fn without_the_permission_the_sign_in_goes_on_and_says_so_in_the_log() {
    let denied = json_reply(
        403,
        &json!({ "code": "Forbidden.AccessDenied.AccessTokenPermissionDenied",
            "accessdenieddetail": { "requiredScopes": ["Contact.OrgAccountMigration.Read"] } }),
    );
    let host = enterprise(denied);
    assert!(Person::among_members(&host).finish().unwrap().former.is_empty());
    let lines = host.log_lines();
    assert_eq!((lines.len(), lines[0].level), (1, Level::Warn));
    assert!(lines[0].fields.to_string().contains("Contact.OrgAccountMigration.Read"));
}

#[test]
fn where_nothing_is_on_record_there_is_none() {
    for code in ["illegal.migration.unionId", "invalid.userid", "InvalidAction.NotFound"] {
        let host = enterprise(newer_refused(400, code));
        assert!(Person::among_members(&host).finish().unwrap().former.is_empty());
        assert!(host.log_lines().is_empty());
        Person::among_members(&host).finish().unwrap();
        assert_eq!(asked(&host), 1);
    }
}

/// To go on would make a second user of somebody who has one.
#[test]
fn a_passing_trouble_ends_the_sign_in() {
    for reply in [
        raw(504, ""),
        newer_refused(500, "system.busy"),
        newer_refused(403, "Forbidden.AccessDenied.QpsLimitForApi"),
        http_fault(HttpFaultKind::Timeout),
        http_fault(HttpFaultKind::Paused),
    ] {
        let host = enterprise(reply);
        assert_eq!(Person::among_members(&host).finish().unwrap_err().kind, Unavailable);
        assert_eq!(host.open_leases(), 0);
    }
}
