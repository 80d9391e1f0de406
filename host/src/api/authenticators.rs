//! Ways to sign in. Secrets go in and never come out: of a stored one nothing is told but that it is there.

mod actions;
mod body;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::LOCATION;
use serde::Serialize;
use serde_json::Value;
use ui_schema::Form;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::{Administrators, Checked};
use super::json::Json;
use super::refused::{ErrorBody, Refused};
use super::values::{Texts, moment};
use crate::app::App;
use crate::authenticators::directory::Authenticator as Stored;
use crate::authenticators::doctor::approach::Approach;
use crate::authenticators::service::Mandate;
use crate::authenticators::{PASSWORD, service, view};
use crate::users::refresh::Field;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;
use body::{AuthenticatorChange, NewAuthenticator};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list, create))
        .routes(routes!(show, replace, delete))
        .merge(actions::routes())
}

/// All authenticators.
#[derive(Serialize, ToSchema)]
struct AuthenticatorList {
    /// In the order of the sign-in page.
    authenticators: Vec<Authenticator>,
}

/// A way to sign in.
#[derive(Serialize, ToSchema)]
struct Authenticator {
    /// Its identifier, which is part of its Redirect URL.
    uid: String,
    /// Id of its type.
    #[serde(rename = "type")]
    kind: String,
    /// Id of the plug-in that its type comes from; absent for the built-in password.
    #[serde(skip_serializing_if = "Option::is_none")]
    plugin: Option<String>,
    /// Its title on the sign-in page.
    title: Texts,
    /// A note for administrators.
    description: Texts,
    /// Whether it is on the sign-in page.
    enabled: bool,
    /// Whether people could sign in with it, if it is enabled.
    state: StateName,
    /// Which fields of a user a sign-in brings up to date. What an administrator entered is never overwritten.
    refresh: Vec<Field>,
    /// What its type asks for, without secrets.
    #[schema(value_type = Object)]
    settings: Value,
    /// Names of the secret settings that have a stored value.
    secrets_set: Vec<String>,
    /// The Redirect URL, to be copied into the provider's console.
    redirect_url: String,
    /// The link for the provider's own client, if people can sign in there; the client replaces what stands between
    /// `$` signs.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_url: Option<String>,
    /// When it was created.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    updated_at: String,
}

/// Whether people could sign in with an authenticator: nothing is in the way; required settings are missing; its
/// plug-in does not run, which the list of plug-ins tells more about.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum StateName {
    Ready,
    NotConfigured,
    PluginOff,
}

/// List authenticators
#[utoipa::path(
    get, path = "/api/v1/authenticators", operation_id = "list_authenticators", tag = "authenticators",
    responses((status = 200, description = "All of them", body = AuthenticatorList), Administrators)
)]
async fn list(administrator: Administrator) -> Json<AuthenticatorList> {
    let app = administrator.app();
    let all = app.authenticators.all();
    Json(AuthenticatorList { authenticators: all.iter().map(|one| Authenticator::of(app, one)).collect() })
}

/// Create an authenticator
///
/// Below all others. Its type says which settings it needs: see its form. One that is to be enabled is examined first;
/// if people could not sign in with it, nothing is created, and `findings` say why.
#[utoipa::path(
    post, path = "/api/v1/authenticators", operation_id = "create_authenticator", tag = "authenticators",
    request_body = NewAuthenticator,
    responses(
        (status = 201, description = "Created", body = Authenticator,
            headers(("Location" = String, description = "Path of the authenticator"))),
        (status = 409, description = "No enabled plug-in registers the type, or people could not sign in",
            body = ErrorBody),
        Administrators,
        Checked,
    )
)]
async fn create(
    administrator: Administrator,
    approach: Approach,
    Json(new): Json<NewAuthenticator>,
) -> Result<Response, Refused> {
    let app = administrator.app();
    let despite_findings = new.despite_findings;
    let mandate = Mandate { approach: Some(&approach), despite_findings, ..Mandate::of(administrator.id()) };
    let (kind, draft) = new.into_parts();
    let uid = draft.uid.trim().to_owned();
    // The built-in type is no choice: there is one of it, and it is there already.
    app.registry.type_of(&kind).ok_or(Refused::PluginOff)?;
    service::create(app, &mandate, &kind, draft).await?;
    // The service has checked the uid: it holds nothing that an address would have to escape.
    let location = format!("{}/api/v1/authenticators/{uid}", app.urls.base());
    Ok((StatusCode::CREATED, [(LOCATION, location)], known(app, &uid)?).into_response())
}

/// Get an authenticator
#[utoipa::path(
    get, path = "/api/v1/authenticators/{uid}", operation_id = "get_authenticator", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    responses(
        (status = 200, description = "The authenticator", body = Authenticator),
        (status = 404, description = "There is no such authenticator", body = ErrorBody),
        Administrators,
    )
)]
async fn show(administrator: Administrator, Path(uid): Path<String>) -> Result<Json<Authenticator>, Refused> {
    known(administrator.app(), &uid)
}

/// Replace the settings of an authenticator
///
/// A secret that is absent or empty keeps its value, unless an address or the client id changes: then it has to be
/// sent again. Sign-ins that are under way with other settings end.
///
/// One that is to be enabled is examined first. Credentials of an enabled one are replaced only if the provider accepts
/// the new ones. Otherwise nothing is changed, and `findings` say why.
#[utoipa::path(
    put, path = "/api/v1/authenticators/{uid}", operation_id = "replace_authenticator", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    request_body = AuthenticatorChange,
    responses(
        (status = 200, description = "Replaced", body = Authenticator),
        (status = 404, description = "There is no such authenticator", body = ErrorBody),
        (status = 409, description = "Its plug-in does not run, people could not sign in, or new credentials are \
            not proven", body = ErrorBody),
        Administrators,
        Checked,
    )
)]
async fn replace(
    administrator: Administrator,
    approach: Approach,
    Path(uid): Path<String>,
    Json(change): Json<AuthenticatorChange>,
) -> Result<Json<Authenticator>, Refused> {
    let (despite_findings, unproven) = (change.despite_findings, change.unproven);
    let mandate = Mandate { actor: administrator.id(), approach: Some(&approach), despite_findings, unproven };
    service::update(administrator.app(), &mandate, &uid, change.into_draft(&uid)).await?;
    known(administrator.app(), &uid)
}

/// Delete an authenticator
///
/// With its secrets and its links to users. The users stay.
#[utoipa::path(
    delete, path = "/api/v1/authenticators/{uid}", operation_id = "delete_authenticator", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "There is no such authenticator", body = ErrorBody),
        (status = 409, description = "It is built in, or the last way to sign in", body = ErrorBody),
        Administrators,
    )
)]
async fn delete(administrator: Administrator, Path(uid): Path<String>) -> Result<StatusCode, Refused> {
    service::delete(administrator.app(), administrator.id(), &uid).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn known(app: &App, uid: &str) -> Result<Json<Authenticator>, Refused> {
    let one = app.authenticators.find(uid).ok_or(Problem::NotFound)?;
    Ok(Json(Authenticator::of(app, &one)))
}

impl Authenticator {
    fn of(app: &App, one: &Stored) -> Self {
        let form = service::form_of(app, &one.kind);
        Self {
            uid: one.uid.clone(),
            kind: one.kind.clone(),
            plugin: (one.kind != PASSWORD).then(|| one.plugin.clone()),
            title: (&one.title).into(),
            description: (&one.description).into(),
            enabled: one.enabled,
            state: StateName::of(form.as_ref(), one),
            refresh: one.refresh.iter().collect(),
            settings: without_secrets(form.as_ref(), one),
            secrets_set: one.secrets.keys().cloned().collect(),
            redirect_url: app.redirect_url(&one.uid),
            client_url: view::client_url(app, &one.kind, &one.uid, &one.settings),
            created_at: moment(one.created_at),
            updated_at: moment(one.updated_at),
        }
    }
}

impl StateName {
    fn of(form: Option<&Form>, one: &Stored) -> Self {
        match form {
            None => Self::PluginOff,
            Some(form) if service::is_configured(form, one) => Self::Ready,
            Some(_) => Self::NotConfigured,
        }
    }
}

/// The stored settings hold no secret. But a later version of a plug-in may call a field secret that was none when it
/// was stored.
fn without_secrets(form: Option<&Form>, one: &Stored) -> Value {
    let settings = one.settings.clone();
    match form {
        Some(form) => form.split(settings).0,
        None => settings,
    }
}
