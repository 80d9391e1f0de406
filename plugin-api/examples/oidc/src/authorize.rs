//! The address of the provider's sign-in page.

use plugin_api::BeginRequest;

use crate::encoding::form;
use crate::proof::Proof;
use crate::provider::Provider;

/// Where the person's browser goes (Core section 3.1.2.1, RFC 7636 section 4.3).
pub(crate) fn url(provider: &Provider<'_>, proof: &Proof, request: &BeginRequest) -> String {
    let (challenge, nonce) = (proof.challenge(), proof.nonce());
    let query = form(&[
        ("response_type", "code"),
        ("client_id", &provider.settings.client_id),
        ("redirect_uri", &request.redirect_uri),
        ("scope", &provider.settings.scope()),
        ("state", &request.state),
        ("nonce", &nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    let endpoint = &provider.document.authorization_endpoint;
    // An endpoint may have a query of its own, which stays (RFC 6749 section 3.1).
    let separator = if endpoint.contains('?') { '&' } else { '?' };
    format!("{endpoint}{separator}{query}")
}
