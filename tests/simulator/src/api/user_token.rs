//! `userAccessToken`: a code, or a refresh token, becomes a user token. Credentials are checked before the code.

use serde_json::{Map, Value};

use super::input::Fields;
use super::{ApiError, Outcome};
use crate::front::Call;
use crate::scenario::App;
use crate::world::{ACCESS_SECONDS, CodeKind, Directory, Presented, UserGrant, World};

pub(super) fn exchange(world: &World, call: &Call) -> Outcome {
    let fields = Fields::of(call)?;
    let directory = world.directory();
    let client_id = fields.required("clientId")?;
    let client_secret = fields.required("clientSecret")?;
    let grant_type = fields.required("grantType")?;
    let app = directory.app_with_secret(client_id, client_secret).ok_or_else(ApiError::invalid_client)?;
    if !app.allows(call.peer) {
        return Err(ApiError::ip_not_allowed(call.peer, client_id));
    }
    match grant_type {
        "authorization_code" => by_code(world, &directory, app, fields.required("code")?),
        "refresh_token" => by_refresh_token(world, &directory, app, fields.required("refreshToken")?),
        other => Err(unsupported(other)),
    }
}

fn by_code(world: &World, directory: &Directory, app: &App, code: &str) -> Outcome {
    let presented = Presented {
        code,
        kind: CodeKind::Oauth,
        client_id: &app.client_id,
        now: world.now(),
        wrong_kind_spends: directory.quirks.wrong_endpoint_spends_code,
    };
    let grant = world.codes.redeem(&presented);
    let grant = grant.ok_or_else(|| ApiError::code_not_found(directory.quirks.code_not_found_status))?;
    let grant = UserGrant { client_id: grant.client_id, person: grant.person, corp_id: grant.corp_id };
    Ok(issue(world, &grant, grant.corp_id.as_deref()))
}

fn by_refresh_token(world: &World, directory: &Directory, app: &App, token: &str) -> Outcome {
    let grant = world.tokens.take_refresh(token, &app.client_id, world.now());
    let grant = grant.ok_or_else(|| ApiError::code_not_found(directory.quirks.code_not_found_status))?;
    let corp_id = grant.corp_id.as_deref().filter(|_| directory.quirks.corp_id_on_refresh);
    Ok(issue(world, &grant, corp_id))
}

fn issue(world: &World, grant: &UserGrant, corp_id: Option<&str>) -> Value {
    let tokens = world.tokens.issue_user(grant, world.now());
    let mut body = Map::new();
    body.insert("expireIn".to_owned(), ACCESS_SECONDS.into());
    body.insert("accessToken".to_owned(), tokens.access.into());
    body.insert("refreshToken".to_owned(), tokens.refresh.into());
    if let Some(corp_id) = corp_id {
        body.insert("corpId".to_owned(), corp_id.into());
    }
    body.into()
}

/// Not documented for this endpoint; the code is the one of `{corpId}/token`.
fn unsupported(grant_type: &str) -> ApiError {
    let message = format!("unsupported.grant.type: {grant_type}");
    ApiError::service(axum::http::StatusCode::BAD_REQUEST, "unsupported.grant.type", message)
}
