//! What the provider tells beyond the ID token (Core section 5.3).

use plugin_api::{Fault, FaultKind, HttpRequest};

use crate::id_token::Claims;
use crate::provider::Provider;
use crate::token::Tokens;
use crate::wire;

/// What the endpoint says of the person of the ID token; nothing where there is no endpoint, or it is not to be asked.
///
/// # Errors
/// [`FaultKind::BadAnswer`] when it speaks of somebody else, or what came of the request.
pub(crate) async fn fetched(provider: &Provider<'_>, tokens: &Tokens, signed: &Claims) -> Result<Claims, Fault> {
    let endpoint = provider.document.userinfo_endpoint.as_ref().filter(|_| provider.settings.userinfo);
    let (Some(endpoint), Some(token)) = (endpoint, tokens.bearer()) else { return Ok(Claims::new()) };
    let request = HttpRequest::get(endpoint).leg("userinfo").header("accept", "application/json");
    let reply = wire::sent(provider.cx, request.header("authorization", format!("Bearer {token}"))).await?;
    let claims: Option<Claims> = reply.json().filter(|_| reply.status == 200);
    let claims = claims.ok_or_else(|| {
        Fault::new(FaultKind::BadAnswer, format!("the userinfo endpoint says nothing (status {})", reply.status))
    })?;
    // Section 5.3.2: otherwise the token of one person could bring in the data of another.
    let subject = claims.get("sub").and_then(|subject| subject.as_str());
    if subject.is_none() || subject != signed.get("sub").and_then(|subject| subject.as_str()) {
        return Err(Fault::new(FaultKind::BadAnswer, "the userinfo endpoint speaks of somebody else"));
    }
    Ok(claims)
}
