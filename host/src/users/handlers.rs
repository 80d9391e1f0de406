//! The addresses of the user administration.

mod existing;

use axum::Router;
use axum::extract::{Form, Path, Query};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use existing::with_existing;
use http::StatusCode;
use secrecy::SecretString;
use serde::Deserialize;

use super::form_page::{self, UserFormPage, input};
use super::links;
use super::page::{UserRow, UsersPage};
use super::service::{self, UserDraft, UserRefused, UserWithRoles};
use crate::app::App;
use crate::authenticators::PASSWORD;
use crate::store::users::UserRow as Stored;
use crate::store::{Conn, bindings, users};
use crate::ui::notice::Notice;
use crate::ui::role::Role;
use crate::urls::route;
use crate::web::preferences::see_other;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// Users of one page of the list.
const PAGE: u64 = 25;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(route::USERS, get(list).post(create))
        .route(route::USER_NEW, get(new))
        .route(route::USER, get(show).post(save))
        .route(route::USER_ENABLE, post(enable))
        .route(route::USER_DISABLE, post(disable))
        .route(route::USER_LINK_REMOVE, post(remove_link))
}

#[derive(Default, Deserialize)]
struct Narrowing {
    #[serde(default)]
    q: String,
    page: Option<u64>,
}

async fn list(administrator: Administrator, Query(narrowing): Query<Narrowing>) -> Result<Response, Problem> {
    let page = narrowing.page.unwrap_or(1).clamp(1, 1_000_000);
    let (app, q) = (administrator.app(), narrowing.q.trim());
    let mut conn = app.store.read().await?;
    let (found, total) = users::search(&mut conn, q, PAGE as i64, ((page - 1) * PAGE) as i64).await?;
    let mut rows = Vec::with_capacity(found.len());
    for user in found {
        rows.push(row(&administrator, &mut conn, user).await?);
    }
    drop(conn);
    let page = UsersPage { rows, query: q.to_owned(), page, page_size: PAGE, total: u64::try_from(total).unwrap_or(0) };
    Ok(Html(page.markup(&administrator.frame().await?).into_string()).into_response())
}

async fn row(administrator: &Administrator, conn: &mut Conn, user: Stored) -> Result<UserRow, Problem> {
    let (app, language) = (administrator.app(), administrator.language());
    let mut ways = Vec::new();
    if user.password_hash.is_some() {
        ways.extend(app.authenticators.find(PASSWORD).map(|one| one.title.get(language).to_owned()));
    }
    for link in bindings::of_user(conn, &user.id).await? {
        ways.push(link.title().get(language).to_owned());
    }
    Ok(UserRow {
        roles: roles(conn, &user.id).await?,
        ways,
        id: user.id,
        name: user.nickname,
        username: user.username,
        email: user.email,
        phone: user.phone,
        enabled: !user.disabled,
        created_at: user.created_at,
    })
}

async fn roles(conn: &mut Conn, id: &str) -> Result<Vec<Role>, Problem> {
    Ok(users::roles(conn, id).await?.iter().filter_map(|name| Role::from_name(name)).collect())
}

async fn new(administrator: Administrator) -> Result<Response, Problem> {
    let draft = form_page::UserDraft { roles: vec![Role::Member], ..form_page::UserDraft::default() };
    let page = UserFormPage { draft, ..UserFormPage::default() };
    form(&administrator, StatusCode::OK, page).await
}

async fn show(administrator: Administrator, Path(id): Path<String>) -> Result<Response, Problem> {
    let known = service::find(administrator.app(), &id).await?.ok_or(Problem::NotFound)?;
    let page = UserFormPage { draft: view_of(&known), faults: Vec::new(), existing: None };
    form(&administrator, StatusCode::OK, with_existing(&administrator, page, &known).await?).await
}

async fn create(administrator: Administrator, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    let (draft, view) = read(pairs);
    match service::create(administrator.app(), administrator.id(), draft).await {
        Ok(_) => Ok(see_other(&Notice::Created.on(administrator.app().urls.users()))),
        Err(UserRefused::Invalid(faults)) => {
            let page = UserFormPage { existing: None, draft: view, faults };
            form(&administrator, StatusCode::UNPROCESSABLE_ENTITY, page).await
        }
        Err(refused) => elsewhere(&administrator, refused),
    }
}

async fn save(
    administrator: Administrator,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let app = administrator.app();
    let (draft, view) = read(pairs);
    match service::update(app, administrator.id(), &id, draft).await {
        Ok(()) => Ok(see_other(&Notice::Saved.on(app.urls.user(&id)))),
        Err(UserRefused::Invalid(faults)) => {
            let known = service::find(app, &id).await?.ok_or(Problem::NotFound)?;
            let page = UserFormPage { existing: None, draft: view, faults };
            let page = with_existing(&administrator, page, &known).await?;
            form(&administrator, StatusCode::UNPROCESSABLE_ENTITY, page).await
        }
        Err(refused) => elsewhere(&administrator, refused),
    }
}

async fn enable(administrator: Administrator, Path(id): Path<String>) -> Result<Response, Problem> {
    switch(&administrator, &id, true).await
}

async fn disable(administrator: Administrator, Path(id): Path<String>) -> Result<Response, Problem> {
    switch(&administrator, &id, false).await
}

async fn switch(administrator: &Administrator, id: &str, on: bool) -> Result<Response, Problem> {
    let app = administrator.app();
    match service::set_enabled(app, administrator.id(), id, on).await {
        Ok(()) => {
            let notice = if on { Notice::Enabled } else { Notice::Disabled };
            Ok(see_other(&notice.on(app.urls.user(id))))
        }
        Err(refused) => elsewhere(administrator, refused),
    }
}

async fn remove_link(
    administrator: Administrator,
    Path((id, link)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let app = administrator.app();
    match links::remove(app, administrator.id(), &id, &link).await {
        Ok(()) => Ok(see_other(&Notice::LinkRemoved.on(app.urls.user(&id)))),
        Err(UserRefused::NotFound) => Ok(see_other(&Notice::Gone.on(app.urls.user(&id)))),
        Err(refused) => elsewhere(&administrator, refused),
    }
}

/// Refusals that no field is to blame for: back to the list, with a notice.
fn elsewhere(administrator: &Administrator, refused: UserRefused) -> Result<Response, Problem> {
    let notice = match refused {
        UserRefused::NotFound => return Err(Problem::NotFound),
        UserRefused::Failure(failure) => return Err(failure.into()),
        UserRefused::LastAdministrator => Notice::LastAdministrator,
        UserRefused::NotYourself => Notice::NotYourself,
        UserRefused::Invalid(_) => return Err(Problem::BadRequest),
    };
    Ok(see_other(&notice.on(administrator.app().urls.users())))
}

/// What the form posted, for the service and to be shown again.
fn read(pairs: Vec<(String, String)>) -> (UserDraft, form_page::UserDraft) {
    let text =
        |name: &str| pairs.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let roles = pairs.iter().filter(|(key, _)| key == input::ROLE).filter_map(|(_, value)| Role::from_name(value));
    let view = form_page::UserDraft {
        username: text(input::USERNAME),
        nickname: text(input::NICKNAME),
        email: text(input::EMAIL),
        phone: text(input::PHONE),
        roles: roles.collect(),
    };
    let password = Some(text(input::PASSWORD)).filter(|password| !password.is_empty()).map(SecretString::from);
    let draft = UserDraft {
        username: view.username.clone(),
        nickname: view.nickname.clone(),
        email: view.email.clone(),
        phone: view.phone.clone(),
        roles: view.roles.clone(),
        password,
    };
    (draft, view)
}

fn view_of(known: &UserWithRoles) -> form_page::UserDraft {
    form_page::UserDraft {
        username: known.user.username.clone(),
        nickname: known.user.nickname.clone(),
        email: known.user.email.clone().unwrap_or_default(),
        phone: known.user.phone.clone().unwrap_or_default(),
        roles: known.roles.clone(),
    }
}

async fn form(administrator: &Administrator, status: StatusCode, page: UserFormPage) -> Result<Response, Problem> {
    Ok((status, Html(page.markup(&administrator.frame().await?).into_string())).into_response())
}
