//! JSON in and out.

use axum::body::Bytes;
use axum::extract::{FromRequest, OptionalFromRequest, Request};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::refused::Refused;
use super::sentences::Place;

/// A body. On the way in it is refused in our own words, which never repeat what was sent: it may be a password.
#[derive(Default)]
pub(super) struct Json<T>(pub(super) T);

impl<T, S> FromRequest<S> for Json<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Refused;

    /// The gate has refused every other kind of body already, by its media type.
    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let bytes = Bytes::from_request(request, state).await.map_err(|cause| Refused::Status(cause.status()))?;
        Self::read(&bytes)
    }
}

impl<T: DeserializeOwned> Json<T> {
    fn read(bytes: &[u8]) -> Result<Self, Refused> {
        serde_json::from_slice(bytes).map(Self).map_err(|error| {
            let place = Place { line: error.line(), column: error.column() };
            match error.classify() {
                Category::Data => Refused::WrongShape(place),
                Category::Io | Category::Syntax | Category::Eof => Refused::NotJson(place),
            }
        })
    }
}

/// A body that may be left out.
impl<T, S> OptionalFromRequest<S> for Json<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Refused> {
        let bytes = Bytes::from_request(request, state).await.map_err(|cause| Refused::Status(cause.status()))?;
        if bytes.is_empty() { Ok(None) } else { Self::read(&bytes).map(Some) }
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}
