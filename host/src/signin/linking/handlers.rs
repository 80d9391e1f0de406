//! The addresses of a link: the question and its answer, the way to the provider, the removal.

use std::ops::ControlFlow;

use axum::Router;
use axum::extract::{Form, Path, Query};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;
use serde::Deserialize;

use super::fresh::{self, Proof, Proven, Unproven};
use super::page::{ConfirmPage, input};
use super::reauth::ReauthPage;
use super::unlink::{UnlinkRefused, unlink};
use super::{Named, confirm, pending};
use crate::app::App;
use crate::authenticators::view;
use crate::session::cookie;
use crate::signin::attempt::Purpose;
use crate::signin::explanation::mask;
use crate::signin::handlers::{OPEN_ATTEMPTS, clear_attempts, refusal};
use crate::signin::redirect::own_page;
use crate::signin::{policy, start};
use crate::ui::notice::Notice;
use crate::urls::route;
use crate::users::names;
use crate::web::preferences::{see_other, with_cookie};
use crate::web::problem::Problem;
use crate::web::visitor::Member;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(route::LINK_CONFIRM, get(ask).post(answer))
        .route(route::LINK_START, post(begin))
        .route(route::LINK_REMOVE, post(remove))
}

/// Where the person wants to go afterwards, unchecked.
#[derive(Default, Deserialize)]
struct Wish {
    #[serde(default)]
    redirect: String,
}

/// What the question's forms post.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    answer: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    redirect: String,
}

/// What the password form before a change posts; nothing, if the button was pressed.
#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    password: SecretString,
}

/// `GET /account/link`.
async fn ask(member: Member, headers: HeaderMap, Query(wish): Query<Wish>) -> Result<Response, Problem> {
    let app = &member.visitor.app;
    let redirect = own_page(&wish.redirect, &app.base);
    let Some(named) = pending::find(app, &headers, &member.visit.id_hash).await? else {
        return Ok(over(app));
    };
    let proof = fresh::needed(app, &member.visit).await?;
    question(&member, &named, redirect, proof, false)
}

/// `POST /account/link`.
async fn answer(member: Member, headers: HeaderMap, Form(given): Form<Answer>) -> Result<Response, Problem> {
    let app = &member.visitor.app;
    let redirect = own_page(&given.redirect, &app.base);
    let mine = member.visit.id_hash.as_str();
    if given.answer != input::CONNECT {
        pending::take(app, &headers, mine).await?;
        return Ok(done(see_other(&redirect.unwrap_or_else(|| app.urls.home()))));
    }
    let Some(named) = pending::find(app, &headers, mine).await? else { return Ok(over(app)) };
    let proven = match fresh::prove(&member, &given.password).await {
        Ok(proven) => proven,
        Err(Unproven::Failure(failure)) => return Err(failure.into()),
        Err(Unproven::Missing { proof, wrong }) => return question(&member, &named, redirect, proof, wrong),
    };
    // Taken by the session that it was handed to, even if the password has just made another one.
    let response = match pending::take(app, &headers, mine).await? {
        Some(named) => connect(&member, named, redirect).await,
        None => over(app),
    };
    Ok(proven.on(app, &headers, done(response)))
}

async fn connect(member: &Member, named: Named, redirect: Option<String>) -> Response {
    let app = &member.visitor.app;
    let uid = confirm::authenticator_of(app, &named).map(|one| one.uid.clone()).unwrap_or_default();
    match confirm::confirm(app, named, &member.visit.user_id).await {
        Ok(()) => see_other(&Notice::Linked.on(redirect.unwrap_or_else(|| app.urls.home()))),
        Err(refused) => refusal(&member.visitor, &uid, refused, None).await,
    }
}

/// `POST /account/links/{uid}`.
async fn begin(
    member: Member,
    Path(uid): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    let app = &member.visitor.app;
    let authenticator = app.authenticators.enabled(&uid).ok_or(Problem::NotFound)?;
    let change = Change::Connect(authenticator.title.get(member.visitor.language));
    let proven = match proven_for(&member, change, app.urls.link_start(&uid), &given).await? {
        ControlFlow::Continue(proven) => proven,
        ControlFlow::Break(page) => return Ok(page),
    };
    let purpose = Purpose::Link(proven.session_hash().to_owned());
    let response = match start::start(app, &uid, purpose, app.urls.link_confirm(), member.visitor.language).await {
        Ok(started) => {
            let response = with_cookie(see_other(&started.authorize_url), &started.cookie);
            clear_attempts(response, &headers, OPEN_ATTEMPTS)
        }
        Err(refused) => refusal(&member.visitor, &uid, refused, None).await,
    };
    Ok(proven.on(app, &headers, response))
}

/// `POST /account/links/{uid}/remove`.
async fn remove(
    member: Member,
    Path(uid): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    let app = &member.visitor.app;
    let authenticator = app.authenticators.find(&uid).ok_or(Problem::NotFound)?;
    let change = Change::Remove(authenticator.title.get(member.visitor.language));
    let proven = match proven_for(&member, change, app.urls.link_remove(&uid), &given).await? {
        ControlFlow::Continue(proven) => proven,
        ControlFlow::Break(page) => return Ok(page),
    };
    let notice = match unlink(app, &member.visit, &authenticator).await {
        Ok(()) => Notice::Unlinked,
        Err(UnlinkRefused::Gone) => Notice::Gone,
        Err(UnlinkRefused::LastWayIn) => Notice::OwnLastWayIn,
        Err(UnlinkRefused::Failure(failure)) => return Err(failure.into()),
    };
    Ok(proven.on(app, &headers, see_other(&notice.on(app.urls.home()))))
}

/// What a person is about to do, with the title of the authenticator.
enum Change<'a> {
    Connect(&'a str),
    Remove(&'a str),
}

/// Makes sure that the person is there, or gives the page that asks them to prove it.
async fn proven_for(
    member: &Member,
    change: Change<'_>,
    action: String,
    given: &Given,
) -> Result<ControlFlow<Response, Proven>, Problem> {
    let (proof, wrong) = match fresh::prove(member, &given.password).await {
        Ok(proven) => return Ok(ControlFlow::Continue(proven)),
        Err(Unproven::Failure(failure)) => return Err(failure.into()),
        Err(Unproven::Missing { proof, wrong }) => (proof, wrong),
    };
    let frame = member.visitor.frame();
    let words = frame.words();
    let caption = match change {
        Change::Connect(title) => words.with("ways-connect-to", &[("title", title.to_owned().into())]),
        Change::Remove(title) => words.with("ways-remove-from", &[("title", title.to_owned().into())]),
    };
    let page = ReauthPage { caption, action, proof, wrong, username: member.visit.username.clone() };
    let body = (StatusCode::FORBIDDEN, Html(page.markup(&frame).into_string())).into_response();
    Ok(ControlFlow::Break(policy::with(body, policy::of_forms(&member.visitor.app))))
}

/// The page that asks.
fn question(
    member: &Member,
    named: &Named,
    redirect: Option<String>,
    proof: Proof,
    wrong: bool,
) -> Result<Response, Problem> {
    let app = &member.visitor.app;
    let Some(authenticator) = confirm::authenticator_of(app, named) else { return Ok(over(app)) };
    let told = named.identity.name.as_ref().map(|claim| names::tame(&claim.value));
    let page = ConfirmPage {
        title: authenticator.title.get(member.visitor.language).to_owned(),
        picture: view::picture(app, &authenticator.kind),
        their_name: told.filter(|name| !name.is_empty()),
        their_key: mask::key(&named.identity.subject),
        name: member.visit.nickname.clone(),
        username: member.visit.username.clone(),
        proof,
        wrong,
        redirect,
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(page.markup(&member.visitor.frame()).into_string())).into_response())
}

/// Nothing is waiting for an answer of this browser and this session.
fn over(app: &App) -> Response {
    see_other(&Notice::LinkOver.on(app.urls.home()))
}

/// What the cookie stood for is used up.
fn done(response: Response) -> Response {
    with_cookie(response, &cookie::clear(cookie::PENDING_LINK))
}
