//! Packages come in, and releases take turns.

use axum::extract::{DefaultBodyLimit, Path};
use axum::response::IntoResponse;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Plugin, known};
use crate::api::document::{Administrators, Checked};
use crate::api::json::Json;
use crate::api::refused::{ErrorBody, Fault, Refused};
use crate::app::App;
use crate::plugins::Wanted;
use crate::plugins::service::{self, Insist};
use crate::signin::linking::fresh::{self, Proven, Unproven};
use crate::ui::fault::FieldFault;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// Largest body with a package, in bytes: 50 MB as base64.
const LARGEST_UPLOAD: usize = 70 * 1024 * 1024;

pub(super) fn routes() -> OpenApiRouter<App> {
    let install = OpenApiRouter::default().routes(routes!(install)).layer(DefaultBodyLimit::max(LARGEST_UPLOAD));
    OpenApiRouter::default().merge(install).routes(routes!(choose)).routes(routes!(roll_back)).routes(routes!(remove))
}

/// A package to install.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Package {
    /// The bytes of the package, as base64.
    #[schema(format = Byte)]
    package: String,
    /// The administrator's own password.
    #[serde(default)]
    #[schema(value_type = String, format = Password, write_only)]
    password: SecretString,
}

/// Which release is to run.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Choice {
    /// SHA-256 of its file.
    sha256: String,
    /// Although it is older than the version that was enabled last.
    #[serde(default)]
    older: bool,
    /// Although settings do not fit: those authenticators are switched off.
    #[serde(default)]
    despite_settings: bool,
    /// The administrator's own password.
    #[serde(default)]
    #[schema(value_type = String, format = Password, write_only)]
    password: SecretString,
}

/// A word from somebody who is there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Word {
    /// The administrator's own password.
    #[serde(default)]
    #[schema(value_type = String, format = Password, write_only)]
    password: SecretString,
}

/// Install a package
///
/// It is read and checked; nothing of it runs before it is enabled. Asks for the administrator's password each time.
#[utoipa::path(
    post, path = "/api/v1/plugins", operation_id = "install_plugin", tag = "plug-ins", request_body = Package,
    responses(
        (status = 201, description = "It is installed", body = Plugin),
        (status = 409, description = "It is refused; `error` tells why", body = ErrorBody),
        (status = 400, description = "The body is no JSON", body = ErrorBody),
        (status = 413, description = "The body is larger than 70 MiB", body = ErrorBody),
        (status = 415, description = "The body is not declared as `application/json`", body = ErrorBody),
        (status = 422, description = "A field is of the wrong shape, or the package is no base64", body = ErrorBody),
        Administrators,
    )
)]
async fn install(
    administrator: Administrator,
    headers: HeaderMap,
    Json(given): Json<Package>,
) -> Result<impl IntoResponse, Refused> {
    let app = administrator.app();
    if !app.config.plugin_uploads {
        return Err(Problem::Forbidden.into());
    }
    let proven = prove(&administrator, &given.password).await?;
    let _turn = app.uploads.acquire().await.map_err(|error| Problem::Unavailable(error.to_string()))?;
    let no_base64 = |_| Refused::Invalid(vec![Fault::Own("package", FieldFault::BadChoice)]);
    let bytes = STANDARD.decode(given.package).map_err(no_base64)?;
    let release = service::install(app, administrator.id(), bytes).await?;
    let body = known(&administrator, &release.manifest.id)?;
    Ok(proven.on(app, &headers, (StatusCode::CREATED, body).into_response()))
}

/// Make a release the one that runs
///
/// It is loaded beside the one that runs and takes its place if it passes. Asks for the administrator's password each
/// time.
#[utoipa::path(
    post, path = "/api/v1/plugins/{id}/release", operation_id = "choose_plugin_release", tag = "plug-ins",
    params(("id" = String, Path, description = "Id of the plug-in")), request_body = Choice,
    responses(
        (status = 200, description = "It runs", body = Plugin),
        (status = 404, description = "There is no such release", body = ErrorBody),
        (status = 409, description = "It does not take over; `error` tells why", body = ErrorBody),
        Administrators,
        Checked,
    )
)]
async fn choose(
    administrator: Administrator,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(given): Json<Choice>,
) -> Result<impl IntoResponse, Refused> {
    let app = administrator.app();
    let proven = prove(&administrator, &given.password).await?;
    let insist = Insist { older: given.older, settings: given.despite_settings };
    service::choose(app, administrator.id(), &id, Wanted::Exactly(given.sha256), insist).await?;
    Ok(proven.on(app, &headers, known(&administrator, &id)?.into_response()))
}

/// Go back to the release before
///
/// With the settings of then, unless somebody saved them since. Asks for the administrator's password each time.
#[utoipa::path(
    post, path = "/api/v1/plugins/{id}/roll-back", operation_id = "roll_plugin_back", tag = "plug-ins",
    params(("id" = String, Path, description = "Id of the plug-in")), request_body = Word,
    responses(
        (status = 200, description = "The release before runs", body = Plugin),
        (status = 409, description = "There is none, or it does not load", body = ErrorBody),
        Administrators,
        Checked,
    )
)]
async fn roll_back(
    administrator: Administrator,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(given): Json<Word>,
) -> Result<impl IntoResponse, Refused> {
    let app = administrator.app();
    let proven = prove(&administrator, &given.password).await?;
    service::roll_back(app, administrator.id(), &id, None).await?;
    Ok(proven.on(app, &headers, known(&administrator, &id)?.into_response()))
}

/// Remove the packages of a plug-in
///
/// It has to be disabled first. Authenticators and links to users stay.
#[utoipa::path(
    delete, path = "/api/v1/plugins/{id}", operation_id = "remove_plugin", tag = "plug-ins",
    params(("id" = String, Path, description = "Id of the plug-in")),
    responses(
        (status = 204, description = "They are gone"),
        (status = 404, description = "There is no such plug-in", body = ErrorBody),
        (status = 409, description = "It is enabled, or lies in the folder of the server", body = ErrorBody),
        Administrators,
    )
)]
async fn remove(administrator: Administrator, Path(id): Path<String>) -> Result<StatusCode, Refused> {
    service::remove(administrator.app(), administrator.id(), &id, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn prove(administrator: &Administrator, password: &SecretString) -> Result<Proven, Refused> {
    match fresh::prove_each_time(&administrator.0, password).await {
        Ok(proven) => Ok(proven),
        Err(Unproven::Failure(failure)) => Err(failure.into()),
        Err(Unproven::Missing { .. }) => Err(Refused::Unproved),
    }
}
