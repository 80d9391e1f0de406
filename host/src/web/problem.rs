//! A request that is not served: handlers return one of a closed set, the gate draws it.

use axum::response::{IntoResponse, Response};
use http::StatusCode;

use crate::failure::Failure;
use crate::store::StoreError;

/// Why a request is not served. The gate turns it into a page or into JSON, in the person's language.
#[derive(Clone, Debug)]
pub(crate) enum Problem {
    /// Nothing there, or nothing that this person may know of.
    NotFound,
    /// Not for this person.
    Forbidden,
    /// Nobody is signed in.
    SignInFirst,
    /// The request makes no sense.
    BadRequest,
    /// More was sent than is read.
    TooLarge,
    /// A fault of ours; the text is for the log.
    Internal(String),
    /// It will pass; the text is for the log.
    Unavailable(String),
}

impl Problem {
    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignInFirst => StatusCode::UNAUTHORIZED,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        if failure.is_unavailable() { Self::Unavailable(failure.chain()) } else { Self::Internal(failure.chain()) }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
