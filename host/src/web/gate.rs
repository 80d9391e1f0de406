//! The gate that every request passes, inwards and outwards.
//!
//! Inwards: the request is for our host; if it may change something, it comes from one of our own pages and carries a
//! form or JSON. Outwards: every response, errors included, gets the protective header fields; what was not served
//! gets a page or a JSON body in the person's language.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};

use super::policy::POLICY;
use super::preferences::{see_other, with_cookie};
use super::problem::Problem;
use super::visitor::{Visitor, language_of};
use crate::api::refused::ErrorBody;
use crate::app::App;
use crate::ids;
use crate::session::cookie;
use crate::signin::client::entry::{self, Entry};
use crate::ui::error_page::ErrorPage;
use crate::ui::i18n::Words;
use crate::ui::notice::Notice;
use crate::urls::route;

/// Passes a request through.
pub(crate) async fn pass(State(app): State<App>, request: Request, next: Next) -> Response {
    let (headers, uri, method) = (request.headers().clone(), request.uri().clone(), request.method().clone());
    let refused = check(&app, &method, &uri, &headers);
    let response = match refused {
        Some(status) => status.into_response(),
        None => match entry::examine(&app, &method, &uri, &headers).await {
            Entry::Inside => next.run(request).await,
            Entry::Once => with_cookie(next.run(request).await, &cookie::clear(cookie::ENTRY)),
            Entry::Detour(response) => response,
        },
    };
    let mut response = match needs_body(&response) {
        true => explain(&app, &method, &uri, &headers, response).await,
        false => response,
    };
    protect(&app, response.headers_mut());
    response
}

/// Why a request goes no further.
fn check(app: &App, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<StatusCode> {
    // A monitoring system asks each node by an address of its own.
    let by_any_name = matches!(uri.path(), "/livez" | "/readyz") || is_at(app, uri, route::METRICS);
    if !by_any_name && !is_our_host(app, uri, headers) {
        return Some(StatusCode::MISDIRECTED_REQUEST);
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    if !matches!(*method, Method::POST | Method::PUT | Method::PATCH | Method::DELETE) {
        return Some(StatusCode::METHOD_NOT_ALLOWED);
    }
    if !is_from_us(app, headers) {
        return Some(StatusCode::FORBIDDEN);
    }
    (!is_known_media(app, uri, headers)).then_some(StatusCode::UNSUPPORTED_MEDIA_TYPE)
}

/// The one host that the public address names (OWASP: no address is ever built from this header, but a cache or a
/// proxy might be led astray).
fn is_our_host(app: &App, uri: &Uri, headers: &HeaderMap) -> bool {
    let ours = &app.base[url::Position::BeforeHost..url::Position::AfterPort];
    let mut given = headers.get_all(header::HOST).iter();
    let one = given.next().is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(ours.as_bytes()));
    let absolute = uri.authority().is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(ours));
    one && given.next().is_none() && absolute
}

/// Whether a changing request comes from one of our pages. Browsers say so in `Sec-Fetch-Site` and `Origin`, which no
/// page can forge (OWASP CSRF cheat sheet, "fetch metadata"); a request with neither is refused as well, which is
/// stricter than the usual middleware. A form of ours comes with `Origin: null`, because our pages send no referrer
/// (Fetch, "append a request `Origin` header"); then `Sec-Fetch-Site` alone speaks.
fn is_from_us(app: &App, headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(|value| value == "same-origin");
    match headers.get(header::ORIGIN).map(HeaderValue::as_bytes) {
        None | Some(b"null") => site == Some(true),
        Some(origin) => origin == app.origin.as_bytes() && site != Some(false),
    }
}

/// Pages post forms, the API takes JSON; an empty request needs neither.
fn is_known_media(app: &App, uri: &Uri, headers: &HeaderMap) -> bool {
    let empty = headers.get(header::CONTENT_LENGTH).is_some_and(|length| length == "0")
        || !(headers.contains_key(header::CONTENT_LENGTH) || headers.contains_key(header::TRANSFER_ENCODING));
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    let wanted = match below(app, uri) {
        Some(route::PLUGIN_INSTALL) => "multipart/form-data",
        _ if is_api(app, uri) => "application/json",
        _ => "application/x-www-form-urlencoded",
    };
    (empty && media.is_empty()) || media.eq_ignore_ascii_case(wanted)
}

fn is_api(app: &App, uri: &Uri) -> bool {
    below(app, uri).is_some_and(|path| path.starts_with("/api/"))
}

fn is_at(app: &App, uri: &Uri, route: &str) -> bool {
    below(app, uri) == Some(route)
}

/// The path below the base path.
fn below<'a>(app: &App, uri: &'a Uri) -> Option<&'a str> {
    uri.path().strip_prefix(app.base.path().trim_end_matches('/'))
}

/// Whether a response says that something went wrong, but not in words.
fn needs_body(response: &Response) -> bool {
    let status = response.status();
    let worded = response.headers().get(header::CONTENT_TYPE).is_some_and(|media| {
        media.as_bytes().starts_with(b"text/html") || media.as_bytes().starts_with(b"application/")
    });
    (status.is_client_error() || status.is_server_error()) && !worded
}

/// Gives the response a page or a JSON body; a fault of ours goes to the log under a reference code.
async fn explain(app: &App, method: &Method, uri: &Uri, headers: &HeaderMap, response: Response) -> Response {
    let problem = response.extensions().get::<Problem>().cloned();
    let status = response.status();
    let api = is_api(app, uri);
    if matches!(problem, Some(Problem::SignInFirst)) && !api && *method == Method::GET {
        let here = uri.path_and_query().map(ToString::to_string);
        if let Some(address) = entry::instead_of_sign_in(app, headers, here.as_deref()) {
            return see_other(&address);
        }
        let address = app.urls.sign_in(here.as_deref());
        let had_one = cookie::read(headers, cookie::SESSION).is_some();
        return see_other(&if had_one { Notice::SessionEnded.on(address) } else { address });
    }
    let reference = status.is_server_error().then(|| report(app, uri, status, problem.as_ref()));
    let mut explained = if api {
        let words = Words::new(language_of(headers));
        (status, axum::Json(ErrorBody::of_status(status, reference, words))).into_response()
    } else {
        let stranger = Visitor::stranger(app, headers, uri);
        let visitor = Visitor::of(app, headers, uri).await.unwrap_or(stranger);
        let page = ErrorPage { status, reference };
        (status, axum::response::Html(page.markup(&visitor.frame()).into_string())).into_response()
    };
    for name in [header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE] {
        if let Some(value) = response.headers().get(&name) {
            explained.headers_mut().insert(name, value.clone());
        }
    }
    explained
}

fn report(app: &App, uri: &Uri, status: StatusCode, problem: Option<&Problem>) -> String {
    let reference = ids::reference(&*app.entropy);
    let error = match problem {
        Some(Problem::Internal(text) | Problem::Unavailable(text)) => text.as_str(),
        _ => "a handler gave up",
    };
    tracing::error!(%reference, status = status.as_u16(), path = uri.path(), error, "a request failed");
    reference
}

/// The header fields of every response (OWASP Secure Headers; ASVS 3.4).
fn protect(app: &App, headers: &mut HeaderMap) {
    const FIXED: [(HeaderName, &str); 7] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)",
        ),
    ];
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if app.base.scheme() == "https" {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}
