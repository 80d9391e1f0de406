//! Whoever comes in from outside, inside a provider's client, is asked for again.
//!
//! The client may have changed hands since the session began, so nothing of the session is shown before the client
//! has said who is there. Browsers tell in `Sec-Fetch-Site` (W3C Fetch Metadata section 2.3) whether a page was asked
//! for by one of our own pages; those that do not are given a short-lived [`mark`] with each session, so that the page
//! they wanted is not taken for another entry.

use http::{HeaderMap, HeaderValue, Method, Uri};

use axum::response::{IntoResponse, Response};
use http::header::ACCEPT;

use super::{Way, mark};
use crate::app::App;
use crate::session::cookie;
use crate::urls::with_query;
use crate::web::preferences::{see_other, with_cookie};
use crate::web::problem::Problem;
use crate::web::visitor::Visitor;

/// Where a request for a page stands.
pub(crate) enum Entry {
    /// It may be served.
    Inside,
    /// It may be served this once, and takes the mark away.
    Once,
    /// Somebody comes in; the client is asked first.
    Detour(Response),
}

/// Looks at every request, before anything is served.
pub(crate) async fn examine(app: &App, method: &Method, uri: &Uri, headers: &HeaderMap) -> Entry {
    if *method != Method::GET || !is_document(headers) || belongs_to_sign_in(app, uri) {
        return Entry::Inside;
    }
    let (Some(way), Some(presented)) = (Way::of_browser(app, headers), cookie::read(headers, cookie::SESSION)) else {
        return Entry::Inside;
    };
    let site = site(headers);
    if site == Some("same-origin") {
        return Entry::Inside;
    }
    let visit = match app.guard.visit(presented, app.clock.now_ms()).await {
        Ok(Some(visit)) => visit,
        // The page asks for a sign-in itself.
        Ok(None) => return Entry::Inside,
        Err(failure) => return Entry::Detour(Problem::from(failure).into_response()),
    };
    // Browsers that tell are marked only on the way back from a provider, which looks like coming from outside.
    match (site, mark::is_fresh(app, headers, &visit.id_hash)) {
        (None, true) => Entry::Inside,
        (Some("cross-site" | "same-site"), true) => Entry::Once,
        _ => Entry::Detour(see_other(&address(app, &way, Some(&here(uri))))),
    }
}

/// The client's page for a browser in which nobody is signed in, if there is one for it.
pub(crate) fn instead_of_sign_in(app: &App, headers: &HeaderMap, redirect: Option<&str>) -> Option<String> {
    Some(address(app, &Way::of_browser(app, headers)?, redirect))
}

/// Marks a browser that has just been given its session, or was told that it may keep it, if it needs a mark.
pub(crate) fn arrived(app: &App, headers: &HeaderMap, response: Response, id_hash: &str) -> Response {
    if site(headers).is_some() { response } else { returned(app, headers, response, id_hash) }
}

/// The same for a browser that comes back from a provider's sign-in page.
pub(crate) fn returned(app: &App, headers: &HeaderMap, response: Response, id_hash: &str) -> Response {
    match Way::of_browser(app, headers) {
        Some(_) => with_cookie(response, &mark::cookie(app, id_hash)),
        None => response,
    }
}

/// The same for a browser that comes back into the session that it has.
pub(crate) fn back_in(visitor: &Visitor, headers: &HeaderMap, response: Response) -> Response {
    match &visitor.visit {
        Some(visit) => returned(&visitor.app, headers, response, &visit.id_hash),
        None => response,
    }
}

fn address(app: &App, way: &Way, redirect: Option<&str>) -> String {
    with_query(app.urls.sign_in_client(&way.authenticator.uid), &[("redirect", redirect.unwrap_or_default())])
}

fn here(uri: &Uri) -> String {
    uri.path_and_query().map(ToString::to_string).unwrap_or_default()
}

fn site(headers: &HeaderMap) -> Option<&str> {
    headers.get("sec-fetch-site").and_then(|value| value.to_str().ok())
}

/// Whether the answer is to fill a window.
fn is_document(headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-dest").map(HeaderValue::as_bytes) {
        Some(destination) => destination == b"document",
        None => headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|it| it.contains("text/html")),
    }
}

/// The pages that a sign-in is made of show nothing of a session.
fn belongs_to_sign_in(app: &App, uri: &Uri) -> bool {
    let home = app.urls.sign_in(None);
    uri.path().strip_prefix(home.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
