//! The plug-in manager's addresses, and the icons that plug-ins bring along.

mod detail;
mod install;
mod release;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use serde::Deserialize;
use ui_schema::Language;

use super::page::{Happened, PluginCard, PluginFilter, PluginState, PluginsPage, Reason, Signature, UnreadableFile};
use super::service::{self, ChangeRefused, Evidence};
use super::{Entry, Refused, Release, State as Run, Wanted};
use crate::app::App;
use crate::store::plugins::PluginRow;
use crate::ui::i18n::Words;
use crate::ui::icons::{Icon, Picture};
use crate::ui::notice::Notice;
use crate::urls::route;
use crate::web::preferences::see_other;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// Largest upload, in bytes: the largest package, and the form around it.
const LARGEST_UPLOAD: usize = 51 * 1024 * 1024;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(route::PLUGINS, get(show))
        .route(route::PLUGIN_ENABLE, post(enable))
        .route(route::PLUGIN_DISABLE, post(disable))
        .route(route::PLUGIN, get(detail::show))
        .route(route::PLUGIN_BACK, post(detail::back))
        .route(route::PLUGIN_REMOVE, post(detail::remove))
        .route(route::PLUGIN_RELEASE, get(release::ask).post(release::save))
        .route(route::PLUGIN_RELEASE_REMOVE, post(detail::remove_release))
        .route(
            route::PLUGIN_INSTALL,
            get(install::show).post(install::save).layer(DefaultBodyLimit::max(LARGEST_UPLOAD)),
        )
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
    // Whatever was put into the folder since is on the page.
    if let Err(why) = app.registry.scan().await {
        tracing::error!(%why, "the plug-ins cannot be looked through");
    }
    let listing = app.registry.list();
    let decided = service::all(app).await?;
    let row = |id: &str| decided.iter().find(|row| row.id == id);
    let words = Words::new(language);
    let page = PluginsPage {
        folder: app.config.plugin_dir().display().to_string(),
        cards: listing.plugins.iter().filter_map(|entry| card(app, language, entry, row(&entry.id))).collect(),
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
    let urls = &administrator.app().urls;
    match service::enable(administrator.app(), administrator.id(), &id).await {
        // There is a question to answer first, and a page that asks it.
        Err(ChangeRefused::Settings(_) | ChangeRefused::Older { .. }) => {
            let best = administrator.app().registry.release(&id, &Wanted::Best).ok_or(Problem::NotFound)?;
            Ok(see_other(&urls.plugin_release(&id, &best.sha256)))
        }
        outcome => answer(outcome, Notice::PluginEnabled, urls.plugins()),
    }
}

async fn disable(administrator: Administrator, Path(id): Path<String>) -> Result<Response, Problem> {
    let outcome = service::disable(administrator.app(), administrator.id(), &id).await;
    answer(outcome, Notice::PluginDisabled, administrator.app().urls.plugins())
}

/// Back to the page at `address`, which says what came of it.
fn answer(outcome: Result<(), ChangeRefused>, done: Notice, address: String) -> Result<Response, Problem> {
    let notice = match outcome {
        Ok(()) => done,
        Err(ChangeRefused::Plugin(_) | ChangeRefused::Rehearsal { .. }) => Notice::PluginFailed,
        Err(ChangeRefused::LastWayIn) => Notice::LastWayIn,
        Err(ChangeRefused::StillEnabled) => Notice::PluginStillEnabled,
        Err(ChangeRefused::InFolder) => Notice::PluginInFolder,
        Err(ChangeRefused::NoWayBack) => Notice::PluginNoWayBack,
        Err(refused) => return Err(problem(refused)),
    };
    Ok(see_other(&notice.on(address)))
}

fn problem(refused: ChangeRefused) -> Problem {
    match refused {
        ChangeRefused::NotFound => Problem::NotFound,
        ChangeRefused::Failure(failure) => failure.into(),
        _ => Problem::BadRequest,
    }
}

/// The card of a plug-in; `row` is what was decided about it.
fn card(app: &App, language: Language, entry: &Entry, row: Option<&PluginRow>) -> Option<PluginCard> {
    let release = entry.release.as_deref()?;
    let manifest = &release.manifest;
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
        signature: Signature::of(&release.trust),
        happened: row.and_then(|row| Evidence::parse(&row.evidence)).map(Happened::of),
        held_back: entry.held_back.as_ref().map(|why| reason(words, why)),
        later: later(app, entry, release),
        sha256: release.sha256.clone(),
        file: release.file.clone(),
        picture,
        calls: manifest.borrows.http.clone(),
        redirects: manifest.borrows.redirect.clone(),
        caches: manifest.borrows.cache,
        state,
        types,
        authenticators: app.authenticators.all().iter().filter(|one| one.plugin == manifest.id).count() as u64,
    })
}

/// A later version than `release` that could run.
fn later(app: &App, entry: &Entry, release: &Release) -> Option<String> {
    let later = entry.releases.iter().filter(|other| other.version() > release.version());
    later.filter(|other| app.registry.admits(other)).map(|other| other.manifest.version.clone()).next()
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
        entry.release.as_ref()?.manifest.icon.clone()
    };
    let svg = of_type.or_else(of_plugin).ok_or(Problem::NotFound)?;
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"),
        (CACHE_CONTROL, "private, max-age=300"),
    ];
    Ok((headers, svg).into_response())
}
