//! Claims to an identity, as the form says.

use plugin_api::{Claim, Fault, FaultKind, Identity, PhoneNumber, Provenance};
use serde_json::Value;

use crate::Settings;
use crate::id_token::Claims;

/// Puts together what was signed and what was told; what was signed goes first.
///
/// # Errors
/// [`FaultKind::BadAnswer`] without a subject.
pub(crate) fn identity(settings: &Settings, signed: Claims, told: Claims) -> Result<Identity, Fault> {
    let mut all = told;
    all.extend(signed);
    let subject = text(&all, &settings.subject_claim).filter(|subject| subject.len() <= Identity::KEY_CAP);
    let subject = subject.ok_or_else(|| {
        let what = format!("the provider sent no usable claim `{}` for the subject", settings.subject_claim);
        Fault::new(FaultKind::BadAnswer, what)
    })?;
    let mut identity = Identity::new(subject);
    identity.name = text(&all, &settings.name_claim).map(|name| Claim::account(name.to_owned()));
    identity.email = vouched(&all, &settings.email_claim);
    identity.phone = vouched(&all, &settings.phone_claim).map(|Claim { value, provenance }| {
        // `phone_number` is E.164 or close to it (Core section 5.1), so the country is in it.
        Claim { value: PhoneNumber { number: value, country_code: None }, provenance }
    });
    identity.avatar_url = text(&all, "picture")
        .filter(|picture| picture.starts_with("https://"))
        .map(|picture| Claim::account(picture.to_owned()));
    Ok(identity)
}

/// A claim with who vouches for it: the provider, if the claim of that name with `_verified` is true (Core section
/// 5.1), otherwise nobody. A text that says "true" is no truth.
fn vouched(claims: &Claims, name: &str) -> Option<Claim<String>> {
    let value = text(claims, name)?.to_owned();
    let verified = claims.get(&format!("{name}_verified")).and_then(Value::as_bool).unwrap_or_default();
    Some(Claim { value, provenance: if verified { Provenance::Account } else { Provenance::SelfDeclared } })
}

/// A claim that is a text and not empty. A claim without a name is not asked for.
fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a str> {
    claims.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty() && !name.is_empty())
}
