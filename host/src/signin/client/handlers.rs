//! The client's page, what its scripts post, and the way back into a session that the client says nothing about.

use axum::extract::{Form, Path, Query};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::HeaderMap;
use plugin_api::Channel;
use serde::Deserialize;
use serde_json::{Value, json};

use super::complete::{Turned, complete};
use super::page::ClientPage;
use super::told::Told;
use super::{Way, entry};
use crate::app::App;
use crate::session::{Session, cookie};
use crate::signin::policy;
use crate::signin::redirect::own_page;
use crate::urls::route;
use crate::web::peer::Caller;
use crate::web::policy::Reach;
use crate::web::preferences::{see_other, with_cookie};
use crate::web::visitor::Visitor;

pub(crate) fn routes() -> Router<App> {
    Router::new().route(route::SIGN_IN_CLIENT, get(show).post(take)).route(route::SIGN_IN, post(stay))
}

/// Where the person wants to go afterwards, unchecked. The scripts read the rest of the query themselves.
#[derive(Default, Deserialize)]
struct Wish {
    #[serde(default)]
    redirect: String,
}

/// `GET /signin/{uid}/client`. A browser that does not call itself the client has nothing to gain here.
async fn show(visitor: Visitor, Path(uid): Path<String>, headers: HeaderMap, Query(wish): Query<Wish>) -> Response {
    let app = &visitor.app;
    let redirect = own_page(&wish.redirect, &app.base);
    let Some(way) = Way::find(app, &uid).ok().filter(|way| way.is_meant_for(&headers)) else {
        return see_other(&app.urls.sign_in(redirect.as_deref()));
    };
    let page = ClientPage {
        title: way.authenticator.title.get(visitor.language).to_owned(),
        settings: settings(&way),
        scripts: way.plugin.scripts().of_client(&way.kind.id, &app.urls),
        uid,
        redirect,
    };
    let body = Html(page.markup(&visitor.frame()).into_string());
    policy::with(body.into_response(), Reach { calls: true, ..Reach::default() }.policy())
}

/// The settings that the scripts may read. A stored secret is not among the authenticator's settings at all.
fn settings(way: &Way) -> Value {
    let all = way.kind.form.with_defaults(way.authenticator.settings.clone());
    let names = way.client().map(|client| client.settings.as_slice()).unwrap_or_default();
    let named = names.iter().filter_map(|name| Some((name.clone(), all.get(name)?.clone())));
    Value::Object(named.collect())
}

/// `POST /signin/{uid}/client`: what the scripts found out. The answer tells them where to go.
async fn take(
    visitor: Visitor,
    Path(uid): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let app = &visitor.app;
    let redirect = own_page(&wish.redirect, &app.base);
    let caller = Caller { channel: Some(Channel::Client), ..visitor.caller() };
    match complete(&visitor, &uid, &body, caller.clone()).await {
        Ok(session) => admitted(app, &headers, &session, &redirect.unwrap_or_else(|| app.urls.home())),
        Err(turned) => turned_away(app, &uid, turned, &caller, redirect.as_deref()).await,
    }
}

fn admitted(app: &App, headers: &HeaderMap, session: &Session, location: &str) -> Response {
    let response = session.on(Json(json!({"location": location})).into_response());
    entry::arrived(app, headers, response, session.id_hash())
}

async fn turned_away(app: &App, uid: &str, turned: Turned, caller: &Caller, redirect: Option<&str>) -> Response {
    let Turned { refused, session_ended } = turned;
    // Only a name that exists is written down.
    let name = app.authenticators.find(uid).map(|one| one.uid.clone()).unwrap_or_default();
    let reference = refused.record(app, &name, caller).await;
    let location = Told { refusal: refused.reason, reference }.on(app.urls.sign_in(redirect));
    let mut response = (refused.reason.status(), Json(json!({"location": location}))).into_response();
    if let Some(pending) = &refused.pending {
        response = with_cookie(response, pending);
    }
    if session_ended { with_cookie(response, &cookie::clear(cookie::SESSION)) } else { response }
}

/// `POST /signin`: the person whose session it is says so, where the client did not.
async fn stay(visitor: Visitor, headers: HeaderMap, Form(wish): Form<Wish>) -> Response {
    let app = &visitor.app;
    let redirect = own_page(&wish.redirect, &app.base);
    match &visitor.visit {
        Some(visit) => {
            let response = see_other(&redirect.unwrap_or_else(|| app.urls.home()));
            entry::arrived(app, &headers, response, &visit.id_hash)
        }
        None => see_other(&app.urls.sign_in(redirect.as_deref())),
    }
}
