//! The keys that the provider signs with (RFC 7517).

use std::time::Duration;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use plugin_api::{Fault, FaultKind, HttpRequest};
use serde::Deserialize;
use serde_json::Value;

use crate::provider::Provider;
use crate::wire;

/// How long keys are remembered. One that is withdrawn is believed for so long at most.
const KEPT: Duration = Duration::from_secs(15 * 60);

/// Name of the cache entry.
const ENTRY: &str = "keys";

/// Every algorithm that is accepted: signatures with a public key only. There is no `none` here, and no HMAC, which
/// would take the public key of a provider for a shared secret (RFC 8725 section 2.1).
pub(crate) const ALGORITHMS: [(Algorithm, &str); 9] = [
    (Algorithm::RS256, "RS256"),
    (Algorithm::RS384, "RS384"),
    (Algorithm::RS512, "RS512"),
    (Algorithm::PS256, "PS256"),
    (Algorithm::PS384, "PS384"),
    (Algorithm::PS512, "PS512"),
    (Algorithm::ES256, "ES256"),
    (Algorithm::ES384, "ES384"),
    (Algorithm::EdDSA, "EdDSA"),
];

#[derive(Deserialize)]
struct KeySet {
    /// One by one: a key of a kind that nobody here knows spoils no other.
    keys: Vec<Value>,
}

/// The keys that may have made a signature with `algorithm` under the name `id`. When there is none, the provider may
/// have changed its keys a moment ago (Core section 10.1.1), and is asked once more.
///
/// # Errors
/// [`FaultKind::BadAnswer`] when there still is none, or what came of the request.
pub(crate) async fn matching(
    provider: &Provider<'_>,
    algorithm: Algorithm,
    id: Option<&str>,
) -> Result<Vec<DecodingKey>, Fault> {
    for fresh in [false, true] {
        if fresh {
            provider.cx.forget(ENTRY);
        }
        let keys = remembered(provider).await?;
        let keys: Vec<DecodingKey> =
            keys.iter().filter(|key| named(key, id)).filter_map(|key| usable(key, algorithm)).collect();
        if !keys.is_empty() {
            return Ok(keys);
        }
    }
    Err(Fault::new(FaultKind::BadAnswer, "the provider publishes no key for the signature of the ID token"))
}

/// How many keys of the provider could have signed an ID token.
///
/// # Errors
/// What came of the request.
pub(crate) async fn usable_ones(provider: &Provider<'_>) -> Result<usize, Fault> {
    provider.cx.forget(ENTRY);
    let keys = remembered(provider).await?;
    let fits = |key: &&Jwk| ALGORITHMS.iter().any(|(algorithm, _)| usable(key, *algorithm).is_some());
    Ok(keys.iter().filter(fits).count())
}

async fn remembered(provider: &Provider<'_>) -> Result<Vec<Jwk>, Fault> {
    let bytes = provider.cx.cached(ENTRY, || async { Ok((fetch(provider).await?, KEPT)) }).await?;
    let KeySet { keys } = serde_json::from_slice(&bytes).map_err(|_| no_keys())?;
    Ok(keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect())
}

async fn fetch(provider: &Provider<'_>) -> Result<Vec<u8>, Fault> {
    let reply = wire::sent(provider.cx, HttpRequest::get(&provider.document.jwks_uri).leg("keys")).await?;
    // What is no set of keys is not remembered.
    reply.json::<KeySet>().filter(|_| reply.status == 200).ok_or_else(no_keys)?;
    Ok(reply.body)
}

fn no_keys() -> Fault {
    Fault::new(FaultKind::BadAnswer, "the provider publishes no keys where it says")
}

/// A token that names no key may have been signed by any.
fn named(key: &Jwk, id: Option<&str>) -> bool {
    id.is_none_or(|id| key.common.key_id.as_deref() == Some(id))
}

/// The key, if it is for signatures with this algorithm.
fn usable(key: &Jwk, algorithm: Algorithm) -> Option<DecodingKey> {
    let for_signatures = !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
    let declared = key.common.key_algorithm.is_none_or(|declared| declared == algorithm.into());
    let fits = for_signatures && declared && fits(&key.algorithm, algorithm);
    DecodingKey::from_jwk(key).ok().filter(|_| fits)
}

/// Whether a key of this kind makes signatures of this algorithm.
fn fits(parameters: &AlgorithmParameters, algorithm: Algorithm) -> bool {
    match (parameters, algorithm) {
        (
            AlgorithmParameters::RSA(_),
            Algorithm::RS256
            | Algorithm::RS384
            | Algorithm::RS512
            | Algorithm::PS256
            | Algorithm::PS384
            | Algorithm::PS512,
        ) => true,
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES256) => key.curve == EllipticCurve::P256,
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES384) => key.curve == EllipticCurve::P384,
        (AlgorithmParameters::OctetKeyPair(key), Algorithm::EdDSA) => key.curve == EllipticCurve::Ed25519,
        _ => false,
    }
}
