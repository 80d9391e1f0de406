//! What is done with an authenticator besides changing its settings.

use axum::extract::Path;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::Enabling;
use super::{Authenticator, known};
use crate::api::document::{Administrators, Checked};
use crate::api::json::Json;
use crate::api::refused::{ErrorBody, Fault, Refused};
use crate::app::App;
use crate::authenticators::doctor::approach::Approach;
use crate::authenticators::doctor::told::Told;
use crate::authenticators::service::Mandate;
use crate::authenticators::{doctor, order, service};
use crate::ui::fault::FieldFault;
use crate::ui::i18n::Words;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(enable))
        .routes(routes!(disable))
        .routes(routes!(check))
        .routes(routes!(put_in_order))
}

/// The order of the sign-in page.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Order {
    /// Uids, the first one on top. Those that are not named follow in the order they had.
    order: Vec<String>,
}

/// Put an authenticator on the sign-in page
///
/// The connection doctor is asked first; if people could not sign in, nothing is changed, and `findings` say why.
#[utoipa::path(
    post, path = "/api/v1/authenticators/{uid}/enable", operation_id = "enable_authenticator", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    request_body = Option<Enabling>,
    responses(
        (status = 200, description = "Enabled", body = Authenticator),
        (status = 404, description = "There is no such authenticator", body = ErrorBody),
        (status = 409, description = "Required settings are missing, its plug-in does not run, or people could not \
            sign in", body = ErrorBody),
        Administrators,
        Checked,
    )
)]
async fn enable(
    administrator: Administrator,
    approach: Approach,
    Path(uid): Path<String>,
    body: Option<Json<Enabling>>,
) -> Result<Json<Authenticator>, Refused> {
    let Json(Enabling { despite_findings }) = body.unwrap_or_default();
    let mandate = Mandate { approach: Some(&approach), despite_findings, ..Mandate::of(administrator.id()) };
    service::set_enabled(administrator.app(), &mandate, &uid, true).await?;
    known(administrator.app(), &uid)
}

/// Take an authenticator off the sign-in page
///
/// Sign-ins that are under way with it end.
#[utoipa::path(
    post, path = "/api/v1/authenticators/{uid}/disable", operation_id = "disable_authenticator", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    responses(
        (status = 200, description = "Disabled", body = Authenticator),
        (status = 404, description = "There is no such authenticator", body = ErrorBody),
        (status = 409, description = "It is the last way to sign in", body = ErrorBody),
        Administrators,
    )
)]
async fn disable(administrator: Administrator, Path(uid): Path<String>) -> Result<Json<Authenticator>, Refused> {
    service::set_enabled(administrator.app(), &Mandate::of(administrator.id()), &uid, false).await?;
    known(administrator.app(), &uid)
}

/// Check the connection of an authenticator
///
/// The host looks at how people reach it; its plug-in examines the stored settings, and calls the provider for that.
#[utoipa::path(
    post, path = "/api/v1/authenticators/{uid}/check", operation_id = "check_authenticator", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    responses(
        (status = 200, description = "What was found", body = Told),
        (status = 404, description = "There is no such authenticator", body = ErrorBody),
        (status = 409, description = "Its plug-in does not run, or there is none", body = ErrorBody),
        Administrators,
    )
)]
async fn check(
    administrator: Administrator,
    approach: Approach,
    Path(uid): Path<String>,
) -> Result<Json<Told>, Refused> {
    let app = administrator.app();
    let one = app.authenticators.find(&uid).ok_or(Problem::NotFound)?;
    app.registry.type_of(&one.kind).ok_or(Refused::PluginOff)?;
    let found = doctor::examine(app, administrator.id(), &one, Some(&approach)).await?;
    Ok(Json(Told::of(&found, Words::new(administrator.language()))))
}

/// Put the authenticators in order
#[utoipa::path(
    put, path = "/api/v1/authenticators/order", operation_id = "order_authenticators", tag = "authenticators",
    request_body = Order,
    responses((status = 204, description = "In order"), Administrators, Checked)
)]
async fn put_in_order(administrator: Administrator, Json(wanted): Json<Order>) -> Result<StatusCode, Refused> {
    let app = administrator.app();
    let all = app.authenticators.all();
    if wanted.order.iter().any(|uid| app.authenticators.find(uid).is_none()) {
        return Err(Refused::Invalid(vec![Fault::Own("order", FieldFault::BadChoice)]));
    }
    // The journal names the first one that is not where it was.
    let moved = wanted.order.iter().zip(all.iter()).find(|(uid, one)| **uid != one.uid);
    if let Some((uid, _)) = moved {
        order::reorder(app, administrator.id(), uid, &wanted.order).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
