//! `GET /metrics`: for administrators, and for whoever has the token.

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::collect::collect;
use crate::app::App;
use crate::urls::route;
use crate::web::problem::Problem;
use crate::web::visitor::Visitor;

/// The text format that every version of Prometheus reads.
const MEDIA: &str = "text/plain; version=0.0.4; charset=utf-8";

pub(crate) fn routes() -> Router<App> {
    Router::new().route(route::METRICS, get(show))
}

/// Strangers find nothing here, but a monitoring system with a wrong token is told so.
async fn show(visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let app = &visitor.app;
    let admitted = match headers.get(AUTHORIZATION) {
        Some(presented) => bearer(presented).is_some_and(|token| app.metrics.admits(token)),
        None if visitor.visit.as_ref().is_some_and(|visit| visit.is_admin()) => true,
        None => return Err(Problem::NotFound),
    };
    if admitted {
        Ok(([(CONTENT_TYPE, MEDIA)], collect(app)).into_response())
    } else {
        Ok((StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer")]).into_response())
    }
}

/// The token of RFC 6750 section 2.1; the name of a scheme has no case (RFC 9110 section 11.1).
fn bearer(presented: &HeaderValue) -> Option<&str> {
    let (scheme, token) = presented.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
