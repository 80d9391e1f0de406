//! How far the pages reach from which people go to a provider.

use axum::response::Response;
use http::HeaderValue;
use http::header::CONTENT_SECURITY_POLICY;
use url::Url;

use super::panel;
use crate::app::App;
use crate::authenticators::directory::Authenticator;
use crate::web::policy::Reach;

/// Of a page whose forms end at a provider; browsers want to know that beforehand.
pub(crate) fn of_forms(app: &App) -> Option<HeaderValue> {
    Reach { forms: providers(app), ..Reach::default() }.policy()
}

/// Of the form of one authenticator, on or off: a rehearsal begins there.
pub(crate) fn of_rehearsals(app: &App, one: &Authenticator) -> Option<HeaderValue> {
    Reach { forms: providers_of(app, one), ..Reach::default() }.policy()
}

/// Of the sign-in page: its forms end at providers, and it may show their panels.
pub(super) fn of_sign_in(app: &App) -> Option<HeaderValue> {
    Reach { forms: providers(app), ..panel::reach(app) }.policy()
}

/// The response with this policy in the place of the ordinary one.
pub(crate) fn with(mut response: Response, policy: Option<HeaderValue>) -> Response {
    if let Some(policy) = policy {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Where the enabled authenticators send people: what their plug-ins ask for, and what an administrator entered.
fn providers(app: &App) -> Vec<String> {
    let all = app.authenticators.all();
    all.iter().filter(|one| one.enabled).flat_map(|one| providers_of(app, one)).collect()
}

fn providers_of(app: &App, one: &Authenticator) -> Vec<String> {
    let Some((plugin, kind)) = app.registry.type_of(&one.kind) else { return Vec::new() };
    let asked_for = plugin.manifest().borrows.redirect.iter().map(|host| format!("https://{host}"));
    let entered = kind.form.upstreams(&one.settings);
    asked_for.chain(entered.iter().filter_map(|text| origin_of(text))).collect()
}

/// The origin of an address.
pub(super) fn origin_of(address: &str) -> Option<String> {
    Url::parse(address).ok().map(|url| url.origin().ascii_serialization())
}
