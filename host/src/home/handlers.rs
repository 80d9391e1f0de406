//! `GET /` and the change of one's own password.

use axum::Router;
use axum::extract::Form;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use http::StatusCode;
use secrecy::SecretString;
use serde::Deserialize;

use super::page::{HomePage, PasswordChange};
use super::ways;
use crate::app::App;
use crate::session;
use crate::signin::policy;
use crate::ui::notice::Notice;
use crate::urls::route;
use crate::users::own_password::{self, OwnPasswordRefused};
use crate::users::service;
use crate::web::preferences::see_other;
use crate::web::problem::Problem;
use crate::web::visitor::Member;

pub(crate) fn routes() -> Router<App> {
    Router::new().route(route::HOME, get(show)).route(route::ACCOUNT_PASSWORD, post(change_password))
}

#[derive(Deserialize)]
struct PasswordInput {
    #[serde(default)]
    current: SecretString,
    #[serde(default)]
    new: SecretString,
}

pub(crate) async fn show(member: Member) -> Result<Response, Problem> {
    page(&member, StatusCode::OK, PasswordChange::default()).await
}

async fn change_password(member: Member, Form(input): Form<PasswordInput>) -> Result<Response, Problem> {
    let app = &member.visitor.app;
    let caller = member.visitor.caller();
    let change = match own_password::change(app, &member.visit, caller, &input.current, &input.new).await {
        Ok(session) => {
            let response = see_other(&Notice::PasswordChanged.on(app.urls.home()));
            return Ok(session.on(response));
        }
        Err(OwnPasswordRefused::Failure(failure)) => return Err(failure.into()),
        Err(OwnPasswordRefused::Current(fault)) => PasswordChange { current_fault: Some(fault), new_fault: None },
        Err(OwnPasswordRefused::New(fault)) => PasswordChange { current_fault: None, new_fault: Some(fault) },
    };
    page(&member, StatusCode::UNPROCESSABLE_ENTITY, change).await
}

async fn page(member: &Member, status: StatusCode, change: PasswordChange) -> Result<Response, Problem> {
    let app = &member.visitor.app;
    let known = service::find(app, &member.visit.user_id).await?.ok_or(Problem::SignInFirst)?;
    let all = app.authenticators.all();
    let through = all.iter().find(|one| one.id == member.visit.authenticator_id);
    let title = through.map_or(session::PASSWORD, |one| one.title.get(member.visitor.language));
    let has_password = known.user.password_hash.is_some();
    let ways = ways::of(app, &member.visit, member.visitor.language, has_password).await?;
    let page = HomePage {
        name: known.user.nickname,
        username: known.user.username,
        email: known.user.email,
        phone: known.user.phone,
        roles: known.roles,
        signed_in_with: title.to_owned(),
        signed_in_at: member.visit.created_at,
        password: has_password.then_some(change),
        ways,
    };
    let response = (status, Html(page.markup(&member.visitor.frame()).into_string())).into_response();
    Ok(policy::with(response, policy::of_forms(app)))
}
