//! `gettoken`: an app token by query parameters. Errors are bare, also those of the gateway.

use axum::http::Method;
use serde_json::json;

use super::{LegacyError, Outcome};
use crate::front::Call;
use crate::world::{ACCESS_SECONDS, World};

pub(super) fn by_query(world: &World, call: &Call) -> Outcome {
    if call.method != Method::GET {
        return Err(LegacyError::bare(43001, "需要GET请求"));
    }
    if call.query.first("corpid").is_some() || call.query.first("corpsecret").is_some() {
        return Err(LegacyError::bare(40089, "不合法的corpid或corpsecret"));
    }
    let (Some(key), Some(secret)) = (call.query.filled("appkey"), call.query.filled("appsecret")) else {
        return Err(LegacyError::bare(40035, "不合法的参数"));
    };
    let directory = world.directory();
    let app = directory.app_with_secret(key, secret);
    let app = app.ok_or_else(LegacyError::bad_credentials)?;
    if !app.allows(call.peer) {
        return Err(LegacyError::ip_not_allowed(call.peer, key));
    }
    let token = world.tokens.app(key, world.now());
    Ok(json!({ "errcode": 0, "access_token": token, "errmsg": "ok", "expires_in": ACCESS_SECONDS }))
}
