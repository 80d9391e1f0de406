//! The authorize page of `login.dingtalk.com`. A request is checked; a person is chosen, by hand or by the scenario;
//! the browser goes back with a code. What is wrong with the request itself is shown here and never sent back.

mod callback;
mod grant;
mod page;
mod refusal;
mod request;

use axum::http::StatusCode;

use crate::front::{Answer, Call, HTML, Pairs, SCRIPT};
use crate::pages::Tongue;
use crate::world::World;

use callback::Reply;
use refusal::Refusal;
use request::AuthRequest;

/// `GET /oauth2/auth`
pub(crate) fn authorize(world: &World, call: &Call) -> Answer {
    let tongue = Tongue::of(&call.headers);
    let directory = world.directory();
    let request = match AuthRequest::parse(&directory, &call.query) {
        Ok(request) => request,
        Err(refusal) => return refusal::show(refusal, tongue, None),
    };
    match &directory.auto_approve {
        Some(person) => approved(world, &request, person, None, StatusCode::FOUND, tongue),
        None => {
            let body = page::choose(&directory, &request, &call.raw_query, tongue);
            Answer::of(StatusCode::OK, HTML, body)
        }
    }
}

/// `GET /dingding/h5-dingtalk-login/0.21.0/ddlogin.js`
pub(crate) fn script() -> Answer {
    Answer::of(StatusCode::OK, SCRIPT, include_str!("ddlogin.js"))
}

/// `POST /oauth2/auth/approve`: fields `query` (of the authorize request, raw), `person`, `organisation`, `decision`.
pub(crate) fn approve(world: &World, call: &Call) -> Answer {
    let tongue = Tongue::of(&call.headers);
    let form = call.form();
    let query = Pairs::parse(form.first("query").unwrap_or_default().as_bytes());
    let request = match AuthRequest::parse(&world.directory(), &query) {
        Ok(request) => request,
        Err(refusal) => return refusal::show(refusal, tongue, None),
    };
    if form.first("decision") == Some("decline") {
        let reason = world.directory().quirks.declined_error.clone();
        return callback::send(&request, &Reply::error(&request, &reason), StatusCode::SEE_OTHER);
    }
    let organisation = form.filled("organisation");
    approved(world, &request, form.first("person").unwrap_or_default(), organisation, StatusCode::SEE_OTHER, tongue)
}

fn approved(
    world: &World,
    request: &AuthRequest,
    person: &str,
    organisation: Option<&str>,
    status: StatusCode,
    tongue: Tongue,
) -> Answer {
    match grant::check(&world.directory(), request, person, organisation) {
        Ok(grant) => callback::send(request, &callback::reply(world, request, &grant), status),
        Err(refusal) => refusal::show(refusal, tongue, Some(request)),
    }
}
