//! The list that every plug-in must pass.

use auth_dingtalk::DingTalk;
use plugin_api::testing::{Sample, check_plugin, json_reply};
use serde_json::{Value, json};

use crate::support::{
    APP_TOKEN_PATH, CODE, CORP_ID, FORMER_PATH, ME_PATH, MEMBER_PATH, STAFF_PATH, USER_TOKEN_PATH, USERID, app_token,
    granted, legacy, members_only, ok, path, profile, settings, staff,
};

fn sample(changes: Value) -> Sample {
    let mut settings = settings();
    settings.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    let other = json!({
        "sign_up": true, "corp_id": "dingother", "client_id": "another_client", "client_secret": "CANARY-other-secret",
        "region": "custom", "login_url": "http://127.0.0.1:4001/a", "api_url": "http://127.0.0.1:4002",
        "legacy_url": "http://127.0.0.1:4003",
    });
    let mut enterprise = staff();
    enterprise["exclusive_account"] = json!(true);
    let mut sample = Sample::new("dingtalk", settings, other, move |request| match path(request) {
        USER_TOKEN_PATH => granted(),
        APP_TOKEN_PATH => ok(&app_token()),
        ME_PATH => ok(&profile()),
        MEMBER_PATH => legacy(&json!({ "contact_type": 0, "userid": USERID })),
        STAFF_PATH => legacy(&enterprise),
        FORMER_PATH => ok(&json!({ "unionId": "oldUnion" })),
        _ => json_reply(404, &json!({ "code": "InvalidAction.NotFound" })),
    });
    sample.callback = ["authCode", "code"].map(|name| (name.to_owned(), CODE.to_owned())).into();
    sample
}

#[test]
fn keeps_every_rule_of_the_contract_with_two_permissions() {
    let report = check_plugin::<DingTalk>(&sample(json!({})));
    assert!(report.passed(), "{report}");
}

#[test]
fn keeps_every_rule_of_the_contract_for_members_only() {
    let report = check_plugin::<DingTalk>(&sample(members_only()));
    assert!(report.passed(), "{report}");
    let auto = json!({ "sign_up": true, "corp_id": CORP_ID });
    let report = check_plugin::<DingTalk>(&sample(auto));
    assert!(report.passed(), "{report}");
}
