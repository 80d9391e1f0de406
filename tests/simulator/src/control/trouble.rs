//! Errors of the control interface: a status and a sentence.

use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::world::EditError;

/// Why the control interface did not do what it was asked.
#[derive(Debug)]
pub(super) struct Trouble {
    status: StatusCode,
    message: String,
}

impl Trouble {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }
}

/// Reads a JSON body, whatever content type it claims, so that `curl -d` is enough.
pub(super) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Trouble> {
    serde_json::from_slice(body).map_err(|error| Trouble::bad(format!("the body does not fit: {error}")))
}

impl From<EditError> for Trouble {
    fn from(error: EditError) -> Self {
        let status = match error {
            EditError::NotFound(..) => StatusCode::NOT_FOUND,
            EditError::Invalid(_) => StatusCode::BAD_REQUEST,
        };
        Self::new(status, error.to_string())
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.message }))).into_response()
    }
}
