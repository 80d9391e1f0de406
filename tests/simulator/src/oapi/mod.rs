//! The "legacy" API of `oapi.dingtalk.com`: status 200 whatever happens, numbers for errors, snake case.

mod error;
mod gate;
mod get_token;
mod get_user_info;
mod member;
mod mobile;
mod scopes;
mod user_get;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::front::{Answer, Call, JSON_BARE, JSON_TOPAPI};
use crate::world::{World, request_id};

pub(crate) use error::LegacyError;

/// What an endpoint of this family comes to: the whole body, without the escaping.
type Outcome = Result<Value, LegacyError>;

/// `GET /gettoken`
pub(crate) fn get_token(world: &World, call: &Call) -> Answer {
    answer(call, get_token::by_query(world, call))
}

/// `GET /auth/scopes`
pub(crate) fn auth_scopes(world: &World, call: &Call) -> Answer {
    answer(call, scopes::of_app(world, call))
}

/// `POST /topapi/v2/user/getuserinfo`
pub(crate) fn get_user_info(world: &World, call: &Call) -> Answer {
    let result = posted(call).and_then(|()| get_user_info::by_code(world, call));
    answer(
        call,
        result.map(|result| json!({ "errcode": 0, "errmsg": "ok", "request_id": request_id(), "result": result })),
    )
}

/// `POST /topapi/v2/user/get`
pub(crate) fn user_get(world: &World, call: &Call) -> Answer {
    let result = posted(call).and_then(|()| user_get::by_user_id(world, call));
    answer(
        call,
        result.map(|result| json!({ "errcode": 0, "errmsg": "ok", "request_id": request_id(), "result": result })),
    )
}

/// `POST /topapi/user/getbyunionid`; the one that puts `request_id` last.
pub(crate) fn get_by_union_id(world: &World, call: &Call) -> Answer {
    let result = posted(call).and_then(|()| member::by_union_id(world, call));
    answer(
        call,
        result.map(|result| json!({ "errcode": 0, "errmsg": "ok", "result": result, "request_id": request_id() })),
    )
}

/// `POST /topapi/v2/user/getbymobile`
pub(crate) fn get_by_mobile(world: &World, call: &Call) -> Answer {
    let result = posted(call).and_then(|()| mobile::by_mobile(world, call));
    answer(
        call,
        result.map(|result| json!({ "errcode": 0, "errmsg": "ok", "request_id": request_id(), "result": result })),
    )
}

/// Any other path below `/topapi/`.
pub(crate) fn unknown(call: &Call) -> Answer {
    let name = call.path.trim_start_matches("/topapi/").replace('/', ".");
    LegacyError::unknown_api(&format!("dingtalk.oapi.{name}")).answer(call.endpoint)
}

fn posted(call: &Call) -> Result<(), LegacyError> {
    if call.method == Method::POST { Ok(()) } else { Err(LegacyError::bare(43002, "需要POST请求")) }
}

fn answer(call: &Call, outcome: Outcome) -> Answer {
    match outcome {
        Ok(body) => write(call.endpoint, &body),
        Err(error) => error.answer(call.endpoint),
    }
}

/// Writes a body the way these hosts do: slashes escaped, and a content type that differs between the two kinds.
fn write(endpoint: crate::Endpoint, body: &Value) -> Answer {
    let content_type = if endpoint.family() == crate::Family::BareLegacy { JSON_BARE } else { JSON_TOPAPI };
    // In JSON a slash can only occur inside a string, so replacing all of them is exact.
    Answer::of(StatusCode::OK, content_type, body.to_string().replace('/', "\\/"))
}
