//! `auth/scopes`: what the app may see of the directory. Like `gettoken` it is no `topapi`, so errors are bare.

use axum::http::Method;
use serde_json::json;

use super::{LegacyError, Outcome, gate};
use crate::front::Call;
use crate::scenario::Permission;
use crate::world::World;

/// Number of the root department.
const ROOT: i64 = 1;

pub(super) fn of_app(world: &World, call: &Call) -> Outcome {
    if call.method != Method::GET {
        return Err(LegacyError::bare(43001, "需要GET请求"));
    }
    let directory = world.directory();
    let app = gate::pass(world, &directory, call, Permission::Base)?;
    let fields = [("mobile", Permission::StaffMobile), ("email", Permission::StaffEmail)];
    let fields = fields.iter().filter(|(_, permission)| app.may(*permission)).map(|(name, _)| *name);
    let fields: Vec<&str> = ["name", "avatar"].into_iter().chain(fields).collect();
    let departments = app.contact_departments.clone().unwrap_or_else(|| vec![ROOT]);
    Ok(json!({
        "errcode": 0,
        "errmsg": "ok",
        "auth_user_field": fields,
        "condition_field": [],
        "auth_org_scopes": { "authed_user": [], "authed_dept": departments },
    }))
}
