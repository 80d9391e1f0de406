//! ID tokens that must not let anybody in, one a row.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use plugin_api::FaultKind;
use serde_json::{Value, json};

use crate::provider::{KEY_ID, NOW, Provider, claims, finished, key, nonce, published, settings, signed};

/// The good claims with one of them changed; with `null` it is not there at all.
fn with(name: &str, value: Value) -> String {
    let mut claims = claims(&nonce());
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    signed(&claims, &key(7), Some(KEY_ID))
}

/// A good token with another header, and `signature` instead of its own.
fn reheaded(header: &Value, signature: &str) -> String {
    let good = with("sub", json!("u-1"));
    let payload = good.split('.').nth(1).unwrap();
    let header = encode_part(header);
    format!("{header}.{payload}.{signature}")
}

/// Base64url of the JSON, by way of the library: the second part of a token is what was signed.
fn encode_part(value: &Value) -> String {
    signed(value, &key(7), None).split('.').nth(1).unwrap().to_owned()
}

/// Signed with HMAC, and the provider's public key for the shared secret.
fn hmac_with_the_public_key(secret: &[u8]) -> String {
    let header = Header { kid: Some(KEY_ID.to_owned()), ..Header::new(Algorithm::HS256) };
    encode(&header, &claims(&nonce()), &EncodingKey::from_secret(secret).unwrap()).unwrap()
}

fn forgeries() -> Vec<(&'static str, String, &'static str)> {
    let public = published(&key(7), KEY_ID).to_string();
    let good = with("sub", json!("u-1"));
    let (unsigned, signature) = good.rsplit_once('.').unwrap();
    let other_payload = with("sub", json!("u-2"));
    let spliced =
        format!("{}.{}.{signature}", unsigned.split('.').next().unwrap(), other_payload.split('.').nth(1).unwrap());
    vec![
        ("another issuer", with("iss", json!("https://id.example/realm/")), "is another issuer's"),
        ("another audience", with("aud", json!("somebody-else")), "is for another client"),
        ("no audience", with("aud", json!([])), "is for another client"),
        ("another party", with("azp", json!("somebody-else")), "was issued to another client"),
        ("another nonce", with("nonce", json!("bm9uY2U")), "answers another attempt"),
        ("no nonce", with("nonce", Value::Null), "lacks a claim"),
        ("expired", with("exp", json!(NOW - 61)), "has expired"),
        ("never expires", with("exp", Value::Null), "lacks a claim"),
        ("from the future", with("iat", json!(NOW + 600)), "is from the future"),
        ("not yet", with("nbf", json!(NOW + 600)), "is from the future"),
        ("no issue time", with("iat", Value::Null), "lacks a claim"),
        ("alg none", reheaded(&json!({ "alg": "none" }), ""), "is not signed in a way that is accepted"),
        ("alg None with a signature", reheaded(&json!({ "alg": "None" }), signature), "is not signed in a way"),
        ("HMAC with the public key", hmac_with_the_public_key(public.as_bytes()), "is not signed in a way"),
        ("another algorithm", reheaded(&json!({ "alg": "ES384", "kid": KEY_ID }), signature), "that the provider says"),
        ("RSA of an elliptic key", reheaded(&json!({ "alg": "RS256", "kid": KEY_ID }), signature), "publishes no key"),
        (
            "a critical extension",
            reheaded(&json!({ "alg": "ES256", "kid": KEY_ID, "crit": ["b64"], "b64": false }), signature),
            "",
        ),
        ("an unknown key", signed(&claims(&nonce()), &key(7), Some("key-0")), "publishes no key"),
        (
            "another key under the name",
            signed(&claims(&nonce()), &key(8), Some(KEY_ID)),
            "that no key of the provider made",
        ),
        ("another payload", spliced, "that no key of the provider made"),
        ("no signature", format!("{unsigned}."), "that no key of the provider made"),
        ("no token", "rubbish".to_owned(), "is not signed in a way"),
        ("an empty token", String::new(), "is not signed in a way"),
        ("an empty subject", with("sub", json!("")), "somebody else"),
        ("a number for a subject", with("sub", json!(12)), "somebody else"),
    ]
}

#[test]
fn forged_tokens_let_nobody_in() {
    for (what, token, rule) in forgeries() {
        let (identity, _) = finished(Provider::giving(&token), settings());
        let fault = identity.expect_err(what);
        assert_eq!(fault.kind, FaultKind::BadAnswer, "{what}: {fault}");
        assert!(fault.to_string().contains(rule), "{what}: {fault}");
        assert!(token.len() < 50 || !fault.to_string().contains(&token[..20]), "{what}: {fault}");
    }
}

#[test]
fn the_same_token_unforged_lets_in() {
    let (identity, _) = finished(Provider::giving(&with("sub", json!("u-1"))), settings());
    assert_eq!(identity.unwrap().subject, "u-1");
}
