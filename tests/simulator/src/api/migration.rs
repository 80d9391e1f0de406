//! Accounts that became enterprise accounts, which gave their people a new union id: from the new one to the old one
//! and back (pages `query-the-original-union-id-based-on-the-union-id` and
//! `the-union-id-that-you-want-to-query-you-can`).

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{ApiError, Outcome, input};
use crate::front::Call;
use crate::scenario::Permission;
use crate::world::{Bearer, Directory, World};

/// `getUnionIdByMigrationUnionIds`: the union id from before.
pub(super) fn former(world: &World, call: &Call) -> Outcome {
    let directory = world.directory();
    let corp_id = gate(world, &directory, call)?;
    let now = call.query.filled("migrationUnionId").ok_or_else(|| bad("invalid.param", "无效参数"))?;
    let person = directory.by_union_id(&corp_id, now).ok_or_else(|| bad("invalid.userid", "找不到该用户"))?;
    let former = person.former_union_id.as_ref();
    let former = former.ok_or_else(|| bad("illegal.migration.unionId", "非法的migrationUnionId"))?;
    Ok(json!({ "unionId": former }))
}

/// `getMigrationUnionIdByUnionIds`: the union ids from then on. The page calls the answer a map and does not say of
/// what; here it is keyed by organisation.
pub(super) fn migrated(world: &World, call: &Call) -> Outcome {
    let directory = world.directory();
    let corp_id = gate(world, &directory, call)?;
    let former = call.query.filled("unionId").ok_or_else(|| bad("invalid.unionId", "入参unionId不能为空"))?;
    let person = directory.people.iter().find(|person| person.former_union_id.as_deref() == Some(former));
    let list: Map<String, Value> =
        person.map(|person| (corp_id.clone(), person.union_id_for(&corp_id).into())).into_iter().collect();
    Ok(json!({ "migrationUnionIdList": list }))
}

/// The organisation of the app that asks, if it may: with an app token, and a permission of its own.
fn gate(world: &World, directory: &Directory, call: &Call) -> Result<String, ApiError> {
    let client_id = match world.tokens.look_up(input::token(call)?, world.now()) {
        Bearer::App(client_id) => client_id,
        Bearer::User(_) => return Err(denied()),
        Bearer::Expired | Bearer::Unknown => return Err(ApiError::invalid_authentication()),
    };
    let app = directory.app(&client_id).ok_or_else(ApiError::invalid_authentication)?;
    if !app.allows(call.peer) {
        return Err(ApiError::ip_not_allowed(call.peer, &client_id));
    }
    if app.may(Permission::OrgAccountMigrationRead) { Ok(app.corp_id.clone()) } else { Err(denied()) }
}

fn denied() -> ApiError {
    ApiError::permission_denied(Permission::OrgAccountMigrationRead.code())
}

fn bad(code: &str, message: &str) -> ApiError {
    ApiError::service(StatusCode::BAD_REQUEST, code, message)
}
