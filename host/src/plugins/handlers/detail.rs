//! Everything about one plug-in.

use axum::extract::{Form, Path};
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;
use serde::Deserialize;

use super::{answer, card};
use crate::app::App;
use crate::plugins::page::detail::{Health, PluginPage, ReleaseRow};
use crate::plugins::page::{PluginCard, Signature};
use crate::plugins::service::{self, ChangeRefused, decided};
use crate::plugins::{BreakerState, Entry, Origin, Release, State};
use crate::signin::linking::fresh::{self, Proof, Unproven};
use crate::store::plugins::PluginRow;
use crate::store::users;
use crate::ui::notice::Notice;
use crate::web::preferences::see_other;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// What a form with nothing but the password posts.
#[derive(Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    password: SecretString,
}

/// `GET /admin/plugins/{id}`.
pub(super) async fn show(administrator: Administrator, Path(id): Path<String>) -> Result<Response, Problem> {
    let proof = fresh::needed_each_time(administrator.app(), &administrator.0.visit).await?;
    page(&administrator, &id, proof, false).await
}

/// `POST /admin/plugins/{id}/back`.
pub(super) async fn back(
    administrator: Administrator,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    let app = administrator.app();
    let proven = match fresh::prove_each_time(&administrator.0, &given.password).await {
        Ok(proven) => proven,
        Err(Unproven::Failure(failure)) => return Err(failure.into()),
        Err(Unproven::Missing { proof, .. }) => return page(&administrator, &id, proof, true).await,
    };
    let outcome = service::roll_back(app, administrator.id(), &id, None).await;
    let response = answer(outcome, Notice::PluginUpgraded, app.urls.plugin(&id))?;
    Ok(proven.on(app, &headers, response))
}

/// `POST /admin/plugins/{id}/remove`.
pub(super) async fn remove(administrator: Administrator, Path(id): Path<String>) -> Result<Response, Problem> {
    let app = administrator.app();
    match service::remove(app, administrator.id(), &id, None).await {
        Ok(()) => Ok(see_other(&Notice::PluginRemoved.on(app.urls.plugins()))),
        refused => answer(refused, Notice::PluginRemoved, app.urls.plugin(&id)),
    }
}

/// `POST /admin/plugins/{id}/releases/{sha256}/remove`.
pub(super) async fn remove_release(
    administrator: Administrator,
    Path((id, sha256)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let app = administrator.app();
    let outcome = service::remove(app, administrator.id(), &id, Some(&sha256)).await;
    let left = app.registry.list().plugins.iter().any(|entry| entry.id == id);
    let address = if left { app.urls.plugin(&id) } else { app.urls.plugins() };
    answer(outcome, Notice::PluginRemoved, address)
}

async fn page(administrator: &Administrator, id: &str, proof: Proof, wrong: bool) -> Result<Response, Problem> {
    let app = administrator.app();
    app.registry.scan().await.map_err(ChangeRefused::from).map_err(super::problem)?;
    let listing = app.registry.list();
    let entry = listing.plugins.iter().find(|entry| entry.id == id).ok_or(Problem::NotFound)?;
    let row = decided(app, id).await?;
    let language = administrator.language();
    let card = card(app, language, entry, Some(&row)).ok_or(Problem::NotFound)?;
    let release = entry.release.as_ref().ok_or(Problem::NotFound)?;
    let installed = |release: &&std::sync::Arc<Release>| release.origin != Origin::Folder;
    let page = PluginPage {
        health: health(entry),
        retired: app.registry.retired_copies(id) as u64,
        releases: rows(app, entry, &card).await?,
        files: release.papers.files.iter().map(|file| (file.path.clone(), file.size, file.sha256.clone())).collect(),
        readme: release.readme(language).map(str::to_owned),
        changelog: release.papers.texts.changelog.clone(),
        back: way_back(entry, &row),
        removable: entry.releases.iter().any(|release| installed(&release)),
        card,
        proof,
        wrong,
        username: administrator.0.visit.username.clone(),
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(page.markup(&administrator.frame().await?).into_string())).into_response())
}

fn health(entry: &Entry) -> Option<Health> {
    let State::Enabled(plugin) = &entry.state else { return None };
    Some(Health {
        called: plugin.calls().breaker() != BreakerState::Open,
        copy: plugin.copy(),
        second: plugin.is_second_copy(),
    })
}

/// The version to go back to, if it is still there.
fn way_back(entry: &Entry, row: &PluginRow) -> Option<String> {
    let release = entry.releases.iter().find(|release| release.sha256 == row.previous)?;
    row.enabled.then(|| release.manifest.version.clone())
}

async fn rows(app: &App, entry: &Entry, card: &PluginCard) -> Result<Vec<ReleaseRow>, Problem> {
    let runs = matches!(entry.state, State::Enabled(_));
    let mut rows = Vec::new();
    for release in &entry.releases {
        let installed = match &release.origin {
            Origin::Installed { by, at } => Some((*at, name_of(app, by).await?)),
            Origin::Folder => None,
        };
        rows.push(ReleaseRow {
            version: release.manifest.version.clone(),
            sha256: release.sha256.clone(),
            signature: Signature::of(&release.trust),
            installed,
            runs: runs && release.sha256 == card.sha256,
            choosable: app.registry.admits(release),
        });
    }
    Ok(rows)
}

/// The name of whoever installed it, as long as they are a user here.
async fn name_of(app: &App, by: &str) -> Result<String, Problem> {
    let mut conn = app.store.read().await?;
    Ok(users::find(&mut conn, by).await?.map_or_else(|| by.to_owned(), |user| user.nickname))
}
