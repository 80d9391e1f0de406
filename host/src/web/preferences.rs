//! The language and theme buttons: a cookie each, and back to where the person was.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use serde::Deserialize;
use ui_schema::Language;

use crate::app::App;
use crate::session::cookie;
use crate::signin::redirect::own_page;
use crate::ui::frame::Theme;

/// A year, in seconds.
const YEAR: i64 = 365 * 24 * 3600;

/// What the buttons send.
#[derive(Deserialize)]
pub(crate) struct Preferences {
    #[serde(default)]
    language: String,
    #[serde(default)]
    theme: String,
    #[serde(default, rename = "return")]
    back: String,
}

/// `POST /preferences`.
pub(crate) async fn save(State(app): State<App>, Form(wanted): Form<Preferences>) -> Response {
    let back = own_page(&wanted.back, &app.base).unwrap_or_else(|| app.urls.home());
    let mut response = see_other(&back);
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(&cookie::set(name, value, Some(YEAR))) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    };
    if let Some(language) = Language::from_tag(&wanted.language) {
        set(cookie::LANGUAGE, language.tag());
    }
    if let Some(theme) = Theme::from_name(&wanted.theme) {
        set(cookie::THEME, theme.name());
    }
    response
}

/// A clean 303 (RFC 9110 section 15.4.4).
pub(crate) fn see_other(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(value) => (StatusCode::SEE_OTHER, [(LOCATION, value)]).into_response(),
        Err(_) => super::problem::Problem::Internal("an address does not fit into a header".into()).into_response(),
    }
}

/// Adds a cookie to a response.
pub(crate) fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}
