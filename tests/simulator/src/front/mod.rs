//! The front door of the DingTalk side. Every request walks these steps in order: it is named, counted, matched with
//! a fault, read, recorded, made to wait if so planned, answered, and its answer is put on the wire.

mod call;
mod limits;
mod wire;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};

use crate::endpoint::Endpoint;
use crate::faults::{Fault, Reset};
use crate::world::World;
use crate::{api, login, oapi};

pub(crate) use call::{Answer, Call, HTML, JSON_BARE, JSON_NEW, JSON_TOPAPI, Pairs, SCRIPT};

/// The longest that a request is held.
const LONGEST_HOLD: Duration = Duration::from_secs(600);

/// The address a request came from.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// An order to the socket, carried in place of an answer: end the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// With a TCP reset.
    Reset,
    /// Without a word.
    Close,
}

/// Serves one request.
pub(crate) async fn serve(
    State(world): State<Arc<World>>,
    Extension(Peer(peer)): Extension<Peer>,
    request: Request,
) -> Response {
    let Some(endpoint) = Endpoint::of(request.method(), request.uri().path()) else {
        return limits::nothing_here();
    };
    world.counters.add(endpoint);
    let fault = world.faults.take(endpoint);
    walk(&world, endpoint, fault.as_deref(), peer, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn walk(
    world: &World,
    endpoint: Endpoint,
    fault: Option<&Fault>,
    peer: IpAddr,
    request: Request,
) -> Result<Response, Cut> {
    if fault.and_then(|fault| fault.reset) == Some(Reset::BeforeReading) {
        return Err(Cut::Reset);
    }
    let call = match limits::read(endpoint, peer, request).await {
        Ok(call) => call,
        Err(refused) => return Ok(refused),
    };
    let number = world.journal.begin(&call, world.now());
    let Some(fault) = fault else {
        let answer = work(world, &call);
        world.journal.end(number, answer.status);
        return Ok(wire::respond(world, answer));
    };
    let done = fault.work_first.then(|| work(world, &call));
    wait(world, fault).await?;
    let answer = wire::fake(fault, endpoint).unwrap_or_else(|| done.unwrap_or_else(|| work(world, &call)));
    let answer = wire::dress(fault, answer);
    world.journal.end(number, answer.status);
    Ok(wire::respond_badly(world, fault, answer))
}

/// What DingTalk would do.
fn work(world: &World, call: &Call) -> Answer {
    match call.endpoint {
        Endpoint::Authorize => login::authorize(world, call),
        Endpoint::Approve => login::approve(world, call),
        Endpoint::LoginScript => login::script(),
        Endpoint::UserAccessToken => api::user_access_token(world, call),
        Endpoint::AppAccessToken => api::app_access_token(world, call),
        Endpoint::CorpToken => api::corp_token(world, call),
        Endpoint::ContactUser => api::contact_user(world, call),
        Endpoint::FormerUnionId => api::former_union_id(world, call),
        Endpoint::MigratedUnionId => api::migrated_union_id(world, call),
        Endpoint::UnknownApi => api::not_found(),
        Endpoint::GetToken => oapi::get_token(world, call),
        Endpoint::AuthScopes => oapi::auth_scopes(world, call),
        Endpoint::GetUserInfo => oapi::get_user_info(world, call),
        Endpoint::UserGet => oapi::user_get(world, call),
        Endpoint::GetByUnionId => oapi::get_by_union_id(world, call),
        Endpoint::GetByMobile => oapi::get_by_mobile(world, call),
        Endpoint::UnknownLegacy => oapi::unknown(call),
    }
}

/// The waiting that a fault asks for; an error when there will be no answer after it.
async fn wait(world: &World, fault: &Fault) -> Result<(), Cut> {
    if let Some(ms) = fault.delay_ms {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
    if let Some(name) = &fault.barrier {
        world.barriers.named(name).pass(fault.release_at).await;
    }
    if let Some(ms) = fault.hold_ms {
        tokio::time::sleep(Duration::from_millis(ms).min(LONGEST_HOLD)).await;
        return Err(Cut::Close);
    }
    match fault.reset {
        Some(_) => Err(Cut::Reset),
        None => Ok(()),
    }
}

impl IntoResponse for Cut {
    fn into_response(self) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(self);
        response
    }
}
