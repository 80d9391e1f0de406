//! The handlers, in the order of a sign-in.

use std::sync::Arc;

use axum::extract::{Query, State as Shared};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use crate::state::{State, token};

/// The cookie of an attempt.
const ATTEMPT: &str = "attempt";
/// The cookie of a session.
const SESSION: &str = "session";
/// A redirect that sets a cookie.
type Redirect = (StatusCode, [(HeaderName, String); 2]);

/// What the provider sends back.
#[derive(Deserialize)]
pub(crate) struct Callback {
    code: String,
    state: String,
}

/// What went wrong, as a status; nobody reads more.
pub(crate) struct Broken(StatusCode);

pub(crate) async fn sign_in(Shared(state): Shared<Arc<State>>) -> Response {
    Html(state.page.clone()).into_response()
}

pub(crate) async fn start(Shared(state): Shared<Arc<State>>) -> Result<Redirect, Broken> {
    let (attempt, browser) = (token()?, token()?);
    let address = state.provider.authorize_url(&attempt)?;
    state.begin(&attempt, &browser);
    Ok(see_other(address.into(), ATTEMPT, &browser))
}

pub(crate) async fn callback(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Result<Redirect, Broken> {
    let browser = cookie(&headers, ATTEMPT).ok_or(Broken(StatusCode::BAD_REQUEST))?;
    if !state.redeem(&callback.state, browser) {
        return Err(Broken(StatusCode::BAD_REQUEST));
    }
    let name = state.provider.name(&callback.code).await?;
    let session = token()?;
    state.open(&session, name);
    Ok(see_other("/".into(), SESSION, &session))
}

pub(crate) async fn home(Shared(state): Shared<Arc<State>>, headers: HeaderMap) -> Response {
    match cookie(&headers, SESSION).and_then(|session| state.visitor(session)) {
        Some(name) => Html(format!("<!DOCTYPE html><title>Home</title><h1>{name}</h1>")).into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

pub(crate) async fn me(Shared(state): Shared<Arc<State>>, headers: HeaderMap) -> Response {
    match cookie(&headers, SESSION).and_then(|session| state.visitor(session)) {
        Some(_) => ([(CONTENT_TYPE, "application/json")], state.me.clone()).into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

fn see_other(address: String, cookie: &str, value: &str) -> Redirect {
    let cookie = format!("{cookie}={value}; Path=/; HttpOnly; SameSite=Lax");
    (StatusCode::SEE_OTHER, [(LOCATION, address), (SET_COOKIE, cookie)])
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get(COOKIE)?.to_str().ok()?;
    all.split("; ").find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

impl<E: std::error::Error> From<E> for Broken {
    fn from(_: E) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Broken {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}
