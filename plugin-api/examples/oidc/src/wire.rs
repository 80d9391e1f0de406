//! Requests, and the answers that mean the same everywhere.

use plugin_api::{Context, Fault, FaultKind, HttpFaultKind, HttpReply, HttpRequest};

/// The answer to `request`, whatever it says.
///
/// # Errors
/// When there is none, or the provider is busy or down.
pub(crate) async fn sent(cx: &Context, request: HttpRequest) -> Result<HttpReply, Fault> {
    let what = request.leg.clone().unwrap_or_default();
    let reply = cx.http(request).await.map_err(|fault| {
        let unlent = fault.kind == HttpFaultKind::NotAllowed;
        let fault = Fault::from(fault).during(format!("the request `{what}`"));
        if unlent { fault.during("an endpoint on a server that is not in the settings") } else { fault }
    })?;
    let kind = match reply.status {
        429 => FaultKind::Busy,
        500.. => FaultKind::Unavailable,
        _ => return Ok(reply),
    };
    Err(Fault::new(kind, format!("the provider answers `{what}` with status {}", reply.status)))
}

/// A provider's error code as the log may have it: what RFC 6749 allows in one, and not too long.
pub(crate) fn error_code(text: &str) -> Option<&str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    Some(text).filter(|text| (1..=64).contains(&text.len()) && text.bytes().all(plain))
}
