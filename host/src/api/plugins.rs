//! The plug-ins in the folder, and which of them run.

mod releases;

use axum::extract::Path;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::Administrators;
use super::json::Json;
use super::refused::{ErrorBody, Refused};
use super::values::{Texts, moment};
use crate::app::App;
use crate::plugins::service;
use crate::plugins::{Entry, Origin, Refused as Reason, Release, State, Trust};
use crate::ui::i18n::Words;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list))
        .routes(routes!(enable))
        .routes(routes!(disable))
        .merge(releases::routes())
}

/// Everything in the plug-in folder.
#[derive(Serialize, ToSchema)]
struct PluginList {
    /// The plug-ins, in the order of their ids.
    plugins: Vec<Plugin>,
    /// Files that are none, in the order of their names.
    unreadable: Vec<UnreadableFile>,
}

/// One plug-in.
#[derive(Serialize, ToSchema)]
struct Plugin {
    /// Its id.
    id: String,
    /// Whether it runs.
    state: PluginState,
    /// Why it does not run although it should.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<PluginReason>,
    /// Authenticator types that it registers while it runs: their ids.
    types: Vec<String>,
    /// How many authenticators use it.
    authenticators: usize,
    /// What the release says that runs, or that would be enabled; absent if there is none any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<PluginFile>,
    /// All its releases, the latest version first.
    releases: Vec<PluginRelease>,
}

/// One release of a plug-in.
#[derive(Serialize, ToSchema)]
struct PluginRelease {
    /// Its version.
    version: String,
    /// SHA-256 of its file, 64 hexadecimal digits.
    sha256: String,
    /// Who signed it.
    signature: Signature,
    /// When it was installed; absent if it lies in the folder of the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    installed_at: Option<String>,
    /// Whether it runs.
    runs: bool,
}

/// Who signed a release. Only a trusted one is loaded.
#[derive(Serialize, ToSchema)]
struct Signature {
    /// How far it can be trusted.
    state: SignatureState,
    /// Name of the trusted key.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// Id of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    key_id: Option<String>,
}

/// Signed by a trusted key; by nobody; by an unknown key; not properly; or changed afterwards.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum SignatureState {
    Trusted,
    Unsigned,
    UnknownKey,
    Invalid,
    Modified,
}

/// Whether a plug-in runs: it could be enabled; it runs; it should run and does not; the process once ended while it
/// was loaded, and it waits for an administrator's word.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum PluginState {
    Available,
    Enabled,
    Failed,
    Quarantined,
}

/// Why a file is no plug-in, or a plug-in does not run.
#[derive(Serialize, ToSchema)]
struct PluginReason {
    /// For programs, out of a closed set.
    #[schema(example = "plugin-refused-not-elf")]
    code: String,
    /// For people, in the language of the request.
    message: String,
}

/// A library file and what it says about itself before any of its code runs.
#[derive(Serialize, ToSchema)]
struct PluginFile {
    /// Name of the file.
    name: String,
    /// Size in bytes.
    size: u64,
    /// SHA-256, 64 hexadecimal digits.
    sha256: String,
    /// Who signed it.
    signature: Signature,
    /// Name of the plug-in.
    title: Texts,
    /// What it is for.
    description: Texts,
    /// Its version.
    version: String,
    /// The version of the contract that it was built for.
    api: String,
    /// Hosts that it may call.
    calls: Vec<String>,
    /// Hosts that it may send browsers to.
    redirects: Vec<String>,
    /// Whether it may keep tokens in the cache.
    caches: bool,
}

/// A file in the folder that is no plug-in.
#[derive(Serialize, ToSchema)]
struct UnreadableFile {
    /// Name of the file.
    name: String,
    /// Why it is none.
    reason: PluginReason,
}

/// List plug-ins
///
/// Looks into the folder first, so that whatever was dropped there is in the list.
#[utoipa::path(
    get, path = "/api/v1/plugins", operation_id = "list_plugins", tag = "plug-ins",
    responses((status = 200, description = "The plug-ins", body = PluginList), Administrators)
)]
async fn list(administrator: Administrator) -> Json<PluginList> {
    let app = administrator.app();
    let words = Words::new(administrator.language());
    if let Err(why) = app.registry.scan().await {
        tracing::error!(%why, "the plug-in folder cannot be read");
    }
    let listing = app.registry.list();
    let unreadable = listing.refused.iter();
    Json(PluginList {
        plugins: listing.plugins.iter().map(|entry| plugin(app, words, entry)).collect(),
        unreadable: unreadable
            .map(|file| UnreadableFile { name: file.file.clone(), reason: reason(words, &file.why) })
            .collect(),
    })
}

/// Enable a plug-in
///
/// Its code runs in this server from then on, with all of its rights. Its file is examined and tried out first.
#[utoipa::path(
    post, path = "/api/v1/plugins/{id}/enable", operation_id = "enable_plugin", tag = "plug-ins",
    params(("id" = String, Path, description = "Id of the plug-in")),
    responses(
        (status = 200, description = "It runs", body = Plugin),
        (status = 404, description = "There is no such plug-in in the folder", body = ErrorBody),
        (status = 409, description = "It does not load; `error` tells why", body = ErrorBody),
        Administrators,
    )
)]
async fn enable(administrator: Administrator, Path(id): Path<String>) -> Result<Json<Plugin>, Refused> {
    service::enable(administrator.app(), administrator.id(), &id).await?;
    known(&administrator, &id)
}

/// Disable a plug-in
///
/// Its authenticator types are gone at once, and with them their buttons on the sign-in page. Authenticators and
/// links to users stay.
#[utoipa::path(
    post, path = "/api/v1/plugins/{id}/disable", operation_id = "disable_plugin", tag = "plug-ins",
    params(("id" = String, Path, description = "Id of the plug-in")),
    responses(
        (status = 200, description = "It does not run any more", body = Plugin),
        (status = 404, description = "There is no such plug-in", body = ErrorBody),
        (status = 409, description = "Without it nobody could sign in", body = ErrorBody),
        Administrators,
    )
)]
async fn disable(administrator: Administrator, Path(id): Path<String>) -> Result<Json<Plugin>, Refused> {
    service::disable(administrator.app(), administrator.id(), &id).await?;
    known(&administrator, &id)
}

fn known(administrator: &Administrator, id: &str) -> Result<Json<Plugin>, Refused> {
    let app = administrator.app();
    let listing = app.registry.list();
    let entry = listing.plugins.iter().find(|entry| entry.id == id).ok_or(Problem::NotFound)?;
    Ok(Json(plugin(app, Words::new(administrator.language()), entry)))
}

fn plugin(app: &App, words: Words, entry: &Entry) -> Plugin {
    let (state, why, types) = match &entry.state {
        State::Available => (PluginState::Available, None, Vec::new()),
        State::Failed(why) => (PluginState::Failed, Some(reason(words, why)), Vec::new()),
        State::Quarantined(cause) => {
            (PluginState::Quarantined, Some(reason(words, &Reason::Quarantined(cause.clone()))), Vec::new())
        }
        State::Enabled(plugin) => {
            (PluginState::Enabled, None, plugin.types().iter().map(|kind| kind.id.clone()).collect())
        }
    };
    Plugin {
        id: entry.id.clone(),
        state,
        reason: why,
        types,
        authenticators: app.authenticators.all().iter().filter(|one| one.plugin == entry.id).count(),
        file: entry.release.as_deref().map(file),
        releases: entry.releases.iter().map(|release| one_release(entry, release)).collect(),
    }
}

fn one_release(entry: &Entry, release: &Release) -> PluginRelease {
    let running = match &entry.state {
        State::Enabled(plugin) => Some(&plugin.release().sha256),
        _ => None,
    };
    PluginRelease {
        version: release.manifest.version.clone(),
        sha256: release.sha256.clone(),
        signature: signature(&release.trust),
        installed_at: match &release.origin {
            Origin::Installed { at, .. } => Some(moment(*at)),
            Origin::Folder => None,
        },
        runs: running == Some(&release.sha256),
    }
}

fn signature(trust: &Trust) -> Signature {
    let (state, key, key_id) = match trust {
        Trust::Trusted { key, key_id } => (SignatureState::Trusted, Some(key.clone()), Some(key_id.clone())),
        Trust::Unsigned => (SignatureState::Unsigned, None, None),
        Trust::UnknownKey { key_id } => (SignatureState::UnknownKey, None, Some(key_id.clone())),
        Trust::Invalid => (SignatureState::Invalid, None, None),
        Trust::Modified { .. } => (SignatureState::Modified, None, None),
    };
    Signature { state, key, key_id }
}

fn reason(words: Words, why: &Reason) -> PluginReason {
    let code = why.key().to_string();
    PluginReason { message: words.t(&code), code }
}

fn file(release: &Release) -> PluginFile {
    let manifest = &release.manifest;
    PluginFile {
        name: release.file.clone(),
        size: release.size,
        sha256: release.sha256.clone(),
        signature: signature(&release.trust),
        title: (&manifest.name).into(),
        description: (&manifest.description).into(),
        version: manifest.version.clone(),
        api: manifest.api.clone(),
        calls: manifest.borrows.http.clone(),
        redirects: manifest.borrows.redirect.clone(),
        caches: manifest.borrows.cache,
    }
}
