//! The plug-in manager's addresses, and the icons that plug-ins bring along.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use serde::Deserialize;
use ui_schema::Language;

use super::page::{PluginCard, PluginFilter, PluginState, PluginsPage, Reason, UnreadableFile};
use super::service::{self, ChangeRefused};
use super::{Entry, Refused, State as Run, Summary};
use crate::app::App;
use crate::ui::i18n::Words;
use crate::ui::icons::{Icon, Picture};
use crate::ui::notice::Notice;
use crate::urls::route;
use crate::web::preferences::see_other;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(route::PLUGINS, get(show))
        .route(route::PLUGIN_ENABLE, post(enable))
        .route(route::PLUGIN_DISABLE, post(disable))
        .route(route::ICON, get(icon))
}

#[derive(Default, Deserialize)]
struct Narrowing {
    #[serde(default)]
    state: String,
    #[serde(default)]
    q: String,
}

async fn show(administrator: Administrator, Query(narrowing): Query<Narrowing>) -> Result<Response, Problem> {
    let (app, language) = (administrator.app(), administrator.language());
    // Whatever was dropped into the folder since is on the page.
    if let Err(why) = app.registry.scan().await {
        tracing::error!(%why, "the plug-in folder cannot be read");
    }
    let listing = app.registry.list();
    let words = Words::new(language);
    let page = PluginsPage {
        folder: app.config.plugin_dir().display().to_string(),
        cards: listing.plugins.iter().filter_map(|entry| card(app, language, entry)).collect(),
        unreadable: listing
            .refused
            .iter()
            .map(|file| UnreadableFile { file: file.file.clone(), reason: reason(words, &file.why) })
            .collect(),
        query: narrowing.q,
        filter: PluginFilter::from_name(&narrowing.state),
    };
    Ok(Html(page.markup(&administrator.frame().await?).into_string()).into_response())
}

async fn enable(administrator: Administrator, Path(id): Path<String>) -> Result<Response, Problem> {
    let outcome = service::enable(administrator.app(), administrator.id(), &id).await;
    answer(&administrator, outcome, Notice::PluginEnabled)
}

async fn disable(administrator: Administrator, Path(id): Path<String>) -> Result<Response, Problem> {
    let outcome = service::disable(administrator.app(), administrator.id(), &id).await;
    answer(&administrator, outcome, Notice::PluginDisabled)
}

fn answer(by: &Administrator, outcome: Result<(), ChangeRefused>, done: Notice) -> Result<Response, Problem> {
    let notice = match outcome {
        Ok(()) => done,
        Err(ChangeRefused::Plugin(_)) => Notice::PluginFailed,
        Err(ChangeRefused::LastWayIn) => Notice::LastWayIn,
        Err(ChangeRefused::NotFound) => return Err(Problem::NotFound),
        Err(ChangeRefused::Failure(failure)) => return Err(failure.into()),
    };
    Ok(see_other(&notice.on(by.app().urls.plugins())))
}

fn card(app: &App, language: Language, entry: &Entry) -> Option<PluginCard> {
    let summary: &Summary = entry.summary.as_deref()?;
    let manifest = &summary.manifest;
    let words = Words::new(language);
    let (state, types) = match &entry.state {
        Run::Available => (PluginState::Available, Vec::new()),
        Run::Failed(why) => (PluginState::Failed(reason(words, why)), Vec::new()),
        Run::Quarantined(cause) => {
            (PluginState::Failed(reason(words, &Refused::Quarantined(cause.clone()))), Vec::new())
        }
        Run::Enabled(plugin) => {
            let title = |kind: &plugin_api::AuthenticatorType| (kind.id.clone(), kind.title.get(language).to_owned());
            (PluginState::Enabled, plugin.types().iter().map(|kind| title(kind)).collect())
        }
    };
    let picture = match &manifest.icon {
        Some(_) => Picture::Served(manifest.id.clone()),
        None => Picture::Drawn(Icon::Door),
    };
    Some(PluginCard {
        id: manifest.id.clone(),
        name: manifest.name.get(language).to_owned(),
        version: manifest.version.clone(),
        description: manifest.description.get(language).to_owned(),
        api: manifest.api.clone(),
        sha256: summary.sha256.clone(),
        file: summary.file.clone(),
        picture,
        calls: manifest.borrows.http.clone(),
        redirects: manifest.borrows.redirect.clone(),
        caches: manifest.borrows.cache,
        state,
        types,
        authenticators: app.authenticators.all().iter().filter(|one| one.plugin == manifest.id).count() as u64,
    })
}

fn reason(words: Words, why: &Refused) -> Reason {
    Reason { sentence: words.t(why.key()), detail: why.detail().map(str::to_owned) }
}

/// `GET /icons/{id}.svg`: the picture of a type or a plug-in. It is foreign, so it is served inert.
async fn icon(State(app): State<App>, Path(name): Path<String>) -> Result<Response, Problem> {
    let id = name.strip_suffix(".svg").ok_or(Problem::NotFound)?;
    let of_type = app
        .registry
        .type_of(id)
        .and_then(|(plugin, kind)| kind.icon.clone().or_else(|| plugin.manifest().icon.clone()));
    let of_plugin = || {
        let listing = app.registry.list();
        let entry = listing.plugins.iter().find(|entry| entry.id == id)?;
        entry.summary.as_ref()?.manifest.icon.clone()
    };
    let svg = of_type.or_else(of_plugin).ok_or(Problem::NotFound)?;
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"),
        (CACHE_CONTROL, "private, max-age=300"),
    ];
    Ok((headers, svg).into_response())
}
