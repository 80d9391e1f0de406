//! `GET /admin/rehearsals/{id}`, and the button that leads there.

use axum::Router;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::super::policy;
use super::Report;
use super::page::RehearsalPage;
use crate::app::App;
use crate::failure::Failure;
use crate::store::rehearsals;
use crate::urls::route;
use crate::web::preferences::{see_other, with_cookie};
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

pub(crate) fn routes() -> Router<App> {
    Router::new().route(route::REHEARSAL, get(show))
}

/// `POST /admin/authentication/{uid}/rehearse`: to the provider, or, if it is over before it began, to the report.
pub(crate) async fn rehearse(administrator: &Administrator, uid: &str) -> Result<Response, Problem> {
    let app = administrator.app();
    let one = app.authenticators.find(uid).ok_or(Problem::NotFound)?;
    let (visit, language) = (&administrator.0.visit, administrator.language());
    Ok(match super::begin(app, visit, &one, language).await? {
        Ok(started) => with_cookie(see_other(&started.authorize_url), &started.cookie),
        Err(id) => see_other(&app.urls.rehearsal(&id)),
    })
}

async fn show(administrator: Administrator, Path(id): Path<String>) -> Result<Response, Problem> {
    let (at, report) = find(&administrator, &id).await?.ok_or(Problem::NotFound)?;
    let one = administrator.app().authenticators.find(&report.authenticator);
    let title = one.as_ref().map(|one| one.title.get(administrator.language()).to_owned());
    let page = RehearsalPage { id, at, title: title.unwrap_or_else(|| report.authenticator.clone()), report };
    let response = Html(page.markup(&administrator.frame().await?).into_string()).into_response();
    let policy = one.and_then(|one| policy::of_rehearsals(administrator.app(), &one));
    Ok(policy::with(response, policy))
}

/// The administrator's own report with this id, and when it was made.
pub(crate) async fn find(administrator: &Administrator, id: &str) -> Result<Option<(i64, Report)>, Failure> {
    let app = administrator.app();
    let since = app.clock.now_ms().saturating_sub(super::KEPT);
    let row = {
        let mut conn = app.store.read().await?;
        rehearsals::find(&mut conn, id, administrator.id(), since).await?
    };
    row.map(|row| Ok((row.at, serde_json::from_str(&row.report)?))).transpose()
}
