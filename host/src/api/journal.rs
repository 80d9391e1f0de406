//! The journal: every sign-in and every change, newest first.

use axum::extract::Query;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::Administrators;
use super::json::Json;
use super::refused::{ErrorBody, Refused};
use super::values::moment;
use crate::app::App;
use crate::audit::page::KINDS;
use crate::store::journal::{self, JournalFilter, JournalRow};
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// Entries of one page, if nobody says otherwise.
const PAGE: u16 = 50;
/// Most entries of one page.
const LARGEST_PAGE: u16 = 200;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list))
}

/// Which entries.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct JournalQuery {
    /// A kind, or the beginning of several.
    #[serde(default)]
    #[param(required = false, example = "signin")]
    kind: String,
    /// A reference code, or part of a name.
    #[serde(default)]
    #[param(required = false)]
    q: String,
    /// Only entries older than the one with this id.
    before: Option<String>,
    /// How many at most, 1 to 200; 50 if absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
}

/// One page of the journal.
#[derive(Serialize, ToSchema)]
struct JournalList {
    /// The entries, newest first.
    entries: Vec<JournalEntry>,
    /// What to pass as `before` for the next, older page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    older: Option<String>,
}

/// One entry.
#[derive(Serialize, ToSchema)]
struct JournalEntry {
    /// Its id; ids rise with time.
    id: String,
    /// When it happened.
    #[schema(format = DateTime)]
    at: String,
    /// What happened.
    #[schema(example = "authenticator.created")]
    kind: String,
    /// How it ended: `done` or `refused`.
    outcome: String,
    /// Whose doing it was: id of a user; absent for the system or an unknown person.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<String>,
    /// Username of the actor, if the account is still there.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_name: Option<String>,
    /// What it was done to: uid of an authenticator, id of a plug-in, name of a user.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// The code that the person was shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    /// More about it.
    #[schema(value_type = Object)]
    detail: Value,
}

/// Read the journal
#[utoipa::path(
    get, path = "/api/v1/journal", operation_id = "list_journal", tag = "journal",
    params(JournalQuery),
    responses(
        (status = 200, description = "Entries, newest first", body = JournalList),
        (status = 400, description = "An unknown parameter, kind or number", body = ErrorBody),
        Administrators,
    )
)]
async fn list(administrator: Administrator, Query(query): Query<JournalQuery>) -> Result<Json<JournalList>, Refused> {
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=LARGEST_PAGE).contains(&limit) || !KINDS.iter().any(|kind| kind.starts_with(&query.kind)) {
        return Err(Problem::BadRequest.into());
    }
    let filter = JournalFilter {
        kind: query.kind,
        text: query.q.trim().to_owned(),
        before: query.before.filter(|id| !id.is_empty()),
        // One more than asked for tells whether there is an older page.
        limit: i64::from(limit) + 1,
    };
    let mut rows = {
        let mut conn = administrator.app().store.read().await?;
        journal::list(&mut conn, &filter).await?
    };
    let more = rows.len() > usize::from(limit);
    rows.truncate(usize::from(limit));
    let older = rows.last().filter(|_| more).map(|row| row.id.clone());
    Ok(Json(JournalList { entries: rows.into_iter().map(entry).collect(), older }))
}

fn entry(row: JournalRow) -> JournalEntry {
    JournalEntry {
        id: row.id,
        at: moment(row.at),
        kind: row.kind,
        outcome: row.outcome,
        actor: row.actor,
        actor_name: row.actor_name,
        subject: row.subject,
        reference: row.reference,
        detail: serde_json::from_str(&row.detail).unwrap_or_default(),
    }
}
