//! The list that every plug-in must pass.

use auth_dingtalk::DingTalk;
use plugin_api::testing::{Sample, check_plugin, json_reply};
use serde_json::json;

use crate::support::{APP_TOKEN, CODE, granted, ok, path, profile, settings};

#[test]
fn keeps_every_rule_of_the_contract() {
    let other = json!({
        "sign_up": true, "client_id": "another_client", "client_secret": "CANARY-other-secret", "region": "custom",
        "login_url": "http://127.0.0.1:4001/a", "api_url": "http://127.0.0.1:4002",
        "legacy_url": "http://127.0.0.1:4003",
    });
    let mut sample = Sample::new("dingtalk", settings(), other, |request| match path(request) {
        "/v1.0/oauth2/userAccessToken" => granted(),
        "/v1.0/oauth2/accessToken" => ok(&json!({ "accessToken": APP_TOKEN, "expireIn": 7200 })),
        "/v1.0/contact/users/me" => ok(&profile()),
        _ => json_reply(404, &json!({ "code": "InvalidAction.NotFound" })),
    });
    sample.callback = ["authCode", "code"].map(|name| (name.to_owned(), CODE.to_owned())).into();
    let report = check_plugin::<DingTalk>(&sample);
    assert!(report.passed(), "{report}");
}
