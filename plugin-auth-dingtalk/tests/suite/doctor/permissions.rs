//! What the application may ask, and about whom.

use serde_json::{Value, json};

use super::Severity::{Error, Good, Info, Warning};
use super::{TO_COMPARE, answering, found, outline};
use crate::support::{
    CLIENT_CODE_PATH, MEMBER_PATH, MOBILE_PATH, Person, SCOPES_PATH, lacking, members_only, ok, refused,
};

#[test]
fn a_permission_that_is_missing_is_named_with_its_page() {
    for (place, id, severity, code) in [
        (MEMBER_PATH, "permission-members", Error, "qyapi_get_member"),
        (CLIENT_CODE_PATH, "permission-client", Error, "qyapi_base"),
        (MOBILE_PATH, "permission-numbers", Info, "qyapi_get_member_by_mobile"),
    ] {
        for reply in [lacking(code), lacking("somethingElse"), refused("60011")] {
            let finding = found(&answering(place, reply), members_only(), id);
            assert_eq!((finding.severity, finding.search.as_deref()), (severity, Some(code)));
            let page = format!("https://open-dev.dingtalk.com/appscope/apply?content=dingabc123%23{code}");
            assert_eq!(finding.link, Some(page));
            assert!(finding.remedy.unwrap().en.contains(code));
        }
    }
}

#[test]
fn whoever_may_ask_for_nobody_may_ask() {
    for (place, id, codes) in [
        (MEMBER_PATH, "permission-members", &["60121", "400002", "40035"][..]),
        (CLIENT_CODE_PATH, "permission-client", &["40078", "40079"]),
        (MOBILE_PATH, "permission-numbers", &["60121", "40104", "400002"]),
    ] {
        for code in codes {
            let finding = found(&answering(place, refused(code)), members_only(), id);
            assert!(matches!(finding.severity, Good | Info) && finding.remedy.is_none(), "{code}: {finding:?}");
        }
    }
}

#[test]
fn the_range_of_contacts_is_described() {
    let scopes = |range: Value| ok(&json!({ "errcode": 0, "errmsg": "ok", "auth_org_scopes": range }));
    for (reply, severity, words) in [
        (scopes(json!({ "authed_dept": [1], "authed_user": [] })), Good, "everybody"),
        (scopes(json!({ "authed_dept": [7, 1] })), Good, "everybody"),
        (scopes(json!({ "authed_dept": [7, 8], "authed_user": ["u"] })), Warning, "2 departments and 1 single"),
        (scopes(json!({})), Warning, "0 departments"),
        (ok(&json!({ "errcode": 0 })), Warning, "could not be told"),
        (scopes(json!({ "authed_dept": "1" })), Warning, "could not be told"),
        (refused("60011"), Warning, "could not be told"),
        (refused("404"), Warning, "could not be told"),
    ] {
        let finding = found(&answering(SCOPES_PATH, reply), members_only(), "contact-range");
        assert_eq!(finding.severity, severity, "{words}");
        assert!(finding.message.en.contains(words), "{}", finding.message.en);
    }
}

#[test]
fn numbers_that_the_directory_hides_matter_most_inside_the_client() {
    let scopes = |fields: Value| {
        ok(&json!({ "errcode": 0, "auth_user_field": fields, "auth_org_scopes": { "authed_dept": [1] } }))
    };
    let hidden = scopes(json!(["name", "avatar"]));
    for (client, severity) in [(true, Warning), (false, Info)] {
        let settings = json!({ "membership": "always", "corp_id": "dingcorp0001", "client": client });
        let finding = found(&answering(SCOPES_PATH, hidden.clone()), settings, "permission-member-phone");
        assert_eq!((finding.severity, finding.search.as_deref()), (severity, Some("fieldMobile")));
    }
    for fields in [json!(["name", "mobile"]), json!([])] {
        let findings = Person::among_members(&answering(SCOPES_PATH, scopes(fields))).check().unwrap();
        assert!(findings.iter().all(|finding| finding.id != "permission-member-phone"));
    }
}

#[test]
fn a_gateway_without_the_look_up_of_numbers_is_no_trouble() {
    let findings = Person::at(&answering(MOBILE_PATH, refused("22"))).check().unwrap();
    assert_eq!(outline(&findings), [("credentials", Good), TO_COMPARE[0], TO_COMPARE[1]]);
}
