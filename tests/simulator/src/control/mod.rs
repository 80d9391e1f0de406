//! The simulator's own interface under `/_sim/`: JSON for scripts, and a small console for people.
//!
//! Whoever reaches it can do everything, so it answers only to requests that name a loopback host and that no other
//! site's page has sent.

mod console;
mod forms;
mod merge;
mod misbehave;
mod observe;
mod spoil;
mod stage;
mod trouble;

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post, put};

use crate::world::World;
use trouble::Trouble;

/// What a handler gives back.
type Outcome<T> = Result<T, Trouble>;

/// All routes below `/_sim/`.
pub(crate) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_sim", get(console::show))
        .route("/_sim/", get(console::show))
        .route("/_sim/console/redirect-urls", post(forms::redirect_urls))
        .route("/_sim/console/permissions", post(forms::permissions))
        .route("/_sim/console/auto-approve", post(forms::auto_approve))
        .route("/_sim/console/faults", post(spoil::plan))
        .route("/_sim/counters", get(observe::counters).delete(observe::reset_counters))
        .route("/_sim/requests", get(observe::requests).delete(observe::forget_requests))
        .route("/_sim/clock", get(observe::clock).post(observe::advance_clock))
        .route("/_sim/faults", get(misbehave::faults).post(misbehave::add_fault).delete(misbehave::remove_faults))
        .route(
            "/_sim/callbacks",
            get(misbehave::callbacks).post(misbehave::add_callback).delete(misbehave::remove_callbacks),
        )
        .route("/_sim/barriers", get(misbehave::barriers))
        .route("/_sim/barriers/{name}/release", post(misbehave::release))
        .route("/_sim/scenario", get(stage::scenario))
        .route("/_sim/reset", post(stage::reset))
        .route("/_sim/quirks", patch(stage::change_quirks))
        .route("/_sim/auto-approve", put(stage::auto_approve))
        .route("/_sim/codes", post(stage::issue_code))
        .route("/_sim/apps/{client_id}", patch(stage::change_app))
        .route("/_sim/apps/{client_id}/permissions", put(stage::set_permissions))
        .route("/_sim/apps/{client_id}/redirect-urls", post(stage::register).delete(stage::unregister))
        .route("/_sim/people/{id}", put(stage::put_person).patch(stage::change_person))
        .route_layer(middleware::from_fn(only_from_here))
}

/// Refuses what a web page elsewhere could send: a foreign host name (DNS rebinding), or a cross-site request.
async fn only_from_here(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if is_loopback_host(headers) && !is_cross_site(headers) {
        return next.run(request).await;
    }
    Trouble::new(
        StatusCode::FORBIDDEN,
        "the control interface answers on loopback host names only, to its own pages and to scripts",
    )
    .into_response()
}

fn is_loopback_host(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_cross_site(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|value| value == "cross-site")
}
