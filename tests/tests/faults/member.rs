//! Is the person one of ours? The two calls of the older family that prove it (row ID-7): they fail closed.

use std::time::Duration;

use dingtalk_simulator::{ContactType, Endpoint, Fault, Permission, Preset, Reset, Simulator};
use gatehouse_tests::{CLIENT_ID, CORP_ID};

use super::rows;
use super::stage::{End, NEW, Wrong, at};
use super::web::all_but;
use crate::refusals::told::*;

const MEMBER: Endpoint = Endpoint::GetByUnionId;
const STAFF: Endpoint = Endpoint::UserGet;

rows! {
    left: Page "lin", End::Told(&NOT_A_MEMBER), "user-token profile app-token member", "60121",
        Wrong::Late(|sim| seat(sim, |seat| seat.left = true));
    never_was_one: Page "lin", End::Told(&NOT_A_MEMBER), "user-token profile app-token member", "60121",
        Wrong::Late(|sim| sim.update_person("lin", |lin| lin.memberships.clear()).unwrap());
    external_contact: Page "lin", End::Told(&EXTERNAL), "user-token profile app-token member", "",
        Wrong::Late(|sim| seat(sim, |seat| seat.contact_type = ContactType::External));
    not_active_yet: Page "lin", End::Told(&INACTIVE), "user-token profile app-token member staff", "",
        Wrong::Late(|sim| seat(sim, |seat| seat.active = false));
    left_between_two_calls: Page "lin", End::Told(&NOT_A_MEMBER), "user-token profile app-token member staff", "60121",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().preset(Preset::NoSuchUser)));
    /// The directory answers with somebody else's entry.
    somebody_else: Page "lin", End::Told(&BAD_ANSWER), "user-token profile app-token member staff", "",
        Wrong::Late(|sim| answers(sim, STAFF, r#"{"errcode":0,"result":{"userid":"demo0001","unionid":"Other","active":true}}"#));
    active_is_missing: Page "lin", End::Told(&INACTIVE), "user-token profile app-token member staff", "",
        Wrong::Late(|sim| answers(sim, STAFF, r#"{"errcode":0,"result":{"userid":"demo0001","unionid":"DemoLin0001iEiE"}}"#));
    kind_of_contact_is_unknown: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "",
        Wrong::Late(|sim| answers(sim, MEMBER, r#"{"errcode":0,"result":{"contact_type":7,"userid":"demo0001"}}"#));
    kind_of_contact_is_missing: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "",
        Wrong::Late(|sim| answers(sim, MEMBER, r#"{"errcode":0,"result":{"userid":"demo0001"}}"#));
    kind_of_contact_is_a_text: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "",
        Wrong::Late(|sim| answers(sim, MEMBER, r#"{"errcode":0,"result":{"contact_type":"0","userid":"demo0001"}}"#));

    member_permission: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "60011",
        Wrong::Late(|sim| sim.set_permissions(CLIENT_ID, all_but(Permission::GetMember)).unwrap());
    member_address: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "60020",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::IpNotAllowed)));
    member_app_limit_passes: Page "lin", NEW, "user-token profile app-token member×2 staff", "",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::next(1).preset(Preset::QpsApp)));
    member_app_limit_stays: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member×3", "90018",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::QpsApp)));
    member_limit_of_all: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member×3", "90002",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::QpsApi)));
    member_month_used_up: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "90020",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::MonthlyQuota)));
    member_system_busy: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member×3", "-1",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::ServerError)));
    member_gateway_timeout: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "88",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::GatewayTimeout)));
    member_backend_timeout: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "15",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::BackendTimeout)));
    /// The flood control lasts for minutes; nobody waits for it.
    member_flood_page: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::X5Html)));
    member_reset: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().reset(Reset::AfterReading)));
    member_slow: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().hold(Duration::from_secs(60))));
    member_nonsense: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::BadJson)));
    member_nothing: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member", "",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::EmptyObject)));
    /// The token died early: it is dropped, and asked for once more.
    app_token_died: Page "lin", NEW, "user-token profile app-token×2 member×2 staff", "",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::next(1).preset(Preset::TokenInvalid)));
    app_token_is_never_good: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token×2 member×2", "40014",
        Wrong::Late(|sim| at(sim, MEMBER, Fault::always().preset(Preset::TokenInvalid)));

    staff_out_of_range: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member staff", "50002",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().preset(Preset::OutOfRange)));
    staff_permission: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member staff", "60011",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().preset(Preset::NoPermission)));
    staff_limit: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member staff×3", "90018",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().preset(Preset::QpsApp)));
    staff_gateway_timeout: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member staff", "88",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().preset(Preset::GatewayTimeout)));
    staff_reset: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member staff", "",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().reset(Reset::AfterReading)));
    staff_slow: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member staff", "",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().hold(Duration::from_secs(60))));
    staff_huge: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token member staff", "",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().huge(10 * 1024 * 1024)));
}

/// Changes 林小满's seat in the organisation.
fn seat(simulator: &Simulator, change: fn(&mut dingtalk_simulator::Membership)) {
    simulator.update_person("lin", |lin| change(lin.memberships.get_mut(CORP_ID).unwrap())).unwrap();
}

/// An endpoint answers this, with status 200.
fn answers(simulator: &Simulator, endpoint: Endpoint, body: &str) {
    at(simulator, endpoint, Fault::always().answer(200, "application/json", body));
}
