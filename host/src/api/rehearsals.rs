//! What a rehearsed sign-in came to.

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
use crate::signin::rehearsal::{Account, Admission, Change, Verdict, handlers};
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(show))
}

/// What a rehearsed sign-in came to: either `admitted` or `refused`.
#[derive(Serialize, ToSchema)]
struct Rehearsal {
    /// Its id.
    id: String,
    /// When it was.
    #[schema(format = DateTime)]
    at: String,
    /// Uid of the authenticator.
    authenticator: String,
    /// Whom it would have let in.
    #[serde(skip_serializing_if = "Option::is_none")]
    admitted: Option<AdmissionBody>,
    /// In which refusal it would have ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<EndingBody>,
    /// What was asked of the provider, and whom it named.
    course: CourseBody,
}

/// Whom a sign-in would have let in.
#[derive(Serialize, ToSchema)]
struct AdmissionBody {
    /// By which rule the account is found.
    #[schema(example = "phone")]
    how: String,
    /// Id of the account; absent for one that would be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    /// Name on the account.
    name: String,
    /// What the account may do.
    roles: Vec<String>,
    /// What would be written besides the session and the journal.
    changes: Vec<ChangeBody>,
}

/// Something that would be written.
#[derive(Serialize, ToSchema)]
struct ChangeBody {
    /// `account`, `link`, `moved-link`, `field`, or `field-taken` for one that stays because another account has the
    /// value.
    #[schema(example = "link")]
    what: &'static str,
    /// Kind of the identifier that the link was by, or name of the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    which: Option<String>,
    /// The new value, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// Read what a rehearsed sign-in came to
///
/// Only the administrator who rehearsed may read it, for a day.
#[utoipa::path(
    get, path = "/api/v1/rehearsals/{id}", operation_id = "read_rehearsal", tag = "authenticators",
    params(("id" = String, Path, description = "Id of the report")),
    responses(
        (status = 200, description = "What it came to", body = Rehearsal),
        (status = 404, description = "There is no such report, or it is somebody else's", body = ErrorBody),
        Administrators,
    )
)]
async fn show(administrator: Administrator, Path(id): Path<String>) -> Result<Json<Rehearsal>, Refused> {
    let (at, report) = handlers::find(&administrator, &id).await?.ok_or(Problem::NotFound)?;
    let (admitted, refused) = match report.verdict {
        Verdict::Admitted(admission) => (Some(admission.into()), None),
        Verdict::Refused(ending) => (None, Some(ending.into())),
    };
    let course = report.course.into();
    Ok(Json(Rehearsal { id, at: moment(at), authenticator: report.authenticator, admitted, refused, course }))
}

impl From<Admission> for AdmissionBody {
    fn from(admission: Admission) -> Self {
        let user = match admission.account {
            Account::Known { id, .. } => Some(id),
            Account::New => None,
        };
        let changes = admission.changes.into_iter().map(ChangeBody::from).collect();
        Self { how: admission.how, user, name: admission.name, roles: admission.roles, changes }
    }
}

impl From<Change> for ChangeBody {
    fn from(change: Change) -> Self {
        let (what, which, value) = match change {
            Change::Account => ("account", None, None),
            Change::Link => ("link", None, None),
            Change::Moved(kind) => ("moved-link", Some(kind), None),
            Change::Field(field, value) => ("field", Some(field.name().to_owned()), Some(value)),
            Change::Taken(field) => ("field-taken", Some(field.name().to_owned()), None),
        };
        Self { what, which, value: value.filter(|value| !value.is_empty()) }
    }
}
