//! App tokens, asked for in the two ways of the new API. Within its validity an app always gets the same token.

use axum::http::StatusCode;
use serde_json::json;

use super::input::Fields;
use super::{ApiError, Outcome};
use crate::front::Call;
use crate::world::{ACCESS_SECONDS, World};

/// `accessToken`, with `appKey` and `appSecret`.
pub(super) fn by_key(world: &World, call: &Call) -> Outcome {
    let fields = Fields::of(call)?;
    let directory = world.directory();
    let key = fields.required("appKey")?;
    let app = directory.app_with_secret(key, fields.required("appSecret")?).ok_or_else(ApiError::invalid_client)?;
    if !app.allows(call.peer) {
        return Err(ApiError::ip_not_allowed(call.peer, key));
    }
    Ok(json!({ "accessToken": world.tokens.app(key, world.now()), "expireIn": ACCESS_SECONDS }))
}

/// `{corpId}/token`, with the field names of plain OAuth 2 and errors of its own.
pub(super) fn by_corp(world: &World, call: &Call) -> Outcome {
    let fields = Fields::of(call)?;
    let directory = world.directory();
    let corp_id = call.segment(2);
    let client_id = fields.required("client_id")?;
    let client_secret = fields.required("client_secret")?;
    let grant_type = fields.required("grant_type")?;
    if !directory.organisations.iter().any(|one| one.corp_id == corp_id) {
        return Err(ApiError::service(StatusCode::INTERNAL_SERVER_ERROR, "unknownError", "未知错误"));
    }
    if grant_type != "client_credentials" {
        return Err(plain(StatusCode::BAD_REQUEST, "unsupported.grant.type"));
    }
    let app = directory.app_with_secret(client_id, client_secret);
    let app = app.ok_or_else(|| plain(StatusCode::BAD_REQUEST, "invalid.client"))?;
    if app.corp_id != corp_id {
        return Err(plain(StatusCode::UNAUTHORIZED, "unauthorized.client"));
    }
    if !app.allows(call.peer) {
        return Err(ApiError::ip_not_allowed(call.peer, client_id));
    }
    Ok(json!({ "access_token": world.tokens.app(client_id, world.now()), "expires_in": ACCESS_SECONDS }))
}

/// The errors of this endpoint repeat the code as the message.
fn plain(status: StatusCode, code: &str) -> ApiError {
    ApiError::service(status, code, code)
}
