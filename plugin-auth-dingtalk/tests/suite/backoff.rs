//! When DingTalk limits the calls: what is asked again, how late, and what is not.

use plugin_api::FaultKind::*;
use plugin_api::testing::{FakeHost, ScriptedReply, json_reply};
use serde_json::{Value, json};

use crate::support::{
    APP_TOKEN_PATH, CLIENT_CODE_PATH, ME_PATH, MEMBER_PATH, Organisation, Person, STAFF_PATH, USER_TOKEN_PATH,
    app_token, gateway_refused, legacy, newer_refused, ok, paths, profile, raw, refused, staff,
};

const QPS: &str = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi";

fn count(host: &FakeHost, wanted: &str) -> usize {
    paths(host).iter().filter(|path| *path == wanted).count()
}

fn now(host: &FakeHost) -> u64 {
    host.context(json!({})).now_ms()
}

fn limits() -> [ScriptedReply; 6] {
    [
        newer_refused(403, QPS),
        newer_refused(403, "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"),
        gateway_refused("90018"),
        refused("90002"),
        refused("-1"),
        json_reply(429, &Value::Null),
    ]
}

#[test]
fn a_limit_that_passes_is_waited_for() {
    for limit in limits() {
        for (place, good) in [
            (ME_PATH, ok(&profile())),
            (APP_TOKEN_PATH, ok(&app_token())),
            (MEMBER_PATH, legacy(&json!({ "contact_type": 0, "userid": "u" }))),
            (STAFF_PATH, legacy(&staff())),
        ] {
            let host = Organisation::new().with_each(place, [limit.clone(), limit.clone(), good]).host();
            let before = now(&host);
            Person::among_members(&host).finish().unwrap();
            assert_eq!(count(&host, place), 3, "{place}");
            let took = now(&host) - before;
            assert!((3_000..4_200).contains(&took), "{place}: one second, two seconds, and some jitter: {took}");
        }
    }
}

#[test]
fn three_times_and_then_it_is_busy_and_never_a_missing_permission() {
    for limit in limits() {
        let host = Organisation::new().with(ME_PATH, limit).host();
        let fault = Person::at(&host).finish().unwrap_err();
        assert_eq!((fault.kind, count(&host, ME_PATH)), (Busy, 3));
        assert!(fault.missing.is_empty());
    }
}

#[test]
fn all_pauses_of_a_call_together_leave_time_to_answer() {
    let (first, second, third) = (newer_refused(403, QPS), newer_refused(403, QPS), refused("90018"));
    let host = Organisation::new()
        .with_each(ME_PATH, [first.clone(), first, ok(&profile())])
        .with_each(APP_TOKEN_PATH, [second.clone(), second, ok(&app_token())])
        .with(MEMBER_PATH, third)
        .host();
    let before = now(&host);
    assert_eq!(Person::among_members(&host).finish().unwrap_err().kind, MembershipUnproven);
    let took = now(&host) - before;
    assert!(took < 6_500, "{took}");
}

#[test]
fn those_who_were_turned_away_together_do_not_come_back_together() {
    let mut pauses = std::collections::BTreeSet::new();
    for n in 0..20 {
        let host = Organisation::new().with_each(ME_PATH, [newer_refused(403, QPS), ok(&profile())]).host();
        host.advance(std::time::Duration::from_millis(n));
        let before = now(&host);
        Person::at(&host).finish().unwrap();
        pauses.insert(now(&host) - before);
    }
    assert!(pauses.len() > 10, "{pauses:?}");
}

#[test]
fn what_lasts_or_is_no_limit_is_not_asked_again() {
    let flood = r#"{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"a1b2"}"#;
    for (reply, kind) in [
        (refused("90020"), Busy),
        (newer_refused(403, "Forbidden.AccessDenied.ApiCountLimitForOrg"), Busy),
        (raw(200, "<html>"), Busy),
        (raw(403, flood), Busy),
        (raw(504, ""), Unavailable),
        (newer_refused(403, "Forbidden.AccessDenied.AccessTokenPermissionDenied"), PermissionMissing),
    ] {
        let host = Organisation::new().with(ME_PATH, reply).host();
        let fault = Person::at(&host).finish().unwrap_err();
        assert_eq!((fault.kind, count(&host, ME_PATH)), (kind, 1));
    }
    let host = Organisation::new().with(ME_PATH, raw(403, flood)).host();
    assert_eq!(Person::at(&host).finish().unwrap_err().retry_after_ms, Some(300_000));
}

/// UP-4: a code is never sent again, whatever kept it from being answered.
#[test]
fn a_code_is_not_sent_again() {
    for limit in limits() {
        let host = Organisation::new().with(USER_TOKEN_PATH, limit.clone()).with(CLIENT_CODE_PATH, limit).host();
        assert_eq!(Person::among_members(&host).finish().unwrap_err().kind, Busy);
        assert_eq!(Person::among_members(&host).enter().unwrap_err().kind, Busy);
        assert_eq!((count(&host, USER_TOKEN_PATH), count(&host, CLIENT_CODE_PATH)), (1, 1));
    }
}
