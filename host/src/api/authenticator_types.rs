//! The authenticator types that plug-ins register, and their settings forms.

use axum::extract::{Path, Query};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ui_schema::{HostValues, Language};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::Administrators;
use super::json::Json;
use super::refused::{ErrorBody, Refused};
use super::values::Texts;
use crate::app::App;
use crate::authenticators::{service, view};
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list)).routes(routes!(form))
}

/// What a new authenticator can be.
#[derive(Serialize, ToSchema)]
struct TypeList {
    /// The registered types, in the order of their ids.
    types: Vec<AuthenticatorType>,
}

/// One type of authenticator.
#[derive(Serialize, ToSchema)]
struct AuthenticatorType {
    /// Its id.
    id: String,
    /// Its name.
    title: Texts,
    /// One sentence.
    description: Texts,
    /// Id of the plug-in that registers it.
    plugin: String,
}

/// Which form.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FormQuery {
    /// An authenticator of this type, whose values fill the form; or a uid that a new one shall have, which is part of
    /// its Redirect URL.
    uid: Option<String>,
    /// `en` or `zh-CN`; the language of the request if absent.
    language: Option<String>,
}

/// A settings form for any renderer of the react-jsonschema-form vocabulary.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FormDocument {
    /// The dialect of `schema`.
    dialect: String,
    /// JSON Schema.
    #[schema(value_type = Object)]
    schema: Value,
    /// How to draw it. A secret that has a stored value has the option `stored`.
    #[schema(value_type = Object)]
    ui_schema: Value,
    /// The values, the Redirect URL among them and no secret.
    #[schema(value_type = Object)]
    form_data: Value,
}

/// List authenticator types
#[utoipa::path(
    get, path = "/api/v1/authenticator-types", operation_id = "list_authenticator_types", tag = "authenticators",
    responses((status = 200, description = "The types of all enabled plug-ins", body = TypeList), Administrators)
)]
async fn list(administrator: Administrator) -> Json<TypeList> {
    let types = administrator.app().registry.types();
    let types = types.iter().map(|(plugin, kind)| AuthenticatorType {
        id: kind.id.clone(),
        title: (&kind.title).into(),
        description: (&kind.description).into(),
        plugin: plugin.manifest().id.clone(),
    });
    Json(TypeList { types: types.collect() })
}

/// Get the settings form of a type
#[utoipa::path(
    get, path = "/api/v1/authenticator-types/{id}/form", operation_id = "get_settings_form", tag = "authenticators",
    params(("id" = String, Path, description = "Id of the type"), FormQuery),
    responses(
        (status = 200, description = "The form", body = FormDocument),
        (status = 400, description = "An unknown parameter or language", body = ErrorBody),
        (status = 404, description = "No such type, or the authenticator is of another one", body = ErrorBody),
        Administrators,
    )
)]
async fn form(
    administrator: Administrator,
    Path(id): Path<String>,
    Query(query): Query<FormQuery>,
) -> Result<Json<FormDocument>, Refused> {
    let app = administrator.app();
    let form = service::form_of(app, &id).ok_or(Problem::NotFound)?;
    let language = match query.language {
        Some(tag) => Language::from_tag(&tag).ok_or(Problem::BadRequest)?,
        None => administrator.language(),
    };
    let existing = query.uid.as_deref().and_then(|uid| app.authenticators.find(uid));
    if existing.as_ref().is_some_and(|one| one.kind != id) {
        return Err(Problem::NotFound.into());
    }
    let host = HostValues {
        redirect_url: query.uid.as_deref().map(|uid| app.redirect_url(uid)),
        client_url: query.uid.as_deref().and_then(|uid| {
            let settings = existing.as_ref().map(|one| one.settings.clone()).unwrap_or_default();
            view::client_url(app, &id, uid, &settings)
        }),
        stored_secrets: existing.iter().flat_map(|one| one.secrets.keys().cloned()).collect(),
    };
    let data = existing.map(|one| one.settings.clone()).unwrap_or_default();
    let document = form.document(language, &host, &data);
    Ok(Json(FormDocument {
        dialect: document.dialect,
        schema: document.schema,
        ui_schema: document.ui_schema,
        form_data: document.form_data,
    }))
}
