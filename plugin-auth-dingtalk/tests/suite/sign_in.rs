//! From a code to a person.

use std::future::poll_fn;
use std::task::Poll;

use plugin_api::testing::FakeHost;
use plugin_api::{Method, PhoneNumber, Provenance};
use serde_json::json;

use crate::support::{
    CODE, MOBILE, Person, SECRET, TOKEN, body, dingtalk_with, granted, ok, path, paths, profile, profile_with,
};

#[test]
fn makes_the_two_documented_requests_and_no_other() {
    let host = dingtalk_with(profile());
    Person::at(&host).finish().unwrap();
    let sent = host.requests();
    let [exchange, me] = &sent[..] else { panic!("{sent:?}") };

    assert_eq!(
        (exchange.method, exchange.url.as_str()),
        (Method::Post, "https://api.dingtalk.com/v1.0/oauth2/userAccessToken")
    );
    assert!(exchange.headers.is_empty(), "the host sends JSON as such");
    assert_eq!(
        body(exchange),
        json!({ "clientId": "dingabc123", "clientSecret": SECRET, "code": CODE, "grantType": "authorization_code" })
    );

    assert_eq!((me.method, me.url.as_str()), (Method::Get, "https://api.dingtalk.com/v1.0/contact/users/me"));
    assert_eq!(me.headers.iter().collect::<Vec<_>>(), [(&"x-acs-dingtalk-access-token".to_owned(), &TOKEN.to_owned())]);
    assert!(me.body.is_none());
}

#[test]
fn asks_the_servers_of_the_region() {
    let custom = json!({ "region": "custom", "login_url": "http://127.0.0.1:1", "api_url": "http://127.0.0.1:2/api/" });
    for (settings, base) in [
        (json!({ "region": "international" }), "https://api.dingtalk.io/v1.0/"),
        (custom, "http://127.0.0.1:2/api/v1.0/"),
    ] {
        let host = FakeHost::new(|request| if request.url.ends_with("/users/me") { ok(&profile()) } else { granted() });
        Person::at(&host).with_settings(settings).finish().unwrap();
        assert!(host.requests().iter().all(|request| request.url.starts_with(base)));
    }
}

#[test]
fn tells_who_the_person_is() {
    let identity = Person::at(&dingtalk_with(profile())).finish().unwrap();
    assert_eq!(identity.subject, "aBcD0001iEiE");
    assert_eq!(identity.tenant.as_deref(), Some("dingcorp0001"));
    let phone = identity.phone.unwrap();
    assert_eq!(phone.value, PhoneNumber { number: MOBILE.into(), country_code: Some("86".into()) });
    let (email, name, avatar) = (identity.email.unwrap(), identity.name.unwrap(), identity.avatar_url.unwrap());
    assert_eq!(email.value, "zhang.san@example.com");
    assert_eq!(name.value, "张三");
    assert_eq!(avatar.value, "https://static.example/a.png");
    for provenance in [phone.provenance, email.provenance, name.provenance, avatar.provenance] {
        assert_eq!(provenance, Provenance::Account, "users/me is about the account, not about the organisation");
    }
    assert!(identity.groups.is_empty());
}

#[test]
fn has_no_tenant_when_dingtalk_names_none() {
    for token in [json!({ "accessToken": TOKEN }), json!({ "accessToken": TOKEN, "corpId": "" })] {
        let host =
            FakeHost::new(move |request| ok(&if path(request).ends_with("/me") { profile() } else { token.clone() }));
        assert_eq!(Person::at(&host).finish().unwrap().tenant, None);
    }
}

#[test]
fn never_mixes_people_who_sign_in_at_once() {
    // Each code has its own token and each token its own person; all attempts share settings, servers and host.
    let host = FakeHost::new(|request| {
        if path(request).ends_with("/users/me") {
            let token = &request.headers["x-acs-dingtalk-access-token"];
            return ok(&profile_with(json!({ "unionId": format!("union-of-{token}"), "nick": token })));
        }
        let code = body(request)["code"].as_str().unwrap().to_owned();
        ok(&json!({ "accessToken": format!("token-of-{code}"), "corpId": format!("corp-of-{code}") }))
    });
    let person = Person::at(&host);
    let codes: Vec<String> = (0..8).map(|n| format!("code{n}")).collect();
    let attempts = codes.iter().map(|code| async { person.finishing(&[("authCode", code)]).await }).collect();
    let identities = host.run(all(attempts)).unwrap();
    assert!(paths(&host)[..8].iter().all(|path| path.ends_with("/userAccessToken")), "all of them were on the way");
    for (code, identity) in codes.iter().zip(identities) {
        let identity = identity.unwrap();
        assert_eq!(identity.subject, format!("union-of-token-of-{code}"));
        assert_eq!(identity.tenant, Some(format!("corp-of-{code}")));
        assert_eq!(identity.name.unwrap().value, format!("token-of-{code}"));
    }
}

/// Runs every future at the same time.
pub(crate) async fn all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures.into_iter().map(Box::pin).collect();
    let mut done: Vec<_> = futures.iter().map(|_| None).collect();
    poll_fn(move |cx| {
        for (future, slot) in futures.iter_mut().zip(&mut done) {
            if slot.is_none()
                && let Poll::Ready(output) = future.as_mut().poll(cx)
            {
                *slot = Some(output);
            }
        }
        if done.iter().any(Option::is_none) { Poll::Pending } else { Poll::Ready(done.drain(..).flatten().collect()) }
    })
    .await
}
