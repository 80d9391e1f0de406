//! The "new" API of `api.dingtalk.com`: JSON in camel case, HTTP status codes, string error codes.

mod app_token;
mod contact;
mod error;
mod input;
mod migration;
mod user_token;

use crate::front::{Answer, Call, JSON_NEW};
use crate::world::World;
use axum::http::StatusCode;
use serde_json::Value;

pub(crate) use error::ApiError;

/// What an endpoint of this family comes to.
type Outcome = Result<Value, ApiError>;

/// `POST /v1.0/oauth2/userAccessToken`
pub(crate) fn user_access_token(world: &World, call: &Call) -> Answer {
    answer(user_token::exchange(world, call))
}

/// `POST /v1.0/oauth2/accessToken`
pub(crate) fn app_access_token(world: &World, call: &Call) -> Answer {
    answer(app_token::by_key(world, call))
}

/// `POST /v1.0/oauth2/{corpId}/token`
pub(crate) fn corp_token(world: &World, call: &Call) -> Answer {
    answer(app_token::by_corp(world, call))
}

/// `GET /v1.0/contact/users/{me|unionId}`
pub(crate) fn contact_user(world: &World, call: &Call) -> Answer {
    answer(contact::profile(world, call))
}

/// `GET /v1.0/contact/orgAccount/getUnionIdByMigrationUnionIds`
pub(crate) fn former_union_id(world: &World, call: &Call) -> Answer {
    answer(migration::former(world, call))
}

/// `GET /v1.0/contact/orgAccount/getMigrationUnionIdByUnionIds`
pub(crate) fn migrated_union_id(world: &World, call: &Call) -> Answer {
    answer(migration::migrated(world, call))
}

/// Everything else below `/v1.0/`.
pub(crate) fn not_found() -> Answer {
    ApiError::not_found().into()
}

fn answer(outcome: Outcome) -> Answer {
    match outcome {
        Ok(body) => Answer::of(StatusCode::OK, JSON_NEW, body.to_string()),
        Err(error) => error.into(),
    }
}
