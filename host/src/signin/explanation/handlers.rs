//! `GET /admin/journal/{reference}`.

use axum::Router;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;

use super::Report;
use super::page::ExplanationPage;
use crate::app::App;
use crate::failure::Failure;
use crate::ids;
use crate::signin::refusal::Refusal;
use crate::store::explanations::{self, ExplanationRow};
use crate::urls::route;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

pub(crate) fn routes() -> Router<App> {
    Router::new().route(route::EXPLANATION, get(show))
}

async fn show(administrator: Administrator, Path(typed): Path<String>) -> Result<Response, Problem> {
    let (reference, row) = find(administrator.app(), &typed).await?.ok_or(Problem::NotFound)?;
    let page = page(&administrator, reference, row)?;
    Ok(Html(page.markup(&administrator.frame().await?).into_string()).into_response())
}

/// The refused sign-in whose reference code somebody typed, with the code as it is written.
pub(crate) async fn find(app: &App, typed: &str) -> Result<Option<(String, ExplanationRow)>, Failure> {
    let Some(reference) = ids::reference_of_typed(typed) else { return Ok(None) };
    let since = app.clock.now_ms().saturating_sub(super::KEPT);
    let mut conn = app.store.read().await?;
    Ok(explanations::find(&mut conn, &reference, since).await?.map(|row| (reference, row)))
}

/// The report of a row, if it is still kept.
pub(crate) fn report(row: &ExplanationRow) -> Result<Option<Report>, Failure> {
    Ok(row.report.as_deref().map(serde_json::from_str).transpose()?)
}

fn page(administrator: &Administrator, reference: String, row: ExplanationRow) -> Result<ExplanationPage, Failure> {
    let detail: Value = serde_json::from_str(&row.detail).unwrap_or_default();
    let text = |name: &str| detail[name].as_str().map(str::to_owned);
    let report = report(&row)?;
    let uid = report.as_ref().map(|report| report.authenticator.as_str());
    let authenticator = uid.and_then(|uid| administrator.app().authenticators.find(uid));
    Ok(ExplanationPage {
        reference,
        at: row.at,
        reason: text("reason").and_then(|name| Refusal::from_name(&name)).unwrap_or(Refusal::Internal),
        address: text("address"),
        authenticator: authenticator.map(|one| (one.uid.clone(), one.title.get(administrator.language()).to_owned())),
        report,
    })
}
