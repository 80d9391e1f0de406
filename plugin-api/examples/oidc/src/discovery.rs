//! What the provider says about itself (Discovery section 4).

use std::time::Duration;

use plugin_api::{Context, Fault, FaultKind, HttpRequest};
use serde::Deserialize;

use crate::wire;

/// How long a document is believed.
const KEPT: Duration = Duration::from_secs(60 * 60);

/// The parts that matter here (Discovery section 3, RFC 8414, RFC 9207).
#[derive(Clone, Deserialize)]
pub(crate) struct Document {
    pub(crate) issuer: String,
    pub(crate) authorization_endpoint: String,
    pub(crate) token_endpoint: String,
    pub(crate) jwks_uri: String,
    #[serde(default)]
    pub(crate) userinfo_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    code_challenge_methods_supported: Vec<String>,
    #[serde(default)]
    id_token_signing_alg_values_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// How a client with a secret shows who it is at the token endpoint (Core section 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClientAuthentication {
    Basic,
    Post,
}

impl Document {
    /// How to authenticate; `None` when the provider takes neither way.
    pub(crate) fn client_authentication(&self) -> Option<ClientAuthentication> {
        // Without a list it is Basic (Discovery section 3).
        let Some(methods) = &self.token_endpoint_auth_methods_supported else {
            return Some(ClientAuthentication::Basic);
        };
        let takes = |method: &str| methods.iter().any(|one| one == method);
        if takes("client_secret_basic") {
            Some(ClientAuthentication::Basic)
        } else if takes("client_secret_post") {
            Some(ClientAuthentication::Post)
        } else {
            None
        }
    }

    /// Whether the provider says that it checks code verifiers.
    pub(crate) fn checks_verifiers(&self) -> bool {
        self.code_challenge_methods_supported.iter().any(|method| method == "S256")
    }

    /// Whether the provider signs ID tokens with `algorithm`, as far as it says.
    pub(crate) fn signs_with(&self, algorithm: &str) -> bool {
        let list = &self.id_token_signing_alg_values_supported;
        list.is_empty() || list.iter().any(|one| one == algorithm)
    }

    /// Whether every callback names the issuer (RFC 9207).
    pub(crate) fn names_issuer(&self) -> bool {
        self.authorization_response_iss_parameter_supported
    }
}

/// The document of `issuer`, fresh or remembered.
///
/// # Errors
/// [`FaultKind::Misconfigured`] when there is none, or another issuer's; otherwise what came of the request.
pub(crate) async fn document(cx: &Context, issuer: &str) -> Result<Document, Fault> {
    let bytes = cx.cached("discovery", || async { Ok((fetch(cx, issuer).await?, KEPT)) }).await?;
    read(&bytes, issuer)
}

/// Where the document is (Discovery section 4.1).
fn address(issuer: &str) -> String {
    format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))
}

/// The bytes of a document that is good; another one is not remembered.
async fn fetch(cx: &Context, issuer: &str) -> Result<Vec<u8>, Fault> {
    let reply = wire::sent(cx, HttpRequest::get(address(issuer)).leg("discovery")).await?;
    if reply.status != 200 {
        let what = format!("the issuer has no discovery document (status {})", reply.status);
        return Err(Fault::new(FaultKind::Misconfigured, what));
    }
    read(&reply.body, issuer)?;
    Ok(reply.body)
}

fn read(bytes: &[u8], issuer: &str) -> Result<Document, Fault> {
    let document: Document = serde_json::from_slice(bytes)
        .map_err(|_| Fault::new(FaultKind::BadAnswer, "the discovery document lacks something that it must have"))?;
    // Exactly (Discovery section 4.3): otherwise one provider could speak for another.
    if document.issuer != issuer {
        return Err(Fault::new(FaultKind::Misconfigured, "the discovery document is another issuer's"));
    }
    Ok(document)
}
