//! `getuserinfo`: who opened the page inside the DingTalk client. The answer is a member of the app's organisation.

use serde_json::json;

use super::{LegacyError, Outcome, gate};
use crate::front::Call;
use crate::scenario::Permission;
use crate::world::{CodeKind, Presented, World};

pub(super) fn by_code(world: &World, call: &Call) -> Outcome {
    let directory = world.directory();
    let app = gate::pass(world, &directory, call, Permission::Base)?;
    let code = gate::parameter(call, "code").filter(|code| !code.is_empty());
    let code = code.ok_or_else(|| LegacyError::bare(41026, "需要tmp_auth_code"))?;
    let presented = Presented {
        code: &code,
        kind: CodeKind::Jsapi,
        client_id: &app.client_id,
        now: world.now(),
        wrong_kind_spends: directory.quirks.wrong_endpoint_spends_code,
    };
    let grant = world.codes.redeem(&presented).ok_or_else(LegacyError::no_such_code)?;
    let person = directory.person_by_id(&grant.person).ok_or_else(LegacyError::no_such_code)?;
    let seat = person.seat_in(&app.corp_id).filter(|seat| seat.is_staff() && gate::in_range(app, seat));
    let seat = seat.ok_or_else(|| LegacyError::bare(40079, "不存在的授权信息"))?;
    let union_id = person.union_id_for(&app.corp_id);
    Ok(json!({
        "userid": seat.user_id,
        "unionid": union_id,
        "associated_unionid": format!("{union_id}assoc"),
        "device_id": format!("{:032x}", person.id.len()),
        "name": seat.name,
        "sys": seat.sys_level != 0,
        "sys_level": seat.sys_level,
    }))
}
