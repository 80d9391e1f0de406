//! `getbyunionid`: the question that decides who belongs to the organisation, external contacts marked as such.

use serde_json::json;

use super::{LegacyError, Outcome, gate};
use crate::front::Call;
use crate::scenario::{ContactType, Permission};
use crate::world::World;

pub(super) fn by_union_id(world: &World, call: &Call) -> Outcome {
    let directory = world.directory();
    let app = gate::pass(world, &directory, call, Permission::GetMember)?;
    let union_id = gate::parameter(call, "unionid").filter(|id| !id.is_empty());
    let union_id = union_id.ok_or_else(|| LegacyError::bare(400_002, "无效的参数"))?;
    let seat = directory.by_union_id(&app.corp_id, &union_id).and_then(|person| person.seat_in(&app.corp_id));
    let seat = seat.ok_or_else(LegacyError::no_such_user)?;
    let contact_type = match seat.contact_type {
        ContactType::Staff => 0,
        ContactType::External => 1,
    };
    Ok(json!({ "contact_type": contact_type, "userid": seat.user_id }))
}
