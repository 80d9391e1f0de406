//! The application's token: one for all, refreshed early, dropped when it is not taken, and nobody's identity.

use std::time::Duration;

use plugin_api::Channel;
use plugin_api::FaultKind::*;
use plugin_api::testing::FakeHost;
use serde_json::json;

use crate::sign_in::all;
use crate::support::{
    APP_TOKEN_PATH, CLIENT_CODE_PATH, CODE, CORP_ID, ME_PATH, MEMBER_PATH, Organisation, Person, STAFF_PATH,
    USER_TOKEN_PATH, app_token, body, gateway_refused, json_token, legacy, newer_refused, ok, path, paths, refused,
    staff,
};

fn count(host: &FakeHost, wanted: &str) -> usize {
    paths(host).iter().filter(|path| *path == wanted).count()
}

#[test]
fn is_asked_for_once_until_ten_minutes_before_its_end() {
    let host = Organisation::new().host();
    let person = Person::among_members(&host);
    for _ in 0..3 {
        person.finish().unwrap();
        person.enter().unwrap();
    }
    assert_eq!(count(&host, APP_TOKEN_PATH), 1);
    host.advance(Duration::from_secs(6_590));
    person.finish().unwrap();
    assert_eq!(count(&host, APP_TOKEN_PATH), 1);
    host.advance(Duration::from_secs(10));
    person.finish().unwrap();
    assert_eq!(count(&host, APP_TOKEN_PATH), 2);
}

#[test]
fn belongs_to_an_application_a_secret_and_a_server() {
    let host = Organisation::new().host();
    Person::among_members(&host).enter().unwrap();
    for other in [
        json!({ "client_id": "dingother" }),
        json!({ "client_secret": "another secret" }),
        json!({ "region": "international" }),
    ] {
        let before = count(&host, APP_TOKEN_PATH);
        Person::among_members(&host).with_settings(other).enter().unwrap();
        assert_eq!(count(&host, APP_TOKEN_PATH), before + 1);
    }
}

#[test]
fn is_replaced_once_when_dingtalk_does_not_take_it_any_more() {
    for rejected in [gateway_refused("40014"), gateway_refused("42001"), newer_refused(400, "InvalidAuthentication")] {
        for place in [MEMBER_PATH, STAFF_PATH] {
            let good = if place == STAFF_PATH { legacy(&staff()) } else { seat() };
            let host = Organisation::new()
                .with_each(APP_TOKEN_PATH, [json_token("first"), json_token("second")])
                .with_each(place, [rejected.clone(), good])
                .host();
            Person::among_members(&host).finish().unwrap();
            let asked: Vec<_> = host.requests().into_iter().filter(|request| path(request) == place).collect();
            assert_eq!(asked.len(), 2);
            assert!(asked[0].url.ends_with("=first") && asked[1].url.ends_with("=second"));
            assert_eq!(count(&host, APP_TOKEN_PATH), 2);
        }
    }
}

#[test]
fn is_replaced_once_and_not_for_ever() {
    let host = Organisation::new().with(MEMBER_PATH, gateway_refused("40014")).host();
    assert_eq!(Person::among_members(&host).finish().unwrap_err().kind, MembershipUnproven);
    assert_eq!((count(&host, MEMBER_PATH), count(&host, APP_TOKEN_PATH)), (2, 2));
}

/// A one-time code is not sent a second time, but whoever comes next finds a good token.
#[test]
fn is_replaced_for_the_next_one_when_it_went_with_a_code() {
    let host = Organisation::new()
        .with_each(APP_TOKEN_PATH, [json_token("first"), json_token("second")])
        .with_each(CLIENT_CODE_PATH, [gateway_refused("40014"), whose()])
        .host();
    let person = Person::among_members(&host);
    person.enter().unwrap_err();
    assert_eq!(count(&host, CLIENT_CODE_PATH), 1);
    person.enter().unwrap();
    assert_eq!(count(&host, APP_TOKEN_PATH), 2);
}

#[test]
fn is_made_once_however_many_need_it() {
    let host = Organisation::new().host();
    let person = Person::among_members(&host);
    let attempts = (0..20).map(|_| person.finishing(&[("code", CODE)])).collect();
    assert!(host.run(all(attempts)).unwrap().into_iter().all(|outcome| outcome.is_ok()));
    assert_eq!((count(&host, APP_TOKEN_PATH), count(&host, USER_TOKEN_PATH)), (1, 20));
}

#[test]
fn is_replaced_once_however_many_notice() {
    let host = FakeHost::new(|request| match path(request) {
        CLIENT_CODE_PATH => whose(),
        STAFF_PATH if request.url.ends_with("=first") => gateway_refused("40014"),
        STAFF_PATH => legacy(&staff()),
        _ => json_token("second"),
    });
    let cx = host.context(json!({}));
    let key = ["app-token", "https://api.dingtalk.com", "dingabc123", crate::support::SECRET].join("\u{1f}");
    let stale = || async { Ok((b"first".to_vec(), Duration::from_secs(3_600))) };
    host.run(cx.cached_together(&key, stale)).unwrap().unwrap();
    let person = Person::among_members(&host);
    let attempts = (0..10).map(|_| person.coming(Channel::Client, &[("code", CODE)])).collect();
    assert!(host.run(all(attempts)).unwrap().into_iter().all(|outcome| outcome.is_ok()));
    assert_eq!(count(&host, APP_TOKEN_PATH), 1);
}

/// Two who come back at the same time share the application's token and nothing else, whichever way their answers are
/// interleaved: person B never gets person A's identity.
#[test]
fn never_makes_one_person_of_two() {
    let host = FakeHost::new(|request| {
        let asked = body(request);
        let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
        match path(request) {
            USER_TOKEN_PATH => ok(&json!({ "accessToken": format!("token-{}", text("code")), "corpId": CORP_ID })),
            APP_TOKEN_PATH => ok(&app_token()),
            ME_PATH => {
                let person = request.headers["x-acs-dingtalk-access-token"].replace("token-", "");
                ok(&json!({ "unionId": format!("union-{person}"), "nick": person }))
            }
            CLIENT_CODE_PATH => {
                let person = text("code");
                legacy(&json!({ "userid": format!("user-{person}"), "unionid": format!("union-{person}") }))
            }
            MEMBER_PATH => legacy(&json!({ "contact_type": 0, "userid": text("unionid").replace("union-", "user-") })),
            STAFF_PATH => {
                let person = text("userid").replace("user-", "");
                legacy(&json!({ "unionid": format!("union-{person}"), "active": true, "name": person,
                    "mobile": format!("1380013800{}", person.len()), "dept_id_list": [person.len()] }))
            }
            _ => refused("22"),
        }
    });
    let person = Person::among_members(&host);
    let names: Vec<String> = (1..=9).map(|n| "a".repeat(n)).collect();
    let attempts = names
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let (person, host) = (&person, &host);
            async move {
                // Everybody starts at another moment of the others' sign-ins.
                let cx = host.context(json!({}));
                cx.sleep(Duration::from_millis(7 * n as u64)).await;
                let channel = if n % 2 == 0 { Channel::Redirect } else { Channel::Client };
                person.coming(channel, &[("code", name)]).await
            }
        })
        .collect();
    for (name, identity) in names.iter().zip(host.run(all(attempts)).unwrap()) {
        let identity = identity.unwrap();
        assert_eq!(identity.subject, format!("union-{name}"));
        assert_eq!(identity.name.unwrap().value, *name);
        assert_eq!(identity.also[0].value, format!("user-{name}"));
        assert_eq!(identity.groups[0].value, name.len().to_string());
        assert!(identity.phone.unwrap().value.number.ends_with(&name.len().to_string()));
    }
    assert_eq!(count(&host, APP_TOKEN_PATH), 1);
}

fn seat() -> plugin_api::testing::ScriptedReply {
    legacy(&json!({ "contact_type": 0, "userid": crate::support::USERID }))
}

fn whose() -> plugin_api::testing::ScriptedReply {
    legacy(&json!({ "userid": crate::support::USERID, "unionid": crate::support::UNION_ID }))
}
