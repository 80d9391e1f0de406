//! What an administrator reads behind a reference code.

use plugin_api::Finding;
use plugin_api::testing::{FakeHost, json_reply};
use serde_json::json;

use crate::support::{CODE, Organisation, Person, USER_TOKEN_PATH, dingtalk_with, newer_refused, profile, refused};

fn explanation(host: &FakeHost) -> Finding {
    *Person::among_members(host).finish().unwrap_err().explanation.unwrap()
}

#[test]
fn a_code_comes_with_its_meaning_in_both_languages() {
    for (reply, en, zh_cn) in [
        (newer_refused(400, "invalidParameter.authCode.notFound"), "no such one-time code", "临时授权码不存在"),
        (newer_refused(403, "Forbidden.AccessDenied.QpsLimitForApi"), "all customers", "全局调用次数"),
        (newer_refused(400, "accesstoken.expired"), "has expired", "已过期"),
        (refused("90018"), "in one second", "每秒"),
        (refused("60011"), "is not granted", "未开通"),
        (refused("123456"), "not known here", "含义未知"),
    ] {
        let finding = explanation(&Organisation::new().with(USER_TOKEN_PATH, reply).host());
        assert!(finding.message.en.contains(en), "{}", finding.message.en);
        assert!(finding.message.zh_cn.contains(zh_cn), "{}", finding.message.zh_cn);
    }
}

#[test]
fn missing_permissions_are_listed_and_the_first_is_linked() {
    let refusal = json!({ "code": "Forbidden.AccessDenied.AccessTokenPermissionDenied",
        "accessdenieddetail": { "requiredScopes": ["Contact.User.Read", "Contact.User.mobile"] } });
    let finding = explanation(&Organisation::new().with(USER_TOKEN_PATH, json_reply(403, &refusal)).host());
    assert_eq!(finding.search.as_deref(), Some("Contact.User.Read, Contact.User.mobile"));
    assert!(finding.link.unwrap().ends_with("/appscope/apply?content=dingabc123%23Contact.User.Read"));
    assert!(finding.message.en.contains("Contact.User.mobile"));
}

#[test]
fn what_happened_before_any_request_is_explained_too() {
    for query in [&[("error", "access_denied")][..], &[], &[("code", CODE), ("authCode", "x")]] {
        let host = dingtalk_with(profile());
        let fault = Person::at(&host).finish_with(query).unwrap_err();
        assert!(fault.explanation.is_some(), "{fault}");
    }
    let host = dingtalk_with(profile());
    let fault = Person::at(&host).with_settings(json!({ "region": "custom" })).finish().unwrap_err();
    assert_eq!(fault.explanation.unwrap().id, "addresses");
}
