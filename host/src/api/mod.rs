//! The JSON API under `/api/v1`: everything that the pages do, with the same services behind it.
//!
//! A resource is a file. Its handlers take whom they are for ([`Member`](crate::web::visitor::Member),
//! [`Administrator`](crate::web::visitor::Administrator)) as an argument, so that none can forget to ask; they read
//! bodies with [`json::Json`], which knows no field that is not declared, and they fail with a [`refused::Refused`],
//! which [`refused::in_words`] turns into JSON in the language of the request. What is declared above a handler is the
//! [`document`] that `/api/v1/openapi.json` serves; the same declaration makes the route, so that neither can be
//! without the other.
//!
//! Whoever calls is a browser of ours or behaves like one: the session is the cookie, and a request that changes
//! something says where it comes from (see [`crate::web::gate`]).

mod account;
mod authenticator_types;
mod authenticators;
mod course;
mod document;
mod explanations;
mod journal;
mod json;
mod keys;
mod me;
mod plugins;
pub(crate) mod refused;
mod rehearsals;
mod sentences;
mod session;
#[cfg(test)]
mod tests;
mod users;
mod values;

use std::sync::Arc;

use axum::middleware::from_fn;
use axum::{Extension, Router};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// Every route of the API; the paths are below the base of the site.
pub(crate) fn routes() -> Router<App> {
    let (router, description) = resources().split_for_parts();
    let description = Extension(Arc::new(document::Served::new(description)));
    // Not `layer`: that would reach whatever matches no route as well, pages included.
    router.route_layer(description).route_layer(from_fn(refused::in_words))
}

fn resources() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(document::beginning())
        .merge(me::routes())
        .merge(session::routes())
        .merge(account::routes())
        .merge(plugins::routes())
        .merge(authenticator_types::routes())
        .merge(authenticators::routes())
        .merge(keys::routes())
        .merge(users::routes())
        .merge(journal::routes())
        .merge(explanations::routes())
        .merge(rehearsals::routes())
        .merge(document::routes())
}
