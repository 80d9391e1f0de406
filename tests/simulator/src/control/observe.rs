//! Looking on: counters, requests, the clock.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::Outcome;
use super::trouble::read;
use crate::records::{Counters, RecordedRequest};
use crate::world::World;

/// The simulator's clock.
#[derive(Serialize)]
pub(super) struct Clock {
    /// Milliseconds since the start, plus what was added.
    now_ms: u128,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    #[serde(default)]
    advance_seconds: u64,
    /// The date that answers carry from here on.
    #[serde(default)]
    date_ms: Option<i64>,
}

pub(super) async fn counters(State(world): State<Arc<World>>) -> Json<Counters> {
    Json(world.counters.read())
}

pub(super) async fn reset_counters(State(world): State<Arc<World>>) -> StatusCode {
    world.counters.reset();
    StatusCode::NO_CONTENT
}

pub(super) async fn requests(State(world): State<Arc<World>>) -> Json<Vec<RecordedRequest>> {
    Json(world.journal.read())
}

pub(super) async fn forget_requests(State(world): State<Arc<World>>) -> StatusCode {
    world.journal.clear();
    StatusCode::NO_CONTENT
}

pub(super) async fn clock(State(world): State<Arc<World>>) -> Json<Clock> {
    Json(Clock { now_ms: world.now().as_millis() })
}

pub(super) async fn advance_clock(State(world): State<Arc<World>>, body: Bytes) -> Outcome<Json<Clock>> {
    let Advance { advance_seconds, date_ms } = read(&body)?;
    world.advance(Duration::from_secs(advance_seconds));
    if let Some(ms) = date_ms {
        world.set_date(ms);
    }
    Ok(Json(Clock { now_ms: world.now().as_millis() }))
}
