//! The addresses of a sign-in: the page, the click, the callback, the password form, the sign-out.

use axum::Router;
use axum::extract::{Form, OriginalUri, Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

use super::page::{PasswordForm, RefusalPage, SignInButton, SignInPage};
use super::password::PasswordRefused;
use super::redirect::own_page;
use super::shelf::Ready;
use super::{Refused, attempt, callback, password, start};
use crate::app::App;
use crate::authenticators::view;
use crate::session::{self, cookie};
use crate::ui::notice::Notice;
use crate::urls::route;
use crate::web::gate::policy_with_forms_to;
use crate::web::packed::Packed;
use crate::web::preferences::{see_other, with_cookie};
use crate::web::problem::Problem;
use crate::web::visitor::{Member, Visitor};

/// How many attempts one browser may have open; older cookies are cleared.
const OPEN_ATTEMPTS: usize = 8;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(route::SIGN_IN, get(show))
        .route(route::SIGN_IN_PASSWORD, post(by_password))
        .route(route::SIGN_IN_START, post(click))
        .route(route::SIGN_IN_CALLBACK, get(back))
        .route(route::SIGN_OUT, post(sign_out))
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
    let redirect = own_page(&wish.redirect, &visitor.app.base);
    if visitor.visit.is_some() {
        return see_other(&redirect.unwrap_or_else(|| visitor.app.urls.home()));
    }
    if uri.query().is_some() {
        return page(&visitor, StatusCode::OK, redirect, None);
    }
    let app = &visitor.app;
    let ready = app.sign_in_pages.page(app, visitor.language, visitor.theme, || Ready {
        body: Packed::new(markup(&visitor, None, None)),
        policy: policy(app),
    });
    let html = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    with_policy((html, ready.body.response(&headers)).into_response(), ready.policy)
}

/// `POST /signin/{uid}/start`.
async fn click(visitor: Visitor, Path(uid): Path<String>, headers: HeaderMap, Form(wish): Form<Wish>) -> Response {
    let app = &visitor.app;
    let wanted = own_page(&wish.redirect, &app.base);
    let target = wanted.clone().unwrap_or_else(|| app.urls.home());
    match start::start(app, &uid, target, visitor.language).await {
        Ok(started) => {
            let response = with_cookie(see_other(&started.authorize_url), &started.cookie);
            clear_attempts(response, &headers, OPEN_ATTEMPTS)
        }
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
    match callback::complete(app, &uid, query, &headers, visitor.caller()).await {
        Ok(completed) => {
            let response = see_other(&completed.redirect);
            let response = with_cookie(response, &cookie::set(cookie::SESSION, completed.session.id.text(), None));
            clear_attempts(response, &headers, 0)
        }
        Err(refused) => refusal(&visitor, &uid, refused, None).await,
    }
}

/// `POST /signin/password`.
async fn by_password(visitor: Visitor, Form(input): Form<PasswordInput>) -> Response {
    let app = &visitor.app;
    let redirect = own_page(&input.redirect, &app.base);
    match password::sign_in(app, &input.identifier, input.password, visitor.caller()).await {
        Ok(session) => {
            let response = see_other(&redirect.unwrap_or_else(|| app.urls.home()));
            with_cookie(response, &cookie::set(cookie::SESSION, session.id.text(), None))
        }
        Err(PasswordRefused::Wrong) => {
            page(&visitor, StatusCode::UNPROCESSABLE_ENTITY, redirect, Some(&input.identifier))
        }
        Err(PasswordRefused::Off) => page(&visitor, StatusCode::FORBIDDEN, redirect, None),
        Err(PasswordRefused::Failure(failure)) => Problem::from(failure).into_response(),
    }
}

/// `POST /signout`.
async fn sign_out(State(app): State<App>, member: Member) -> Result<Response, Problem> {
    session::leave(&app, &member.visit).await?;
    let bye = see_other(&Notice::SignedOut.on(app.urls.sign_in(None)));
    Ok(with_cookie(bye, &cookie::clear(cookie::SESSION)))
}

/// The page; `wrong_as` is the name that a wrong password was given for.
fn page(visitor: &Visitor, status: StatusCode, redirect: Option<String>, wrong_as: Option<&str>) -> Response {
    let body = markup(visitor, redirect, wrong_as);
    with_policy((status, Html(body)).into_response(), policy(&visitor.app))
}

fn markup(visitor: &Visitor, redirect: Option<String>, wrong_as: Option<&str>) -> String {
    let with_password = visitor.app.authenticators.password_is_enabled();
    let page = SignInPage {
        redirect,
        wrong_password: wrong_as.is_some(),
        password: with_password.then(|| PasswordForm { identifier: wrong_as.unwrap_or_default().to_owned() }),
        buttons: buttons(visitor),
    };
    page.markup(&visitor.frame()).into_string()
}

fn buttons(visitor: &Visitor) -> Vec<SignInButton> {
    let app = &visitor.app;
    let all = app.authenticators.all();
    let button = |one: &std::sync::Arc<crate::authenticators::directory::Authenticator>| {
        let (_, kind) = app.registry.type_of(&one.kind)?;
        let caption =
            kind.login_button.caption.get(visitor.language).replace("{title}", one.title.get(visitor.language));
        Some(SignInButton { uid: one.uid.clone(), caption, picture: view::picture(app, &kind.id) })
    };
    all.iter().filter(|one| one.enabled).filter_map(button).collect()
}

/// The forms of these pages end at a provider, and browsers want to know that beforehand.
fn policy(app: &App) -> Option<HeaderValue> {
    let mut origins = Vec::new();
    for one in app.authenticators.all().iter().filter(|one| one.enabled) {
        if let Some((plugin, kind)) = app.registry.type_of(&one.kind) {
            origins.extend(plugin.manifest().borrows.redirect.iter().map(|host| format!("https://{host}")));
            let entered = kind.form.upstreams(&one.settings);
            origins.extend(
                entered.iter().filter_map(|text| Url::parse(text).ok()).map(|url| url.origin().ascii_serialization()),
            );
        }
    }
    origins.sort();
    origins.dedup();
    policy_with_forms_to(&origins)
}

fn with_policy(mut response: Response, policy: Option<HeaderValue>) -> Response {
    if let Some(policy) = policy {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

async fn refusal(visitor: &Visitor, uid: &str, refused: Refused, redirect: Option<String>) -> Response {
    let app = &visitor.app;
    let authenticator = app.authenticators.enabled(uid);
    // Only a name that exists is written down; anything else came from whoever made up the address.
    let name = app.authenticators.find(uid).map(|one| one.uid.clone()).unwrap_or_default();
    let reference = refused.record(app, &name, &visitor.caller()).await;
    let page = RefusalPage {
        reason: refused.reason,
        reference,
        authenticator_title: authenticator.as_ref().map(|one| one.title.get(visitor.language).to_owned()),
        retry: authenticator.filter(|one| app.registry.type_of(&one.kind).is_some()).map(|one| one.uid.clone()),
        redirect,
    };
    let body = Html(page.markup(&visitor.frame()).into_string());
    with_policy((refused.reason.status(), body).into_response(), policy(app))
}

/// Clears the cookies of attempts, but not of the `keep` first ones.
fn clear_attempts(mut response: Response, headers: &HeaderMap, keep: usize) -> Response {
    let open = cookie::all(headers).map(|(name, _)| name).filter(|name| name.starts_with(cookie::ATTEMPT));
    for name in open.skip(keep).filter(|name| attempt::is_cookie_name(name)) {
        response = with_cookie(response, &cookie::clear(name));
    }
    response
}
