//! Why a sign-in was refused.

use axum::extract::Path;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::course::{CourseBody, EndingBody};
use super::document::Administrators;
use super::json::Json;
use super::refused::{ErrorBody, Refused};
use super::values::moment;
use crate::app::App;
use crate::signin::explanation::handlers;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(show))
}

/// What led to one refused sign-in.
#[derive(Serialize, ToSchema)]
struct Explanation {
    /// The code that the person was shown.
    #[schema(example = "7K3M-9QXD")]
    reference: String,
    /// When it happened.
    #[schema(format = DateTime)]
    at: String,
    /// Uid of the authenticator; empty if there was none.
    authenticator: String,
    /// In which refusal it ended.
    ending: EndingBody,
    /// What was asked of the provider, and whom it named.
    course: CourseBody,
}

/// Read why a sign-in was refused
///
/// Kept for thirty days. Codes, tokens, secrets, whole telephone numbers and e-mail addresses are not in it.
#[utoipa::path(
    get, path = "/api/v1/journal/{reference}/explanation", operation_id = "explain_refusal", tag = "journal",
    params(("reference" = String, Path, description = "The code that the person was shown")),
    responses(
        (status = 200, description = "What led to it", body = Explanation),
        (status = 404, description = "No refused sign-in has this code, or it is no longer kept", body = ErrorBody),
        Administrators,
    )
)]
async fn show(administrator: Administrator, Path(reference): Path<String>) -> Result<Json<Explanation>, Refused> {
    let (reference, row) = handlers::find(administrator.app(), &reference).await?.ok_or(Problem::NotFound)?;
    let report = handlers::report(&row)?.ok_or(Problem::NotFound)?;
    Ok(Json(Explanation {
        reference,
        at: moment(row.at),
        authenticator: report.authenticator,
        ending: report.ending.into(),
        course: report.course.into(),
    }))
}
