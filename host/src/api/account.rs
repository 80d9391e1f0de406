//! What people change about themselves.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::{Checked, Members};
use super::json::Json;
use super::refused::{Fault, Refused};
use crate::app::App;
use crate::users::own_password::{self, OwnPasswordRefused};
use crate::web::visitor::Member;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(change_password))
}

/// A change of one's own password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordChange {
    /// The present password.
    #[schema(value_type = String, format = Password, write_only)]
    current: SecretString,
    /// The new one, at least 15 characters.
    #[schema(value_type = String, format = Password, write_only)]
    new: SecretString,
}

/// Change one's own password
///
/// Every session of the person ends; this browser gets a new one.
#[utoipa::path(
    post, path = "/api/v1/account/password", operation_id = "change_password", tag = "session",
    request_body = PasswordChange,
    responses(
        (status = 204, description = "Changed", headers(("Set-Cookie" = String, description = "The new session"))),
        Members,
        Checked,
    )
)]
async fn change_password(member: Member, Json(change): Json<PasswordChange>) -> Result<Response, Refused> {
    let (app, caller) = (&member.visitor.app, member.visitor.caller());
    match own_password::change(app, &member.visit, caller, &change.current, &change.new).await {
        Ok(session) => Ok(session.on(StatusCode::NO_CONTENT.into_response())),
        Err(OwnPasswordRefused::Current(fault)) => Err(Refused::Invalid(vec![Fault::Own("current", fault)])),
        Err(OwnPasswordRefused::New(fault)) => Err(Refused::Invalid(vec![Fault::Own("new", fault)])),
        Err(OwnPasswordRefused::Failure(failure)) => Err(failure.into()),
    }
}
