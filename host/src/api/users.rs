//! The user administration.

mod body;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::LOCATION;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::{Administrators, Checked};
use super::json::Json;
use super::refused::{ErrorBody, Refused};
use super::values::{RoleName, Texts, moment};
use crate::app::App;
use crate::store::bindings::{self, BindingRow};
use crate::store::users;
use crate::ui::role::Role;
use crate::users::service::{self, UserWithRoles};
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;
use body::{NewUser, UserChange};

/// Users of one page of the list.
const PAGE: u32 = 25;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list, create))
        .routes(routes!(show, change))
        .routes(routes!(enable))
        .routes(routes!(disable))
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

/// One page of users.
#[derive(Serialize, ToSchema)]
struct UserList {
    /// The users, in the order of their usernames.
    users: Vec<User>,
    /// Which page this is, from 1.
    page: u32,
    /// How many users a page holds.
    page_size: u32,
    /// How many users match in all.
    total: i64,
}

/// A user.
#[derive(Serialize, ToSchema)]
struct User {
    /// Its id.
    id: String,
    /// Username.
    username: String,
    /// Name as others read it.
    nickname: String,
    /// E-mail address.
    email: Option<String>,
    /// Telephone number (E.164).
    phone: Option<String>,
    /// Whether an administrator or a provider vouches for the telephone number.
    phone_verified: bool,
    /// Whether there is a password.
    has_password: bool,
    /// Whether they may sign in.
    enabled: bool,
    /// What they may do.
    roles: Vec<RoleName>,
    /// When the account was created.
    #[schema(format = DateTime)]
    created_at: String,
    /// When the account was last changed.
    #[schema(format = DateTime)]
    updated_at: String,
}

/// A user, and the links through which they sign in.
#[derive(Serialize, ToSchema)]
struct UserDetails {
    #[serde(flatten)]
    user: User,
    /// Links to identities at providers, oldest first.
    links: Vec<Link>,
}

/// One link to an identity at a provider.
#[derive(Serialize, ToSchema)]
struct Link {
    /// Uid of the authenticator.
    authenticator: String,
    /// Its title.
    title: Texts,
    /// How the link came about: `phone` (the number matched), `sign-up` (with the account), `manual`.
    how: String,
    /// When.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was last used.
    #[schema(format = DateTime)]
    used_at: String,
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

impl From<UserWithRoles> for User {
    fn from(known: UserWithRoles) -> Self {
        let UserWithRoles { user, roles } = known;
        Self {
            phone_verified: user.phone.is_some() && user.phone_source.is_some(),
            has_password: user.password_hash.is_some(),
            enabled: !user.disabled,
            roles: roles.into_iter().map(RoleName::from).collect(),
            created_at: moment(user.created_at),
            updated_at: moment(user.updated_at),
            id: user.id,
            username: user.username,
            nickname: user.nickname,
            email: user.email,
            phone: user.phone,
        }
    }
}

impl From<BindingRow> for Link {
    fn from(row: BindingRow) -> Self {
        Self {
            title: (&row.title()).into(),
            authenticator: row.authenticator_uid,
            how: row.how,
            created_at: moment(row.created_at),
            used_at: moment(row.used_at),
        }
    }
}
