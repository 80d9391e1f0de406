//! What the provider sent the person back with.

use plugin_api::{Callback, Fault, FaultKind};

use crate::provider::Provider;
use crate::wire::error_code;

/// The authorization code.
///
/// # Errors
/// [`FaultKind::BadAnswer`] when another issuer sent it, [`FaultKind::Denied`] when there is none.
pub(crate) fn code<'a>(provider: &Provider<'_>, callback: &'a Callback) -> Result<&'a str, Fault> {
    came_from_issuer(provider, callback)?;
    if let Some(error) = callback.param("error") {
        return Err(refusal(error));
    }
    callback.param("code").ok_or_else(|| Fault::new(FaultKind::Denied, "no code came back"))
}

/// A provider that names itself must name itself, and a code of another one goes nowhere (RFC 9207 section 2.4).
fn came_from_issuer(provider: &Provider<'_>, callback: &Callback) -> Result<(), Fault> {
    let wrong = match callback.param("iss") {
        Some(issuer) => issuer != provider.document.issuer,
        None => provider.document.names_issuer(),
    };
    if wrong {
        return Err(Fault::new(FaultKind::BadAnswer, "the callback is not from the issuer"));
    }
    Ok(())
}

/// The errors of RFC 6749 section 4.1.2.1 and Core section 3.1.2.6.
fn refusal(error: &str) -> Fault {
    let kind = match error {
        "unauthorized_client" | "unsupported_response_type" | "invalid_scope" | "invalid_request" => {
            FaultKind::Misconfigured
        }
        "server_error" => FaultKind::Unavailable,
        "temporarily_unavailable" => FaultKind::Busy,
        _ => FaultKind::Denied,
    };
    let fault = Fault::new(kind, "the provider sent the person back without a code");
    match error_code(error) {
        Some(error) => fault.with_provider_code(error),
        None => fault,
    }
}
