//! Who the provider says the person is, and whether it is the provider who says so (Core section 3.1.3.7).

use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use plugin_api::{Fault, FaultKind};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::keys::{self, ALGORITHMS};
use crate::proof::Proof;
use crate::provider::Provider;

/// How far the clocks of provider and host may be apart, in seconds.
const LEEWAY: f64 = 60.0;

/// Claims about a person, by name.
pub(crate) type Claims = Map<String, Value>;

/// The claims that decide whether the token counts.
#[derive(Deserialize)]
struct Terms {
    iss: String,
    aud: Audience,
    #[serde(default)]
    azp: Option<String>,
    exp: f64,
    iat: f64,
    #[serde(default)]
    nbf: Option<f64>,
    nonce: String,
}

/// One audience, or several (RFC 7519 section 4.1.3).
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// The claims of `token`, if the provider made it, for us, now, in answer to this attempt.
///
/// # Errors
/// [`FaultKind::BadAnswer`] with the rule that is broken; never with anything out of the token.
pub(crate) async fn verified(provider: &Provider<'_>, token: &str, proof: &Proof) -> Result<Claims, Fault> {
    let claims = signed(provider, token).await?;
    let terms: Terms = serde_json::from_value(Value::Object(claims.clone()))
        .map_err(|_| untrusted("lacks a claim that it must have"))?;
    let now = seconds(provider.cx.now_ms());
    match broken_term(&terms, provider, proof, now) {
        Some(rule) => Err(untrusted(rule)),
        None => Ok(claims),
    }
}

/// The claims of a token with a good signature.
async fn signed(provider: &Provider<'_>, token: &str) -> Result<Claims, Fault> {
    let header = decode_header(token).map_err(|_| untrusted("is not signed in a way that is accepted"))?;
    let (algorithm, name) = ALGORITHMS
        .into_iter()
        .find(|(algorithm, _)| *algorithm == header.alg)
        .ok_or_else(|| untrusted("is not signed in a way that is accepted"))?;
    if !provider.document.signs_with(name) {
        return Err(untrusted("is not signed in a way that the provider says it signs"));
    }
    // Whoever does not know a critical extension must refuse (RFC 7515 section 4.1.11); none is known here.
    if header.crit.is_some() {
        return Err(untrusted("demands an extension"));
    }
    let keys = keys::matching(provider, algorithm, header.kid.as_deref()).await?;
    let claims = keys.iter().find_map(|key| decode::<Claims>(token, key, &signature_only(algorithm)).ok());
    claims.map(|token| token.claims).ok_or_else(|| untrusted("has a signature that no key of the provider made"))
}

/// The library looks at the signature. The claims are looked at here, because its clock is the system's, and time is an
/// affair of the host.
fn signature_only(algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation
}

/// The first rule that is broken.
fn broken_term(terms: &Terms, provider: &Provider<'_>, proof: &Proof, now: f64) -> Option<&'static str> {
    let client_id = &provider.settings.client_id;
    let (for_us, for_others) = match &terms.aud {
        Audience::One(one) => (one == client_id, false),
        Audience::Several(several) => (several.contains(client_id), several.len() > 1),
    };
    if terms.iss != provider.document.issuer {
        Some("is another issuer's")
    } else if !for_us {
        Some("is for another client")
    } else if terms.azp.as_ref().map_or(for_others, |party| party != client_id) {
        Some("was issued to another client")
    } else if terms.exp <= now - LEEWAY {
        Some("has expired")
    } else if terms.iat > now + LEEWAY || terms.nbf.is_some_and(|start| start > now + LEEWAY) {
        Some("is from the future: the clocks of the provider and this server are too far apart")
    } else if terms.nonce != proof.nonce() {
        Some("answers another attempt")
    } else {
        None
    }
}

fn untrusted(rule: &str) -> Fault {
    Fault::new(FaultKind::BadAnswer, format!("the ID token {rule}"))
}

/// Milliseconds as NumericDate (RFC 7519 section 2), which may have a fraction.
fn seconds(milliseconds: u64) -> f64 {
    std::time::Duration::from_millis(milliseconds).as_secs_f64()
}
