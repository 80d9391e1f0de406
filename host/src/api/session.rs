//! Signing in with a password, and signing out. What is signed in with travels in the cookie, never in a body.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::{Checked, Members};
use super::json::Json;
use super::refused::{ErrorBody, Refused};
use crate::app::App;
use crate::session;
use crate::session::cookie;
use crate::signin::password;
use crate::web::preferences::with_cookie;
use crate::web::visitor::{Member, Visitor};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(open, close))
}

/// What a person signs in with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Credentials {
    /// Username or e-mail address.
    identifier: String,
    /// Password.
    #[schema(value_type = String, format = Password, write_only)]
    password: SecretString,
}

/// Sign in with a password
///
/// Sets the session cookie, and ends the session that the browser had before. `GET /api/v1/me` tells whose it is.
#[utoipa::path(
    post, path = "/api/v1/session", operation_id = "sign_in", tag = "session", security(()),
    request_body = Credentials,
    responses(
        (status = 204, description = "Signed in", headers(("Set-Cookie" = String, description = "The session"))),
        (status = 401, description = "The username or the password is not right", body = ErrorBody),
        (status = 403, description = "Signing in with a password is switched off", body = ErrorBody),
        Checked,
    )
)]
async fn open(visitor: Visitor, Json(credentials): Json<Credentials>) -> Result<Response, Refused> {
    let caller = visitor.caller();
    let session = password::sign_in(&visitor.app, &credentials.identifier, credentials.password, caller).await?;
    Ok(session.on(StatusCode::NO_CONTENT.into_response()))
}

/// Sign out
#[utoipa::path(
    delete, path = "/api/v1/session", operation_id = "sign_out", tag = "session",
    responses((status = 204, description = "Signed out; the cookie is cleared"), Members)
)]
async fn close(member: Member) -> Result<Response, Refused> {
    session::leave(&member.visitor.app, &member.visit).await?;
    Ok(with_cookie(StatusCode::NO_CONTENT.into_response(), &cookie::clear(cookie::SESSION)))
}
