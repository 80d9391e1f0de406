//! A sign-in that succeeds, step by step.

use plugin_api::Provenance;
use plugin_api::testing::json_reply;
use serde_json::json;

use crate::provider::{
    CLIENT_ID, KEY_ID, Provider, begun, claims, finished, honest, key, nonce, parameter, published, settings, signed,
};

#[test]
fn the_address_carries_what_the_provider_must_know() {
    let address = begun().authorize_url;
    assert!(address.starts_with("https://id.example/realm/authorize?theme=dark&response_type=code&"), "{address}");
    assert_eq!(parameter(&address, "client_id"), "gate%20%26%20house");
    assert_eq!(parameter(&address, "scope"), "openid%20profile%20email");
    assert_eq!(parameter(&address, "code_challenge_method"), "S256");
    assert_eq!((parameter(&address, "code_challenge").len(), parameter(&address, "nonce").len()), (43, 43));
    assert_ne!(parameter(&address, "code_challenge"), parameter(&address, "nonce"));
}

#[test]
fn an_identity_with_who_vouches_for_what() {
    let (identity, _) = finished(honest(&claims(&nonce())), settings());
    let identity = identity.unwrap();
    assert_eq!((identity.subject.as_str(), identity.name.unwrap().value.as_str()), ("u-1", "Ada"));
    assert_eq!(identity.email.unwrap().provenance, Provenance::Account);
    assert_eq!(identity.phone.unwrap().provenance, Provenance::SelfDeclared, "nobody says that it was verified");
}

#[test]
fn a_text_that_says_true_verifies_nothing() {
    let mut claims = claims(&nonce());
    claims["email_verified"] = json!("true");
    let (identity, _) = finished(honest(&claims), settings());
    assert_eq!(identity.unwrap().email.unwrap().provenance, Provenance::SelfDeclared);
}

#[test]
fn the_secret_goes_as_the_provider_says() {
    let sent = |provider: Provider, settings| {
        let (identity, host) = finished(provider, settings);
        identity.unwrap();
        let request = host.requests().into_iter().find(|request| request.url.ends_with("/token")).unwrap();
        (request.headers.get("authorization").cloned(), String::from_utf8(request.body.unwrap()).unwrap())
    };
    let provider = honest(&claims(&nonce()));
    let (authorization, body) = sent(provider.clone(), settings());
    // RFC 6749 section 2.3.1: `gate%20%26%20house:correct%3Ahorse%20staple`.
    assert_eq!(authorization.unwrap(), "Basic Z2F0ZSUyMCUyNiUyMGhvdXNlOmNvcnJlY3QlM0Fob3JzZSUyMHN0YXBsZQ==");
    assert!(!body.contains("client_"), "{body}");
    assert_eq!(parameter(&format!("?{body}"), "code_verifier").len(), 43);

    let mut post = provider.clone();
    post.discovery["token_endpoint_auth_methods_supported"] = json!(["private_key_jwt", "client_secret_post"]);
    let (authorization, body) = sent(post, settings());
    assert!(authorization.is_none() && body.contains("client_secret=correct%3Ahorse%20staple"), "{body}");

    let mut public = settings();
    public.as_object_mut().unwrap().remove("client_secret");
    let (authorization, body) = sent(provider, public);
    assert!(authorization.is_none() && body.contains("client_id=gate") && !body.contains("secret"), "{body}");
}

#[test]
fn claims_by_other_names() {
    let mut claims = claims(&nonce());
    claims["oid"] = json!("o-77");
    claims["mail"] = json!("a@example.org");
    claims["mail_verified"] = json!(true);
    let mut settings = settings();
    settings["subject_claim"] = json!("oid");
    settings["email_claim"] = json!("mail");
    settings["userinfo"] = json!(false);
    let (identity, host) = finished(honest(&claims), settings);
    let identity = identity.unwrap();
    assert_eq!((identity.subject.as_str(), identity.email.unwrap().value.as_str()), ("o-77", "a@example.org"));
    assert!(identity.name.is_none(), "the name is at the endpoint that was not asked");
    assert!(!host.requests().iter().any(|request| request.url.ends_with("/userinfo")));
}

#[test]
fn new_keys_are_found_by_asking_once_more() {
    let mut provider = Provider::giving(&signed(&claims(&nonce()), &key(8), Some("key-2")));
    provider.later_keys = json!({ "keys": [published(&key(8), "key-2")] });
    let (identity, host) = finished(provider, settings());
    assert_eq!(identity.unwrap().subject, "u-1");
    assert_eq!(host.requests().iter().filter(|request| request.url.ends_with("/keys")).count(), 2);
}

#[test]
fn several_audiences_need_the_authorized_party() {
    let mut claims = claims(&nonce());
    claims["aud"] = json!(["another", CLIENT_ID]);
    let (identity, _) = finished(honest(&claims), settings());
    assert_eq!(identity.unwrap_err().chain, ["the ID token was issued to another client"]);
    claims["azp"] = json!(CLIENT_ID);
    assert_eq!(finished(honest(&claims), settings()).0.unwrap().subject, "u-1");
}

#[test]
fn a_token_that_names_no_key_is_tried_with_each() {
    let mut provider = Provider::giving(&signed(&claims(&nonce()), &key(7), None));
    provider.keys = json!({ "keys": [published(&key(9), "key-9"), published(&key(7), KEY_ID)] });
    assert_eq!(finished(provider, settings()).0.unwrap().subject, "u-1");
}

#[test]
fn userinfo_of_somebody_else_is_refused() {
    let mut provider = honest(&claims(&nonce()));
    provider.userinfo = json_reply(200, &json!({ "sub": "u-2", "name": "Eve" }));
    let fault = finished(provider, settings()).0.unwrap_err();
    assert_eq!(fault.chain, ["the userinfo endpoint speaks of somebody else"]);
}
