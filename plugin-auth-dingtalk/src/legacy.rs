//! Questions to the older family of interfaces, below `/topapi/`.

use plugin_api::{Fault, HttpReply, HttpRequest};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::App;
use crate::app_token::{self, Place};
use crate::leg::Leg;
use crate::wire;

/// Asks as the application and reads the result.
pub(crate) async fn ask<T>(app: &App<'_>, leg: Leg, path: &str, body: Value, secrets: &[&str]) -> Result<T, Fault>
where
    T: DeserializeOwned,
{
    let reply = exchange(app, leg, path, body, secrets).await?;
    match wire::read(app, leg, &reply)? {
        Envelope { errcode: 0, result: Some(result) } => Ok(result),
        _ => Err(wire::bad_answer(app, leg, "the answer says neither success nor what went wrong")),
    }
}

/// Asks as the application, whose token this family takes in the query.
pub(crate) async fn exchange(
    app: &App<'_>,
    leg: Leg,
    path: &str,
    body: Value,
    secrets: &[&str],
) -> Result<HttpReply, Fault> {
    let request = HttpRequest::post_json(format!("{}{path}", app.servers.legacy), &body);
    app_token::exchange(app, leg, Place::Query, request, secrets).await
}

/// What surrounds every answer of this family. Its other shape, for errors, has been sorted out before.
#[derive(Deserialize)]
struct Envelope<T> {
    errcode: i64,
    result: Option<T>,
}
