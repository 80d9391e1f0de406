//! `user/get`: a member in full, in the types that live answers have (the documented samples are wrong about some).

use serde_json::{Map, Value, json};

use super::{LegacyError, Outcome, gate};
use crate::front::Call;
use crate::scenario::{App, ExclusiveKind, Membership, Permission, Person, Phone};
use crate::world::World;

/// Longest user id.
const LONGEST_ID: usize = 64;

pub(super) fn by_user_id(world: &World, call: &Call) -> Outcome {
    let directory = world.directory();
    let app = gate::pass(world, &directory, call, Permission::GetMember)?;
    let user_id = gate::parameter(call, "userid").ok_or_else(|| LegacyError::bare(400_002, "无效的参数"))?;
    if user_id.trim().is_empty() || user_id.len() > LONGEST_ID {
        return Err(LegacyError::bare(33012, "无效的USERID"));
    }
    let (person, seat) = directory.by_user_id(&app.corp_id, &user_id).ok_or_else(LegacyError::no_such_user)?;
    if !seat.is_staff() {
        return Err(LegacyError::no_such_user());
    }
    if !gate::in_range(app, seat) {
        return Err(LegacyError::out_of_range());
    }
    Ok(describe(app, person, seat))
}

/// The member as the app may see it: empty texts for some things that are missing, no field at all for others.
fn describe(app: &App, person: &Person, seat: &Membership) -> Value {
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("userid", seat.user_id.clone().into());
    put("unionid", person.union_id_for(&app.corp_id).into());
    put("name", seat.name.clone().into());
    put("avatar", person.avatar_url.clone().unwrap_or_default().into());
    put("active", seat.active.into());
    put("admin", seat.admin.into());
    put("boss", seat.boss.into());
    put("senior", seat.senior.into());
    put("real_authed", seat.active.into());
    put("exclusive_account", seat.exclusive.is_some().into());
    put("hide_mobile", seat.hide_mobile.into());
    body.extend(contact_fields(app, seat));
    body.extend(job_fields(app, seat));
    body.extend(places(seat));
    if let Some(account) = &seat.exclusive {
        let kind = if account.kind == ExclusiveKind::Sso { "sso" } else { "dingtalk" };
        body.insert("exclusive_account_type".to_owned(), kind.into());
        body.insert("login_id".to_owned(), account.login_id.clone().into());
        body.insert("nickname".to_owned(), person.nick.clone().into());
    }
    body.into()
}

/// Phone and mail; what the app has no field permission for is absent.
fn contact_fields(app: &App, seat: &Membership) -> Vec<(String, Value)> {
    let mut fields = Vec::new();
    let mut put = |name: &str, value: &str| fields.push((name.to_owned(), value.into()));
    if let Some(Phone { number, state_code }) = seat.staff_phone.as_ref().filter(|_| app.may(Permission::StaffMobile)) {
        put("mobile", number);
        if let Some(state_code) = state_code {
            put("state_code", state_code);
        }
    }
    if app.may(Permission::StaffEmail) {
        put("email", seat.email.as_deref().unwrap_or_default());
    }
    if let Some(org_email) = &seat.org_email {
        put("org_email", org_email);
    }
    fields
}

fn job_fields(app: &App, seat: &Membership) -> Vec<(String, Value)> {
    let mut fields = Vec::new();
    let mut put = |name: &str, value: Value| fields.push((name.to_owned(), value));
    if let Some(job_number) = &seat.job_number {
        put("job_number", job_number.clone().into());
    }
    if let Some(title) = &seat.title {
        put("title", title.clone().into());
    }
    put("telephone", "".into());
    if app.may(Permission::StaffEmail) {
        put("remark", "".into());
        put("work_place", seat.work_place.clone().unwrap_or_default().into());
    }
    if let Some(hired_date) = seat.hired_date {
        put("hired_date", hired_date.into());
    }
    put("create_time", "2024-07-15T07:05:43.000Z".into());
    fields
}

/// Departments and roles.
fn places(seat: &Membership) -> Vec<(String, Value)> {
    let departments = &seat.departments;
    let ids: Vec<i64> = departments.iter().map(|one| one.dept_id).collect();
    let orders: Vec<Value> =
        departments.iter().map(|one| json!({ "dept_id": one.dept_id, "order": one.order })).collect();
    let leaders: Vec<Value> =
        departments.iter().map(|one| json!({ "dept_id": one.dept_id, "leader": one.leader })).collect();
    let role = |one: &crate::scenario::Role| json!({ "id": one.id, "name": one.name, "group_name": one.group_name });
    let roles: Vec<Value> = seat.roles.iter().map(role).collect();
    let fields = [
        ("dept_id_list", json!(ids)),
        ("dept_order_list", json!(orders)),
        ("leader_in_dept", json!(leaders)),
        ("role_list", json!(roles)),
        ("union_emp_ext", json!({})),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
