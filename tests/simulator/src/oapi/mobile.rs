//! `getbymobile`: from a phone number to a member. Leavers are not found by the number they had.

use serde_json::{Value, json};

use super::{LegacyError, Outcome, gate};
use crate::front::Call;
use crate::scenario::{Permission, Phone};
use crate::world::World;

pub(super) fn by_mobile(world: &World, call: &Call) -> Outcome {
    let directory = world.directory();
    let app = gate::pass(world, &directory, call, Permission::GetMemberByMobile)?;
    let mobile = gate::parameter(call, "mobile").unwrap_or_default();
    if !is_mobile(&mobile) {
        return Err(LegacyError::bare(40104, "无效的手机号"));
    }
    let seats = directory.people.iter().filter_map(|person| person.seat_in(&app.corp_id));
    let fits = seats.filter(|seat| {
        seat.is_staff() && gate::in_range(app, seat) && seat.staff_phone.as_ref().is_some_and(|has| same(has, &mobile))
    });
    let (exclusive, own): (Vec<_>, Vec<_>) = fits.partition(|seat| seat.exclusive.is_some());
    let exclusive: Vec<&str> = match searches_exclusive(call) {
        true => exclusive.iter().map(|seat| seat.user_id.as_str()).collect(),
        false => Vec::new(),
    };
    if own.is_empty() && exclusive.is_empty() {
        return Err(LegacyError::no_such_user());
    }
    Ok(json!({
        "userid": own.first().map(|seat| seat.user_id.as_str()).unwrap_or_default(),
        "exclusive_account_userid_list": exclusive,
    }))
}

/// National digits, or `+CC-` and digits for numbers of other countries.
fn is_mobile(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text).replacen('-', "", 1);
    (5..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Bare digits are a number of the mainland.
fn same(phone: &Phone, asked: &str) -> bool {
    let code = phone.state_code.as_deref().unwrap_or("86");
    let own = if phone.number.starts_with('+') { phone.number.clone() } else { format!("+{code}-{}", phone.number) };
    if asked.starts_with('+') { own == asked } else { own == format!("+86-{asked}") }
}

/// `support_exclusive_account_search`, which is a boolean in JSON and a word in a form.
fn searches_exclusive(call: &Call) -> bool {
    const NAME: &str = "support_exclusive_account_search";
    let fields = serde_json::from_slice::<Value>(&call.body).unwrap_or_default();
    fields.get(NAME) == Some(&Value::Bool(true)) || gate::parameter(call, NAME).as_deref() == Some("true")
}
