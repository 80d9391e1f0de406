//! The description of the API (OpenAPI 3.1), made from what stands above the handlers.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use once_cell::sync::OnceCell;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Response as Described, ResponseBuilder, Server};
use utoipa::{IntoResponses, Modify, OpenApi as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::refused::{ErrorBody, FaultBody};
use crate::app::App;
use crate::failure::Failure;
use crate::session::cookie;
use crate::web::problem::Problem;

/// The description as it is served: made once, at the first request, because it names the base of the site.
pub(super) struct Served {
    description: OpenApi,
    bytes: OnceCell<Bytes>,
}

impl Served {
    pub(super) fn new(description: OpenApi) -> Self {
        Self { description, bytes: OnceCell::new() }
    }

    fn bytes(&self, base: &str) -> Result<Bytes, Failure> {
        let make = || {
            let mut description = self.description.clone();
            description.servers = (!base.is_empty()).then(|| vec![Server::new(base)]);
            Ok(Bytes::from(serde_json::to_vec(&description)?))
        };
        self.bytes.get_or_try_init(make).cloned()
    }
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(show))
}

/// Description of this API
///
/// For everybody, like the source of the program.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", operation_id = "describe_api", tag = "description", security(()),
    responses((status = 200, description = "An OpenAPI 3.1 document", body = Object))
)]
async fn show(State(app): State<App>, Extension(served): Extension<Arc<Served>>) -> Result<Response, Problem> {
    let bytes = served.bytes(app.urls.base())?;
    Ok(([(CONTENT_TYPE, "application/json")], bytes).into_response())
}

/// What the description begins with, before the routes.
pub(super) fn beginning() -> OpenApi {
    Beginning::openapi()
}

/// The description of the whole is text for the reader of the document, not of this source.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Gatehouse",
        description = "Everything that the pages of this site do.\n\n\
            The session is a cookie that `POST /api/v1/session` sets. Requests that change something carry JSON or \
            nothing, and an `Origin` or `Sec-Fetch-Site` header of this site, as browsers send them. Unknown fields \
            are refused. Moments are RFC 3339 in UTC; texts for people come in both languages, except sentences about \
            the request, which follow `Accept-Language`.",
    ),
    components(schemas(ErrorBody, FaultBody)),
    modifiers(&SessionCookie),
    security(("session" = [])),
    tags(
        (name = "session", description = "Signing in and out, and who is signed in"),
        (name = "authenticators", description = "Ways to sign in"),
        (name = "plug-ins", description = "Where further ways to sign in come from"),
        (name = "users", description = "Who may sign in"),
        (name = "journal", description = "What happened"),
        (name = "description", description = "This document"),
    )
)]
struct Beginning;

struct SessionCookie;

impl Modify for SessionCookie {
    fn modify(&self, description: &mut OpenApi) {
        let value =
            ApiKeyValue::with_description(cookie::SESSION, "Set by a sign-in. HttpOnly; its value is in no body.");
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(value)));
    }
}

/// How an operation for everybody who is signed in can end besides.
pub(super) enum Members {}

/// How an operation for administrators can end besides.
pub(super) enum Administrators {}

/// How an operation that reads a body can end besides.
pub(super) enum Checked {}

const NOBODY: (&str, &str) = ("401", "Nobody is signed in");
const NOT_ALLOWED: (&str, &str) = ("403", "Not an administrator, or a request that comes from another site");

impl IntoResponses for Members {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        refusals(&[NOBODY])
    }
}

impl IntoResponses for Administrators {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        refusals(&[NOBODY, NOT_ALLOWED])
    }
}

impl IntoResponses for Checked {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        refusals(&[
            ("400", "The body is no JSON"),
            ("413", "The body is larger than a mebibyte"),
            ("415", "The body is not declared as `application/json`"),
            ("422", "An unknown field, a missing one, a value of the wrong type, or values that `faults` tells about"),
        ])
    }
}

fn refusals(endings: &[(&str, &str)]) -> BTreeMap<String, RefOr<Described>> {
    let ending = |(status, meaning): &(&str, &str)| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
        let described = ResponseBuilder::new().description(*meaning).content("application/json", content).build();
        ((*status).to_owned(), RefOr::T(described))
    };
    endings.iter().map(ending).collect()
}
