//! What people change about themselves.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::{Checked, Members};
use super::json::Json;
use super::refused::{Fault, Refused};
use crate::app::App;
use crate::session::cookie;
use crate::signin::password;
use crate::ui::fault::FieldFault;
use crate::users::service::{self, UserRefused};
use crate::web::preferences::with_cookie;
use crate::web::problem::Problem;
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
    let app = &member.visitor.app;
    let user = service::find(app, &member.visit.user_id).await?.ok_or(Problem::SignInFirst)?.user;
    let (current, new) = (change.current, change.new);
    if !app.passwords.verify(current.expose_secret(), user.password_hash.as_deref()).await? {
        return Err(Refused::Invalid(vec![Fault::Own("current", FieldFault::PasswordWrong)]));
    }
    if current.expose_secret() == new.expose_secret() {
        return Err(Refused::Invalid(vec![Fault::Own("new", FieldFault::PasswordUnchanged)]));
    }
    service::set_password(app, &user.id, &user.id, &new, "").await.map_err(of_new)?;
    // A new id for a changed password: the old one ended with all others.
    let session = password::again(app, &member.visit, member.visitor.caller()).await?;
    Ok(with_cookie(StatusCode::NO_CONTENT.into_response(), &cookie::set(cookie::SESSION, session.id.text(), None)))
}

/// The service speaks of the password of a user; here the field is called `new`.
fn of_new(refused: UserRefused) -> Refused {
    match refused {
        UserRefused::Invalid(faults) => {
            Refused::Invalid(faults.into_iter().map(|(_, fault)| Fault::Own("new", fault)).collect())
        }
        other => other.into(),
    }
}
