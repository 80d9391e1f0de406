//! What comes back by the browser.

use plugin_api::testing::json_reply;
use plugin_api::{Callback, Fault, FaultKind};
use serde_json::json;

use crate::provider::{Provider, begun, callback, claims, finished, honest, nonce, plugin, settings};

/// What `finish` says to a callback with these parameters on top.
fn fault(provider: Provider, parameters: &[(&str, &str)]) -> Option<Fault> {
    let mut callback: Callback = callback(&begun().memo);
    callback.query.extend(parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let host = provider.host();
    host.run(plugin().finish(settings(), host.lender(), callback)).unwrap().err()
}

#[test]
fn another_issuer_in_the_callback_ends_it() {
    let mut provider = honest(&claims(&nonce()));
    assert!(fault(provider.clone(), &[("iss", "https://id.example/realm")]).is_none());
    let mixed_up = fault(provider.clone(), &[("iss", "https://evil.example")]).unwrap();
    assert_eq!(mixed_up.chain, ["the callback is not from the issuer"]);
    provider.discovery["authorization_response_iss_parameter_supported"] = json!(true);
    assert!(fault(provider, &[]).is_some(), "a provider that names itself must name itself");
}

#[test]
fn refusals_have_their_kinds() {
    let kind = |error: &str| fault(honest(&claims(&nonce())), &[("error", error)]).unwrap().kind;
    assert_eq!(kind("access_denied"), FaultKind::Denied);
    assert_eq!(kind("invalid_scope"), FaultKind::Misconfigured);
    assert_eq!(kind("server_error"), FaultKind::Unavailable);
}

#[test]
fn what_the_token_endpoint_refuses_has_its_kind() {
    for (status, error, expected) in [
        (400, "invalid_grant", FaultKind::CodeRejected),
        (401, "invalid_client", FaultKind::CredentialsRejected),
        (401, "", FaultKind::CredentialsRejected),
        (400, "unauthorized_client", FaultKind::Misconfigured),
        (429, "", FaultKind::Busy),
        (503, "", FaultKind::Unavailable),
    ] {
        let mut provider = honest(&claims(&nonce()));
        provider.token = json_reply(status, &json!({ "error": error }));
        assert_eq!(finished(provider, settings()).0.unwrap_err().kind, expected, "{status} {error}");
    }
}

#[test]
fn another_issuers_discovery_is_refused_and_not_remembered() {
    let mut provider = honest(&claims(&nonce()));
    provider.discovery["issuer"] = json!("https://id.example/realm/");
    let (identity, host) = finished(provider, settings());
    assert_eq!(identity.unwrap_err().kind, FaultKind::Misconfigured);
    assert_eq!(host.requests().len(), 1, "nothing is sent to anybody");
}

#[test]
fn an_attempt_of_another_version_begins_again() {
    let host = honest(&claims(&nonce())).host();
    let fault = host.run(plugin().finish(settings(), host.lender(), callback(b"old"))).unwrap().unwrap_err();
    assert_eq!(fault.kind, FaultKind::CodeRejected);
}
