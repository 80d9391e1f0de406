//! One table of everything that DingTalk is known to refuse with. A new refusal is one more row.

use plugin_api::FaultKind::{self, *};
use plugin_api::HttpFaultKind;
use plugin_api::testing::{FakeHost, http_fault, json_reply};
use serde_json::{Value, json};

use crate::support::{Person, granted, paths, raw, refusing_code, refusing_profile};

const QPS_APP: &str = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi";
const QPS_API: &str = "Forbidden.AccessDenied.QpsLimitForApi";
const QPM_APP: &str = "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi";
const MONTH: &str = "Forbidden.AccessDenied.ApiCountLimitForOrg";
const NO_PERMISSION: &str = "Forbidden.AccessDenied.AccessTokenPermissionDenied";
const BAD_ADDRESS: &str = "Forbidden.AccessDenied.IpNotInWhiteList";
const BAD_CODE: &str = "invalidParameter.authCode.notFound";

/// Status, body, what is made of it, and the code that is shown for it.
type Row = (u16, Value, FaultKind, Option<&'static str>);

fn newer(status: u16, code: &'static str, kind: FaultKind) -> Row {
    let body = json!({ "code": code, "requestid": "8A0F3E6C-5C1B-7E0B-9C5E-3F7B0A1C2D3E", "message": "不合法" });
    (status, body, kind, Some(code))
}

fn older(errcode: i64, code: &'static str, kind: FaultKind) -> Row {
    (200, json!({ "errcode": errcode, "errmsg": "不合法", "request_id": "16l4ew3d47pdp" }), kind, Some(code))
}

fn wrapped(code: &'static str, kind: FaultKind) -> Row {
    let errmsg = format!("ding talk error[subcode={code},submsg=不合法]");
    (200, json!({ "errcode": 88, "sub_code": code, "sub_msg": "不合法", "errmsg": errmsg }), kind, Some(code))
}

fn rows() -> Vec<Row> {
    vec![
        // The code (pages obtain-user-token, development-mlogon-faq).
        newer(400, BAD_CODE, CodeRejected),
        newer(404, BAD_CODE, CodeRejected),
        newer(200, BAD_CODE, CodeRejected),
        older(40078, "40078", CodeRejected),
        wrapped("40078", CodeRejected),
        // Client id and secret.
        newer(400, "invalidClientIdOrSecret", CredentialsRejected),
        newer(200, "invalidClientIdOrSecret", CredentialsRejected),
        older(40096, "40096", CredentialsRejected),
        older(40089, "40089", CredentialsRejected),
        // Frequency (page call-frequency-limit): 403 like a missing permission, and none.
        newer(403, QPS_APP, Busy),
        newer(403, QPS_API, Busy),
        newer(403, QPM_APP, Busy),
        newer(403, MONTH, Busy),
        wrapped("90018", Busy),
        wrapped("90002", Busy),
        older(90020, "90020", Busy),
        older(-1, "-1", Busy),
        (429, Value::Null, Busy, None),
        // Permissions.
        newer(403, NO_PERMISSION, PermissionMissing),
        newer(403, "Forbidden.AccessDenied", PermissionMissing),
        wrapped("60011", PermissionMissing),
        older(43007, "43007", PermissionMissing),
        older(50002, "50002", PermissionMissing),
        older(50004, "50004", PermissionMissing),
        // Our address.
        newer(403, BAD_ADDRESS, AddressNotAllowed),
        older(60020, "60020", AddressNotAllowed),
        wrapped("60020", AddressNotAllowed),
        // The organisation.
        older(60121, "60121", NotAMember),
        older(40079, "40079", NotAMember),
        // Outages.
        newer(500, "unknownError", Unavailable),
        (500, Value::Null, Unavailable, None),
        (502, Value::Null, Unavailable, None),
        (503, json!({ "message": "try later" }), Unavailable, None),
        (200, json!({ "errcode": 88, "errmsg": "ding talk error" }), Unavailable, Some("88")),
        (200, json!({ "errcode": 88, "sub_code": "" }), Unavailable, Some("88")),
        older(15, "15", Unavailable),
        // Everything that only a fault of this plug-in, or a new fault of DingTalk's, could cause.
        newer(400, "InvalidAuthentication", BadAnswer),
        newer(400, "accesstoken.expired", BadAnswer),
        newer(400, "AuthenticationFailed.MissingParameter", BadAnswer),
        newer(404, "invalidParameter.user.notFound", BadAnswer),
        newer(400, "Missingbody", BadAnswer),
        newer(400, "MissingclientId", BadAnswer),
        newer(404, "InvalidAction.NotFound", BadAnswer),
        older(22, "22", BadAnswer),
        older(40035, "40035", BadAnswer),
        wrapped("40014", BadAnswer),
        wrapped("40000", BadAnswer),
        (200, json!({ "code": 40078 }), CodeRejected, Some("40078")),
        (200, json!({ "code": "somethingNew" }), BadAnswer, Some("somethingNew")),
        (403, json!({}), BadAnswer, None),
        (302, Value::Null, BadAnswer, None),
        // A code that is no code is not repeated.
        (400, json!({ "code": "call +86 138 0013 8000" }), BadAnswer, None),
        (400, json!({ "code": "x".repeat(101) }), BadAnswer, None),
        (200, json!({ "code": "<script>" }), BadAnswer, None),
        (400, json!({ "code": { "a": 1 } }), BadAnswer, None),
        (400, json!([]), BadAnswer, None),
    ]
}

/// What is no JSON, or not DingTalk's: pages of gateways and of the flood control.
fn pages() -> Vec<(u16, &'static str, FaultKind)> {
    let html = "\n <!DOCTYPE html><html><body>访问过于频繁 13800138000</body></html>";
    let flood = r#"{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"a1b2"}"#;
    vec![
        (504, "", Unavailable),
        (504, html, Unavailable),
        (502, html, Unavailable),
        (200, html, Busy),
        (403, html, Busy),
        (405, html, Busy),
        (200, flood, Busy),
        (403, flood, Busy),
        (404, html, BadAnswer),
        (200, "", BadAnswer),
        (200, "ok", BadAnswer),
        (400, "bad request", BadAnswer),
        (200, "\u{feff}{}", BadAnswer),
    ]
}

#[test]
fn every_refusal_has_its_kind_whichever_call_meets_it() {
    for (status, body, kind, code) in rows() {
        let reply = json_reply(status, &body);
        for host in [refusing_code(reply.clone()), refusing_profile(reply)] {
            let fault = Person::at(&host).finish().unwrap_err();
            assert_eq!((fault.kind, fault.provider_code.as_deref()), (kind, code), "{status} {body}");
        }
    }
}

#[test]
fn every_page_has_its_kind_whichever_call_meets_it() {
    for (status, body, kind) in pages() {
        let reply = raw(status, body);
        for host in [refusing_code(reply.clone()), refusing_profile(reply.clone())] {
            let fault = Person::at(&host).finish().unwrap_err();
            assert_eq!((fault.kind, fault.provider_code), (kind, None), "{body}");
        }
    }
}

#[test]
fn silence_has_its_kind_whichever_call_meets_it() {
    use HttpFaultKind::{Broken, Connect, NotAllowed, Paused, Timeout, TooLarge};
    for (silence, kind) in [
        (Connect, Unavailable),
        (Timeout, Slow),
        (Broken, Unavailable),
        (Paused, Unavailable),
        (TooLarge, BadAnswer),
        (NotAllowed, Misconfigured),
    ] {
        let fault = move || http_fault(silence);
        let first = FakeHost::new(move |_| fault());
        let second = FakeHost::new(move |request| if request.url.ends_with("/me") { fault() } else { granted() });
        for host in [first, second] {
            assert_eq!(Person::at(&host).finish().unwrap_err().kind, kind);
        }
    }
}

#[test]
fn a_code_is_sent_once_whatever_happens() {
    let refusals = rows().into_iter().map(|(status, body, ..)| json_reply(status, &body));
    let pages = pages().into_iter().map(|(status, body, _)| raw(status, body));
    for answer in refusals.chain(pages).chain([http_fault(HttpFaultKind::Broken)]) {
        let host = refusing_code(answer);
        Person::at(&host).finish().unwrap_err();
        assert_eq!(paths(&host), ["/v1.0/oauth2/userAccessToken"]);
    }
}

#[test]
fn a_grant_without_a_usable_token_is_no_grant() {
    for body in [
        json!({}),
        json!({ "accessToken": "" }),
        json!({ "accessToken": null }),
        json!({ "accessToken": 12 }),
        json!({ "access_token": "snake", "expires_in": 7200 }),
        json!({ "accessToken": "a\r\nhost: evil.example" }),
        json!({ "accessToken": "x", "corpId": 7 }),
        json!({ "accessToken": "x", "corpId": "a b" }),
        json!({ "accessToken": "x", "corpId": "c".repeat(256) }),
        json!(["x", "dingcorp0001"]),
    ] {
        let host = refusing_code(json_reply(200, &body));
        assert_eq!(Person::at(&host).finish().unwrap_err().kind, BadAnswer, "{body}");
        assert_eq!(paths(&host).len(), 1, "{body}");
    }
}

#[test]
fn missing_permissions_are_named() {
    let detail = |scopes: Value| json!({ "code": NO_PERMISSION, "accessdenieddetail": { "requiredScopes": scopes } });
    let text =
        "ding talk error[subcode=60011,submsg=应用尚未开通所需的权限,{requiredScopes=[qyapi_get_member, qyapi_base]}]";
    for (status, body, missing) in [
        (
            403,
            detail(json!(["Contact.User.Read", "Contact.User.mobile"])),
            &["Contact.User.Read", "Contact.User.mobile"][..],
        ),
        (403, detail(json!(["Contact.User.Read", "<b>", 7, ""])), &["Contact.User.Read"]),
        (403, detail(json!("Contact.User.Read")), &[]),
        (403, detail(json!(vec!["s"; 1000])), &["s"; 20]),
        (200, json!({ "errcode": 88, "sub_code": "60011", "errmsg": text }), &["qyapi_get_member", "qyapi_base"]),
        (200, json!({ "errcode": 60011, "errmsg": "no permission" }), &[]),
    ] {
        let fault = Person::at(&refusing_profile(json_reply(status, &body))).finish().unwrap_err();
        assert_eq!(fault.kind, PermissionMissing, "{body:.80}");
        assert_eq!(fault.missing, missing, "{body:.80}");
    }
    let busy = json!({ "code": QPS_APP, "accessdenieddetail": { "requiredScopes": ["Contact.User.Read"] } });
    assert!(Person::at(&refusing_profile(json_reply(403, &busy))).finish().unwrap_err().missing.is_empty());
}

#[test]
fn the_log_learns_the_step_the_status_and_the_request_id() {
    let (status, body, ..) = newer(403, NO_PERMISSION, PermissionMissing);
    let fault = Person::at(&refusing_profile(json_reply(status, &body))).finish().unwrap_err();
    assert_eq!(
        fault.to_string(),
        "PermissionMissing [Forbidden.AccessDenied.AccessTokenPermissionDenied]: asking who the person is: \
         DingTalk answered with status 403: DingTalk's request id is 8A0F3E6C-5C1B-7E0B-9C5E-3F7B0A1C2D3E"
    );
}
