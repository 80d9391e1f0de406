//! A code for tokens (Core section 3.1.3).

use plugin_api::{Fault, FaultKind, HttpReply, HttpRequest};
use serde::Deserialize;

use crate::discovery::ClientAuthentication;
use crate::encoding::{base64, form, percent};
use crate::proof::Proof;
use crate::provider::Provider;
use crate::wire::{self, error_code};

/// What the provider gave for the code.
#[derive(Deserialize)]
pub(crate) struct Tokens {
    pub(crate) id_token: String,
    #[serde(default)]
    access_token: Option<String>,
    #[serde(default)]
    token_type: Option<String>,
}

impl Tokens {
    /// The access token, if it is of the kind that its bearer may use (RFC 6750).
    pub(crate) fn bearer(&self) -> Option<&str> {
        let is_bearer = self.token_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("bearer"));
        self.access_token.as_deref().filter(|_| is_bearer)
    }
}

/// The body of a refusal (RFC 6749 section 5.2).
#[derive(Deserialize)]
struct Refusal {
    error: String,
}

/// Swaps `code` for tokens. Never asked twice: a code is good for one try.
///
/// # Errors
/// [`FaultKind::CodeRejected`], [`FaultKind::CredentialsRejected`], or what came of the request.
pub(crate) async fn exchanged(
    provider: &Provider<'_>,
    code: &str,
    proof: &Proof,
    redirect_uri: &str,
) -> Result<Tokens, Fault> {
    let reply = asked(provider, code, &proof.verifier(), redirect_uri).await?;
    if reply.status != 200 {
        return Err(refusal(&reply));
    }
    reply.json().ok_or_else(|| Fault::new(FaultKind::BadAnswer, "the provider gave no ID token for the code"))
}

/// The answer of the token endpoint, whatever it says.
///
/// # Errors
/// When there is none, or the provider takes no way of authentication that we know.
pub(crate) async fn asked(
    provider: &Provider<'_>,
    code: &str,
    verifier: &str,
    redirect_uri: &str,
) -> Result<HttpReply, Fault> {
    let settings = &provider.settings;
    let mut pairs = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
        ("code_verifier", verifier),
    ];
    let mut authorization = None;
    match (settings.client_secret(), provider.document.client_authentication()) {
        (None, _) => pairs.push(("client_id", &settings.client_id)),
        (Some(secret), Some(ClientAuthentication::Basic)) => {
            let pair = format!("{}:{}", percent(&settings.client_id), percent(secret));
            authorization = Some(format!("Basic {}", base64(&pair)));
        }
        (Some(secret), Some(ClientAuthentication::Post)) => {
            pairs.extend([("client_id", settings.client_id.as_str()), ("client_secret", secret)]);
        }
        (Some(_), None) => {
            let what = "the provider takes a client secret neither by client_secret_basic nor by client_secret_post";
            return Err(Fault::new(FaultKind::Misconfigured, what));
        }
    }
    let endpoint = &provider.document.token_endpoint;
    let mut request = HttpRequest::post(endpoint, "application/x-www-form-urlencoded", form(&pairs)).leg("token");
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    wire::sent(provider.cx, request.header("accept", "application/json")).await
}

/// The fault for an answer that has no tokens.
pub(crate) fn refusal(reply: &HttpReply) -> Fault {
    let error = reply.json::<Refusal>().map(|refusal| refusal.error).unwrap_or_default();
    let kind = match (error.as_str(), reply.status) {
        ("invalid_grant", _) => FaultKind::CodeRejected,
        ("invalid_client", _) | (_, 401) => FaultKind::CredentialsRejected,
        ("invalid_request" | "invalid_scope" | "unauthorized_client" | "unsupported_grant_type", _) => {
            FaultKind::Misconfigured
        }
        _ => FaultKind::BadAnswer,
    };
    let fault = Fault::new(kind, format!("the provider gave no tokens (status {})", reply.status));
    match error_code(&error) {
        Some(error) => fault.with_provider_code(error),
        None => fault,
    }
}
