//! The connection doctor.

use std::collections::BTreeMap;

use plugin_api::testing::json_reply;
use plugin_api::{About, Severity};
use serde_json::{Value, json};

use crate::provider::{Provider, plugin, settings};

/// The findings by their identifiers.
fn found(provider: Provider, settings: Value) -> BTreeMap<String, Severity> {
    let (host, about) = (provider.host(), About::of("oidc", "https://gate.example/signin/1/callback"));
    let findings = host.run(plugin().check(settings, host.lender(), about)).unwrap().unwrap();
    findings.into_iter().map(|finding| (finding.id, finding.severity)).collect()
}

/// A provider that refuses the doctor's code with `error`.
fn refusing(status: u16, error: &str) -> Provider {
    let mut provider = Provider::giving("");
    provider.token = json_reply(status, &json!({ "error": error }));
    provider
}

#[test]
fn all_is_well() {
    let found = found(refusing(400, "invalid_grant"), settings());
    assert_eq!(found.keys().map(String::as_str).collect::<Vec<_>>(), ["credentials", "discovery", "keys", "pkce"]);
    assert!(found.values().all(|severity| *severity == Severity::Good), "{found:?}");
}

#[test]
fn each_trouble_is_named() {
    assert_eq!(found(refusing(401, "invalid_client"), settings())["credentials"], Severity::Error);
    assert_eq!(found(refusing(400, "what"), settings())["credentials"], Severity::Warning);

    let mut bare = refusing(400, "invalid_grant");
    bare.discovery["code_challenge_methods_supported"] = json!(["plain"]);
    bare.keys = json!({ "keys": [{ "kty": "oct", "k": "AAAA", "alg": "HS256" }] });
    let found_bare = found(bare, settings());
    assert_eq!((found_bare["pkce"], found_bare["keys"]), (Severity::Warning, Severity::Error));

    let mut impostor = refusing(400, "invalid_grant");
    impostor.discovery["issuer"] = json!("https://evil.example");
    assert_eq!(found(impostor, settings()), [("discovery".to_owned(), Severity::Error)].into());
}

#[test]
fn endpoints_elsewhere_are_named_until_they_are_entered() {
    let mut provider = refusing(400, "invalid_grant");
    provider.discovery["token_endpoint"] = json!("https://tokens.example/token");
    assert_eq!(found(provider.clone(), settings())["token-server"], Severity::Error);
    let mut entered = settings();
    entered["token_server"] = json!("https://tokens.example");
    assert!(!found(provider, entered).contains_key("token-server"));
}
