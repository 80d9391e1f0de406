//! The identity-key assistant: links by other identifiers than the subject, brought along and moved.

use axum::extract::Path;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::{Administrators, Checked};
use super::json::Json;
use super::refused::{ErrorBody, Fault, Refused};
use crate::app::App;
use crate::keys::handlers::shortened;
use crate::keys::plan::{self, PlanRow};
use crate::keys::{Fate, Plan, Refused as KeysRefused, Subject, carry_out, import};
use crate::ui::fault::FieldFault;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(bring)).routes(routes!(try_out)).routes(routes!(move_all))
}

/// Links from another system. All of them are taken in, or none.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Brought {
    /// What the values are: a kind that the authenticator's type knows, or `subject`.
    #[schema(example = "userid")]
    kind: String,
    /// The links.
    links: Vec<BroughtLink>,
}

/// One link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BroughtLink {
    /// Username of the user.
    username: String,
    /// What the provider calls the person.
    value: String,
}

/// How many links are new.
#[derive(Serialize, ToSchema)]
struct Imported {
    /// Links that were not there before.
    imported: usize,
}

/// Which links are looked up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Whether links by the subject are looked up as well: the provider may have given people a newer one.
    #[serde(default)]
    also_subjects: bool,
}

/// Which plan is carried out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Decided {
    /// The `fingerprint` of the plan that was read.
    fingerprint: String,
    /// As it was for that plan.
    #[serde(default)]
    also_subjects: bool,
}

/// What would become of every link.
#[derive(Serialize, ToSchema)]
struct PlanBody {
    /// How many links have which fate.
    counts: BTreeMap<&'static str, usize>,
    /// How many links would be written.
    changes: usize,
    /// What tells this plan from any other.
    fingerprint: String,
    /// The links that do not stay as they are.
    links: Vec<PlanLink>,
}

/// What would become of one link.
#[derive(Serialize, ToSchema)]
struct PlanLink {
    /// Username of its user.
    username: String,
    /// What it is by.
    kind: String,
    /// The identifier, shortened.
    value: String,
    /// What happens: `move`, `merge`, `conflict`, `nobody`, `ambiguous`, `needs-person` or `unknown`.
    fate: &'static str,
    /// The subject that it moves to, shortened; or the username that it collides with.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
}

/// How many links were written.
#[derive(Serialize, ToSchema)]
struct Moved {
    /// Links that were moved or merged.
    written: usize,
}

/// Bring links along from another system
#[utoipa::path(
    post, path = "/api/v1/authenticators/{uid}/keys/import", operation_id = "import_keys", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    request_body = Brought,
    responses(
        (status = 200, description = "Taken in", body = Imported),
        (status = 404, description = "No such authenticator, or its type knows no other identifiers", body = ErrorBody),
        (status = 409, description = "The links were changed at the same moment", body = ErrorBody),
        Administrators, Checked
    )
)]
async fn bring(
    administrator: Administrator,
    Path(uid): Path<String>,
    Json(brought): Json<Brought>,
) -> Result<Json<Imported>, Refused> {
    let app = administrator.app();
    let lines: Vec<String> =
        brought.links.iter().map(|link| format!("{},{}", one_line(&link.username), one_line(&link.value))).collect();
    let subject = Subject::of(app, &uid)?;
    let imported = import::import(app, administrator.id(), &subject, &brought.kind, &lines.join("\n")).await?;
    Ok(Json(Imported { imported }))
}

/// Try out what would become of every link
///
/// Nothing is written. The provider is asked about every identifier, which takes a while where there are many.
#[utoipa::path(
    post, path = "/api/v1/authenticators/{uid}/keys/plan", operation_id = "plan_keys", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    request_body = Wanted,
    responses(
        (status = 200, description = "The plan", body = PlanBody),
        (status = 404, description = "No such authenticator, or its type knows no other identifiers", body = ErrorBody),
        (status = 409, description = "The identifiers could not be looked up", body = ErrorBody),
        Administrators, Checked
    )
)]
async fn try_out(
    administrator: Administrator,
    Path(uid): Path<String>,
    Json(wanted): Json<Wanted>,
) -> Result<Json<PlanBody>, Refused> {
    let app = administrator.app();
    let plan = plan::plan(app, &Subject::of(app, &uid)?, wanted.also_subjects).await?;
    Ok(Json(PlanBody::of(&plan)))
}

/// Carry out a plan
///
/// All of it in one transaction or nothing, and only if it is still the plan that was read.
#[utoipa::path(
    post, path = "/api/v1/authenticators/{uid}/keys/move", operation_id = "move_keys", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    request_body = Decided,
    responses(
        (status = 200, description = "Carried out", body = Moved),
        (status = 404, description = "No such authenticator, or its type knows no other identifiers", body = ErrorBody),
        (status = 409, description = "It is not the plan any more, or the identifiers could not be looked up", body = ErrorBody),
        Administrators, Checked
    )
)]
async fn move_all(
    administrator: Administrator,
    Path(uid): Path<String>,
    Json(decided): Json<Decided>,
) -> Result<Json<Moved>, Refused> {
    let app = administrator.app();
    let subject = Subject::of(app, &uid)?;
    let plan = plan::plan(app, &subject, decided.also_subjects).await?;
    if plan.fingerprint() != decided.fingerprint {
        return Err(KeysRefused::Changed.into());
    }
    let written = plan.changes();
    carry_out::carry_out(app, administrator.id(), &subject, plan).await?;
    Ok(Json(Moved { written }))
}

/// A value that is to be one line of an import; anything else makes that line malformed.
fn one_line(value: &str) -> String {
    value.replace(['\n', '\r', ','], "\u{0}")
}

impl PlanBody {
    fn of(plan: &Plan) -> Self {
        let changed = plan.rows.iter().filter(|row| row.fate != Fate::Stay);
        Self {
            counts: Fate::NAMES.iter().map(|name| (*name, plan.count(name))).collect(),
            changes: plan.changes(),
            fingerprint: plan.fingerprint(),
            links: changed.map(PlanLink::of).collect(),
        }
    }
}

impl PlanLink {
    fn of(PlanRow { link, fate }: &PlanRow) -> Self {
        Self {
            username: link.username.clone(),
            kind: link.kind.clone(),
            value: shortened(&link.subject),
            fate: fate.name(),
            target: match fate {
                Fate::Move(target) | Fate::Merge(target) => Some(shortened(target)),
                Fate::Conflict(username) => Some(username.clone()),
                _ => None,
            },
        }
    }
}

impl From<KeysRefused> for Refused {
    fn from(refused: KeysRefused) -> Self {
        match refused {
            KeysRefused::NotFound | KeysRefused::NoKeys => Self::Problem(Problem::NotFound),
            KeysRefused::UnknownKind => Self::Invalid(vec![Fault::Own("kind", FieldFault::BadChoice)]),
            KeysRefused::Lines(_) => Self::Invalid(vec![Fault::Own("links", FieldFault::BadChoice)]),
            KeysRefused::Changed => Self::Keys("keys-changed"),
            KeysRefused::Plugin(_) => Self::Keys("keys-plugin-failed"),
            KeysRefused::Failure(failure) => failure.into(),
        }
    }
}
