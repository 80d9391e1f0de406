//! `GET /admin/journal`.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::Value;

use super::page::{JournalEntry, JournalPage, Outcome};
use crate::app::App;
use crate::signin::explanation;
use crate::store::journal::{self, JournalFilter, JournalRow};
use crate::urls::route;
use crate::web::preferences::see_other;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// Entries of one page.
const PAGE: usize = 50;

pub(crate) fn routes() -> Router<App> {
    Router::new().route(route::JOURNAL, get(show))
}

#[derive(Default, Deserialize)]
struct Narrowing {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    before: String,
}

async fn show(administrator: Administrator, Query(narrowing): Query<Narrowing>) -> Result<Response, Problem> {
    let app = administrator.app();
    // A whole reference code is meant for what stands under it.
    if let Some((reference, _)) = explanation::handlers::find(app, &narrowing.q).await? {
        return Ok(see_other(&app.urls.explanation(&reference)));
    }
    let filter = JournalFilter {
        kind: narrowing.kind.clone(),
        text: narrowing.q.trim().to_owned(),
        before: Some(narrowing.before.clone()).filter(|id| !id.is_empty()),
        limit: PAGE as i64 + 1,
    };
    let mut rows = {
        let mut conn = app.store.read().await?;
        journal::list(&mut conn, &filter).await?
    };
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let page = JournalPage {
        older: rows.last().filter(|_| more).map(|row| row.id.clone()),
        entries: rows.into_iter().map(entry).collect(),
        kind: narrowing.kind,
        query: narrowing.q,
        paged: !narrowing.before.is_empty(),
    };
    Ok(Html(page.markup(&administrator.frame().await?).into_string()).into_response())
}

fn entry(row: JournalRow) -> JournalEntry {
    JournalEntry {
        at: row.at,
        kind: row.kind,
        actor: row.actor_name.or(row.actor),
        subject: row.subject,
        outcome: Outcome::from_name(&row.outcome),
        reference: row.reference,
        details: details(&row.detail),
    }
}

/// The details as plain texts; empty ones are left out.
fn details(json: &str) -> BTreeMap<String, String> {
    let parsed: BTreeMap<String, Value> = serde_json::from_str(json).unwrap_or_default();
    let text = |value: Value| match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    parsed.into_iter().map(|(name, value)| (name, text(value))).filter(|(_, value)| !value.is_empty()).collect()
}
