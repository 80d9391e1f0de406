//! Planning what goes wrong: faults of endpoints, faults of callbacks, barriers.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

use super::trouble::read;
use super::{Outcome, Trouble};
use crate::endpoint::Endpoint;
use crate::faults::{CallbackFault, Fault, Planned};
use crate::world::World;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewFault {
    /// Absent: any endpoint.
    #[serde(default)]
    endpoint: Option<Endpoint>,
    fault: Fault,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Only {
    #[serde(default)]
    endpoint: Option<Endpoint>,
}

pub(super) async fn faults(State(world): State<Arc<World>>) -> Json<Vec<Planned>> {
    Json(world.faults.list())
}

pub(super) async fn add_fault(State(world): State<Arc<World>>, body: Bytes) -> Outcome<StatusCode> {
    let NewFault { endpoint, fault } = read(&body)?;
    if let Some(complaint) = fault.complaint() {
        return Err(Trouble::bad(complaint));
    }
    world.faults.add(endpoint, fault);
    Ok(StatusCode::CREATED)
}

pub(super) async fn remove_faults(State(world): State<Arc<World>>, Query(only): Query<Only>) -> StatusCode {
    world.faults.remove(only.endpoint);
    StatusCode::NO_CONTENT
}

pub(super) async fn callbacks(State(world): State<Arc<World>>) -> Json<Vec<CallbackFault>> {
    Json(world.callbacks.list())
}

pub(super) async fn add_callback(State(world): State<Arc<World>>, body: Bytes) -> Outcome<StatusCode> {
    world.callbacks.add(read(&body)?);
    Ok(StatusCode::CREATED)
}

pub(super) async fn remove_callbacks(State(world): State<Arc<World>>) -> StatusCode {
    world.callbacks.clear();
    StatusCode::NO_CONTENT
}

pub(super) async fn barriers(State(world): State<Arc<World>>) -> Json<BTreeMap<String, usize>> {
    Json(world.barriers.waiting())
}

pub(super) async fn release(State(world): State<Arc<World>>, Path(name): Path<String>) -> StatusCode {
    world.barriers.named(&name).release();
    StatusCode::NO_CONTENT
}
