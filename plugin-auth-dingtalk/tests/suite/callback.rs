//! What comes back with the browser.

use plugin_api::FaultKind::{BadAnswer, Denied};

use crate::support::{CODE, Person, body, dingtalk_with, paths, profile};

#[test]
fn finds_the_code_under_either_name() {
    for query in [
        &[("authCode", CODE), ("code", CODE)][..],
        &[("authCode", CODE)],
        &[("code", CODE)],
        &[("authCode", CODE), ("code", "")],
        &[("authCode", ""), ("code", CODE)],
    ] {
        let host = dingtalk_with(profile());
        Person::at(&host).finish_with(query).unwrap();
        assert_eq!(body(&host.requests()[0])["code"], CODE, "{query:?}");
    }
}

#[test]
fn asks_nobody_anything_without_exactly_one_code() {
    for (query, kind, provider_code) in [
        (&[("authCode", CODE), ("code", "another")][..], BadAnswer, None),
        (&[], BadAnswer, None),
        (&[("state", "s1")], BadAnswer, None),
        (&[("code", "")], BadAnswer, None),
        (&[("error", "access_denied")], Denied, Some("access_denied")),
        (&[("error", "access_denied"), ("code", CODE)], Denied, Some("access_denied")),
        (&[("error", "<b>call 555</b>")], Denied, None),
    ] {
        let host = dingtalk_with(profile());
        let fault = Person::at(&host).finish_with(query).unwrap_err();
        assert_eq!((fault.kind, fault.provider_code.as_deref()), (kind, provider_code), "{query:?}");
        assert!(paths(&host).is_empty(), "{query:?}");
    }
}
