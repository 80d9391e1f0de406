//! What a caller of the new API must get right before anything is looked up.

use serde_json::{Map, Value};

use super::ApiError;
use crate::front::Call;

/// The one header in which a token counts; its name is matched without case, as all header names are.
const TOKEN_HEADER: &str = "x-acs-dingtalk-access-token";

/// The fields of a JSON body. A form, as generic OAuth 2 libraries send it, counts as no body at all.
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) fn of(call: &Call) -> Result<Self, ApiError> {
        if call.media_type() != "application/json" {
            return Err(ApiError::missing_body());
        }
        match serde_json::from_slice(&call.body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            _ => Err(ApiError::missing_body()),
        }
    }

    /// A text that must be there; a number or `null` in its place does not count.
    pub(super) fn required(&self, name: &str) -> Result<&str, ApiError> {
        let value = self.0.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        value.ok_or_else(|| ApiError::missing(name))
    }
}

/// The token of the request.
pub(super) fn token(call: &Call) -> Result<&str, ApiError> {
    let value = call.headers.get(TOKEN_HEADER).and_then(|value| value.to_str().ok()).filter(|text| !text.is_empty());
    value.ok_or_else(ApiError::missing_token_header)
}
