//! The addresses of a sign-in: the page, the click, the callback, the password form, the sign-out.

use axum::Router;
use axum::extract::{Form, OriginalUri, Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;
use serde::Deserialize;

use super::attempt::Purpose;
use super::callback::Ending;
use super::client::entry;
use super::client::inside::{Inside, went_before};
use super::page::{PasswordForm, RefusalPage, SignInButton, SignInPage};
use super::password::PasswordRefused;
use super::redirect::own_page;
use super::shelf::Ready;
use super::{Refused, attempt, callback, linking, page, panel, password, policy, start};
use crate::app::App;
use crate::authenticators::view;
use crate::outage;
use crate::session::{self, Session, cookie};
use crate::ui::notice::Notice;
use crate::urls::{route, with_query};
use crate::web::packed::Packed;
use crate::web::preferences::{see_other, with_cookie};
use crate::web::problem::Problem;
use crate::web::visitor::{Member, Visitor};

/// How many attempts one browser may have open; older cookies are cleared.
pub(super) const OPEN_ATTEMPTS: usize = 8;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(route::SIGN_IN, get(show))
        .route(route::SIGN_IN_PASSWORD, post(by_password))
        .route(route::SIGN_IN_START, post(click))
        .route(route::SIGN_IN_CALLBACK, get(back))
        .route(route::SIGN_OUT, post(sign_out))
        .merge(linking::handlers::routes())
}

/// Where the person wants to go afterwards, unchecked.
#[derive(Default, Deserialize)]
struct Wish {
    #[serde(default)]
    redirect: String,
}

/// What the password form posts.
#[derive(Deserialize)]
struct PasswordInput {
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    redirect: String,
}

/// `GET /signin`.
async fn show(
    visitor: Visitor,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Query(wish): Query<Wish>,
) -> Response {
    let app = &visitor.app;
    let redirect = own_page(&wish.redirect, &app.base);
    let inside = Inside::of(&visitor, &uri, &headers);
    if visitor.visit.is_some() && inside.staying.is_none() {
        return see_other(&redirect.unwrap_or_else(|| app.urls.home()));
    }
    let untried = visitor.visit.is_none() && !went_before(&uri);
    if let Some(address) = entry::instead_of_sign_in(app, &headers, redirect.as_deref()).filter(|_| untried) {
        return see_other(&address);
    }
    if uri.query().is_some() {
        return page(&visitor, StatusCode::OK, redirect, None, inside);
    }
    let ready = app.sign_in_pages.page(app, visitor.language, visitor.theme, || Ready {
        body: Packed::new(markup(&visitor, None, None, Inside::default())),
        policy: policy::of_sign_in(app),
    });
    let html = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    policy::with((html, ready.body.response(&headers)).into_response(), ready.policy)
}

/// `POST /signin/{uid}/start`: the button, and the panel, whose script asks for JSON.
async fn click(visitor: Visitor, Path(uid): Path<String>, headers: HeaderMap, Form(wish): Form<Wish>) -> Response {
    let app = &visitor.app;
    let wanted = own_page(&wish.redirect, &app.base);
    let target = wanted.clone().unwrap_or_else(|| app.urls.home());
    let by_script = panel::asks(&headers);
    match start::start(app, &uid, Purpose::SignIn, target, visitor.language).await {
        Ok(started) => {
            let url = &started.authorize_url;
            let response = if by_script { panel::started(url) } else { see_other(url) };
            clear_attempts(with_cookie(response, &started.cookie), &headers, OPEN_ATTEMPTS)
        }
        Err(refused) if by_script => panel::refused(&visitor, &uid, &refused).await,
        Err(refused) => refusal(&visitor, &uid, refused, wanted).await,
    }
}

/// `GET /signin/{uid}/callback`.
async fn back(
    visitor: Visitor,
    Path(uid): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let app = &visitor.app;
    let query = uri.query().unwrap_or_default();
    let response = match callback::complete(&visitor, &uid, query, &headers).await {
        Ok(Ending::SignedIn { session, redirect }) => {
            entry::returned(app, &headers, session.on(see_other(&redirect)), session.id_hash())
        }
        Ok(Ending::ToConfirm { cookie }) => {
            entry::back_in(&visitor, &headers, with_cookie(see_other(&app.urls.link_confirm()), &cookie))
        }
        Ok(Ending::Rehearsed { id }) => entry::back_in(&visitor, &headers, see_other(&app.urls.rehearsal(&id))),
        Err(refused) => return refusal(&visitor, &uid, refused, None).await,
    };
    clear_attempts(response, &headers, 0)
}

/// `POST /signin/password`.
async fn by_password(
    visitor: Visitor,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Form(input): Form<PasswordInput>,
) -> Response {
    let app = &visitor.app;
    let redirect = own_page(&input.redirect, &app.base);
    let inside = Inside::of(&visitor, &uri, &headers);
    match password::sign_in(app, &input.identifier, input.password, visitor.caller()).await {
        Ok(session) => {
            let response = session.on(see_other(&after_password(app, &headers, &session, redirect).await));
            entry::arrived(app, &headers, response, session.id_hash())
        }
        Err(PasswordRefused::Wrong) => {
            page(&visitor, StatusCode::UNPROCESSABLE_ENTITY, redirect, Some(&input.identifier), inside)
        }
        Err(PasswordRefused::Off) => page(&visitor, StatusCode::FORBIDDEN, redirect, None, inside),
        Err(PasswordRefused::Failure(failure)) => Problem::from(failure).into_response(),
    }
}

/// Where the person wanted to go; but first, if a provider named somebody in this browser, to the question whether that
/// is them.
async fn after_password(app: &App, headers: &HeaderMap, session: &Session, redirect: Option<String>) -> String {
    match linking::claim(app, headers, session.id_hash()).await {
        Ok(true) => {
            let going = redirect.as_deref().unwrap_or_default();
            return with_query(app.urls.link_confirm(), &[(page::input::REDIRECT, going)]);
        }
        Ok(false) => {}
        Err(failure) => tracing::error!(error = %failure, "nobody was asked about whom the provider had named"),
    }
    redirect.unwrap_or_else(|| app.urls.home())
}

/// `POST /signout`.
async fn sign_out(State(app): State<App>, member: Member) -> Result<Response, Problem> {
    session::leave(&app, &member.visit).await?;
    let bye = see_other(&Notice::SignedOut.on(app.urls.sign_in(None)));
    Ok(with_cookie(bye, &cookie::clear(cookie::SESSION)))
}

/// The page; `wrong_as` is the name that a wrong password was given for.
fn page(
    visitor: &Visitor,
    status: StatusCode,
    redirect: Option<String>,
    wrong_as: Option<&str>,
    inside: Inside,
) -> Response {
    let body = markup(visitor, redirect, wrong_as, inside);
    policy::with((status, Html(body)).into_response(), policy::of_sign_in(&visitor.app))
}

fn markup(visitor: &Visitor, redirect: Option<String>, wrong_as: Option<&str>, inside: Inside) -> String {
    let with_password = visitor.app.authenticators.password_is_enabled();
    let page = SignInPage {
        redirect,
        wrong_password: wrong_as.is_some(),
        password: with_password.then(|| PasswordForm { identifier: wrong_as.unwrap_or_default().to_owned() }),
        buttons: buttons(visitor),
        outages: outage::titles(&visitor.app, visitor.language),
        inside,
    };
    page.markup(&visitor.frame()).into_string()
}

fn buttons(visitor: &Visitor) -> Vec<SignInButton> {
    let app = &visitor.app;
    let all = app.authenticators.all();
    let button = |one: &std::sync::Arc<crate::authenticators::directory::Authenticator>| {
        let (plugin, kind) = app.registry.type_of(&one.kind)?;
        let caption =
            kind.login_button.caption.get(visitor.language).replace("{title}", one.title.get(visitor.language));
        let panel = panel::of(app, one, &plugin, &kind);
        Some(SignInButton { uid: one.uid.clone(), caption, picture: view::picture(app, &kind.id), panel })
    };
    all.iter().filter(|one| one.enabled).filter_map(button).collect()
}

/// The page after a sign-in, or a link, that was refused.
pub(super) async fn refusal(visitor: &Visitor, uid: &str, refused: Refused, redirect: Option<String>) -> Response {
    let app = &visitor.app;
    let authenticator = app.authenticators.enabled(uid);
    let page = RefusalPage {
        reason: refused.reason,
        reference: recorded(visitor, uid, &refused).await,
        authenticator_title: authenticator.as_ref().map(|one| one.title.get(visitor.language).to_owned()),
        retry: authenticator.filter(|one| app.registry.type_of(&one.kind).is_some()).map(|one| one.uid.clone()),
        redirect,
        connectable: refused.pending.is_some(),
    };
    let body = Html(page.markup(&visitor.frame()).into_string());
    let response = policy::with((refused.reason.status(), body).into_response(), policy::of_forms(app));
    match &refused.pending {
        Some(cookie) => with_cookie(response, cookie),
        None => response,
    }
}

/// Writes a refusal down and returns its reference code.
pub(super) async fn recorded(visitor: &Visitor, uid: &str, refused: &Refused) -> String {
    let app = &visitor.app;
    // Only a name that exists is written down; anything else came from whoever made up the address.
    let name = app.authenticators.find(uid).map(|one| one.uid.clone()).unwrap_or_default();
    refused.record(app, &name, &visitor.caller()).await
}

/// Clears the cookies of attempts, but not of the `keep` first ones.
pub(super) fn clear_attempts(mut response: Response, headers: &HeaderMap, keep: usize) -> Response {
    let open = cookie::all(headers).map(|(name, _)| name).filter(|name| name.starts_with(cookie::ATTEMPT));
    for name in open.skip(keep).filter(|name| attempt::is_cookie_name(name)) {
        response = with_cookie(response, &cookie::clear(name));
    }
    response
}
