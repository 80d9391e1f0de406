//! From an answer to bytes: honest, or dripping, huge and wrong.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use futures_util::stream;

use super::{Answer, HTML, JSON_NEW};
use crate::endpoint::Endpoint;
use crate::faults::Fault;
use crate::world::World;

/// What a huge body is sent in.
const CHUNK: &[u8] = &[b' '; 64 * 1024];

/// The answer that a fault gives in place of the real one, if it does.
pub(super) fn fake(fault: &Fault, endpoint: Endpoint) -> Option<Answer> {
    if let Some(preset) = fault.preset {
        return Some(preset.answer(endpoint));
    }
    let replaced = fault.status.is_some() || fault.body.is_some() || fault.huge_bytes.is_some();
    replaced.then(|| Answer::of(StatusCode::OK, JSON_NEW, ""))
}

/// The answer with the status, content type and body that a fault prescribes.
pub(super) fn dress(fault: &Fault, mut answer: Answer) -> Answer {
    if let Some(status) = fault.status.and_then(|status| StatusCode::from_u16(status).ok()) {
        answer.status = status;
    }
    if let Some(content_type) = &fault.content_type {
        answer.content_type = content_type.clone().into();
    }
    if let Some(body) = &fault.body {
        answer.body = body.clone().into();
    }
    answer
}

/// Sends an answer whole, in chunks and without a declared length, as the gateways do.
pub(super) fn respond(world: &World, answer: Answer) -> Response {
    let body = Body::from_stream(stream::iter([Ok::<_, Infallible>(answer.body.clone())]));
    with_head(world, &answer, body)
}

/// Sends an answer the way a fault wants it.
pub(super) fn respond_badly(world: &World, fault: &Fault, answer: Answer) -> Response {
    if let Some(bytes) = fault.huge_bytes {
        return with_head(world, &answer, huge(bytes));
    }
    match fault.drip_ms {
        Some(ms) => with_head(world, &answer, drip(answer.body.clone(), Duration::from_millis(ms))),
        None => respond(world, answer),
    }
}

fn with_head(world: &World, answer: &Answer, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = answer.status;
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&world.http_date()) {
        headers.insert(header::DATE, value);
    }
    if let Ok(value) = HeaderValue::from_str(&answer.content_type) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    if let Some(value) =
        answer.location.as_deref().and_then(|location| HeaderValue::from_bytes(location.as_bytes()).ok())
    {
        headers.insert(header::LOCATION, value);
    }
    if answer.content_type == HTML {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

fn drip(body: Bytes, interval: Duration) -> Body {
    Body::from_stream(stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(interval).await;
        let byte = rest.split_to(1);
        Some((Ok::<_, Infallible>(byte), rest))
    }))
}

fn huge(bytes: u64) -> Body {
    Body::from_stream(stream::unfold(bytes, |left| async move {
        let length = usize::try_from(left).unwrap_or(usize::MAX).min(CHUNK.len());
        let chunk = CHUNK.get(..length).filter(|chunk| !chunk.is_empty())?;
        Some((Ok::<_, Infallible>(Bytes::from_static(chunk)), left.saturating_sub(length as u64)))
    }))
}
