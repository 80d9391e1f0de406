//! The user administration.

mod body;
mod view;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::LOCATION;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::{Administrators, Checked};
use super::json::Json;
use super::refused::{ErrorBody, Refused};
use crate::app::App;
use crate::store::bindings;
use crate::store::users;
use crate::ui::role::Role;
use crate::users::links;
use crate::users::service::{self, UserWithRoles};
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;
use body::{NewUser, UserChange};
use view::{Link, UserDetails, UserList};

/// Users of one page of the list.
const PAGE: u32 = 25;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list, create))
        .routes(routes!(show, change))
        .routes(routes!(enable))
        .routes(routes!(disable))
        .routes(routes!(remove_link))
}

/// Which users.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UserQuery {
    /// Part of a username, nickname, e-mail address or telephone number.
    #[serde(default)]
    #[param(required = false)]
    q: String,
    /// Which page, from 1.
    #[param(minimum = 1)]
    page: Option<u32>,
}

/// List users
#[utoipa::path(
    get, path = "/api/v1/users", operation_id = "list_users", tag = "users",
    params(UserQuery),
    responses(
        (status = 200, description = "One page of users", body = UserList),
        (status = 400, description = "An unknown parameter or number", body = ErrorBody),
        Administrators,
    )
)]
async fn list(administrator: Administrator, Query(query): Query<UserQuery>) -> Result<Json<UserList>, Refused> {
    let page = query.page.unwrap_or(1);
    let offset = page.checked_sub(1).ok_or(Problem::BadRequest)?;
    let offset = i64::from(offset) * i64::from(PAGE);
    let mut conn = administrator.app().store.read().await?;
    let (rows, total) = users::search(&mut conn, query.q.trim(), i64::from(PAGE), offset).await?;
    let mut found = Vec::with_capacity(rows.len());
    for user in rows {
        let names = users::roles(&mut conn, &user.id).await?;
        let roles = names.iter().filter_map(|name| Role::from_name(name)).collect();
        found.push(UserWithRoles { user, roles }.into());
    }
    Ok(Json(UserList { users: found, page, page_size: PAGE, total }))
}

/// Create a user
#[utoipa::path(
    post, path = "/api/v1/users", operation_id = "create_user", tag = "users",
    request_body = NewUser,
    responses(
        (status = 201, description = "Created", body = UserDetails,
            headers(("Location" = String, description = "Path of the user"))),
        Administrators,
        Checked,
    )
)]
async fn create(administrator: Administrator, Json(new): Json<NewUser>) -> Result<Response, Refused> {
    let app = administrator.app();
    let id = service::create(app, administrator.id(), new.into()).await?;
    let location = format!("{}/api/v1/users/{id}", app.urls.base());
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(details(app, &id).await?)).into_response())
}

/// Get a user
#[utoipa::path(
    get, path = "/api/v1/users/{id}", operation_id = "get_user", tag = "users",
    params(("id" = String, Path, description = "Id of the user")),
    responses(
        (status = 200, description = "The user", body = UserDetails),
        (status = 404, description = "There is no such user", body = ErrorBody),
        Administrators,
    )
)]
async fn show(administrator: Administrator, Path(id): Path<String>) -> Result<Json<UserDetails>, Refused> {
    Ok(Json(details(administrator.app(), &id).await?))
}

/// Change a user
///
/// Fields that are absent stay as they are; an empty text or `null` removes a value. Changed roles or a new password
/// end the user's sessions.
#[utoipa::path(
    patch, path = "/api/v1/users/{id}", operation_id = "change_user", tag = "users",
    params(("id" = String, Path, description = "Id of the user")),
    request_body = UserChange,
    responses(
        (status = 200, description = "Changed", body = UserDetails),
        (status = 404, description = "There is no such user", body = ErrorBody),
        (status = 409, description = "There would be no administrator left", body = ErrorBody),
        Administrators,
        Checked,
    )
)]
async fn change(
    administrator: Administrator,
    Path(id): Path<String>,
    Json(change): Json<UserChange>,
) -> Result<Json<UserDetails>, Refused> {
    let app = administrator.app();
    let before = service::find(app, &id).await?.ok_or(Problem::NotFound)?;
    service::update(app, administrator.id(), &id, change.of(before)).await?;
    Ok(Json(details(app, &id).await?))
}

/// Let a user sign in again
#[utoipa::path(
    post, path = "/api/v1/users/{id}/enable", operation_id = "enable_user", tag = "users",
    params(("id" = String, Path, description = "Id of the user")),
    responses(
        (status = 200, description = "They may sign in", body = UserDetails),
        (status = 404, description = "There is no such user", body = ErrorBody),
        Administrators,
    )
)]
async fn enable(administrator: Administrator, Path(id): Path<String>) -> Result<Json<UserDetails>, Refused> {
    switch(&administrator, &id, true).await
}

/// Lock a user out
///
/// At once: their sessions end, and no way to sign in is open to them.
#[utoipa::path(
    post, path = "/api/v1/users/{id}/disable", operation_id = "disable_user", tag = "users",
    params(("id" = String, Path, description = "Id of the user")),
    responses(
        (status = 200, description = "They are locked out", body = UserDetails),
        (status = 404, description = "There is no such user", body = ErrorBody),
        (status = 409, description = "It is oneself, or the only administrator that is left", body = ErrorBody),
        Administrators,
    )
)]
async fn disable(administrator: Administrator, Path(id): Path<String>) -> Result<Json<UserDetails>, Refused> {
    switch(&administrator, &id, false).await
}

/// Remove a link to an identity
///
/// The user's sessions that began at its authenticator end. At the person's next sign-in there they are looked up anew.
#[utoipa::path(
    delete, path = "/api/v1/users/{id}/links/{link}", operation_id = "remove_user_link", tag = "users",
    params(("id" = String, Path, description = "Id of the user"), ("link" = String, Path, description = "Id of the link")),
    responses(
        (status = 200, description = "The user, without the link", body = UserDetails),
        (status = 404, description = "There is no such user or link", body = ErrorBody),
        Administrators,
    )
)]
async fn remove_link(
    administrator: Administrator,
    Path((id, link)): Path<(String, String)>,
) -> Result<Json<UserDetails>, Refused> {
    links::remove(administrator.app(), administrator.id(), &id, &link).await?;
    Ok(Json(details(administrator.app(), &id).await?))
}

async fn switch(administrator: &Administrator, id: &str, on: bool) -> Result<Json<UserDetails>, Refused> {
    service::set_enabled(administrator.app(), administrator.id(), id, on).await?;
    Ok(Json(details(administrator.app(), id).await?))
}

async fn details(app: &App, id: &str) -> Result<UserDetails, Refused> {
    let user = service::find(app, id).await?.ok_or(Problem::NotFound)?;
    let mut conn = app.store.read().await?;
    let links = bindings::of_user(&mut conn, id).await?.into_iter().map(Link::from).collect();
    Ok(UserDetails { user: user.into(), links })
}
