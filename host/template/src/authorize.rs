//! The way out: where the browser goes when somebody clicks the button (RFC 6749 section 4.1.1).

use plugin_api::BeginRequest;

use crate::address::query;
use crate::settings::Settings;

/// The provider's own sign-in page. `state` and `redirect_uri` go along exactly as the host gave them.
pub(crate) fn url(settings: &Settings, request: &BeginRequest) -> String {
    let query = query(&[
        ("response_type", "code"),
        ("client_id", &settings.client_id),
        ("redirect_uri", &request.redirect_uri),
        ("state", &request.state),
    ]);
    format!("{}?{query}", settings.at("/authorize"))
}
