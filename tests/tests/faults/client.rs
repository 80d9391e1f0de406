//! Inside the DingTalk client: another code, other calls, the same closed doors.

use std::time::Duration;

use dingtalk_simulator::{Endpoint, Fault, Permission, Preset, Reset};
use gatehouse_tests::{CLIENT_ID, CORP_ID};

use super::rows;
use super::stage::{End, NEW, Wrong, at};
use super::web::all_but;
use crate::refusals::told::*;

const CODE: Endpoint = Endpoint::GetUserInfo;
const STAFF: Endpoint = Endpoint::UserGet;
const APP: Endpoint = Endpoint::AppAccessToken;

rows! {
    a_member: Client "lin", NEW, "app-token client-code staff", "", Wrong::Late(|_| ());
    code_used_or_expired: Client "lin", End::Told(&CODE_REJECTED), "app-token client-code", "40078",
        Wrong::Late(|sim| sim.advance_clock(Duration::from_secs(5 * 60 + 1)));
    outside_the_visible_range: Client "lin", End::Told(&NOT_A_MEMBER), "app-token client-code", "40079",
        Wrong::Late(|sim| at(sim, CODE, Fault::always().answer(200, "application/json",
            r#"{"errcode":40079,"errmsg":"不存在的授权信息","request_id":"15r6h6dr5p8l3"}"#)));
    code_permission: Client "lin", End::Told(&PERMISSION), "app-token client-code", "60011",
        Wrong::Late(|sim| sim.set_permissions(CLIENT_ID, all_but(Permission::Base)).unwrap());
    code_address: Client "lin", End::Told(&ADDRESS), "app-token client-code", "60020",
        Wrong::Late(|sim| at(sim, CODE, Fault::always().preset(Preset::IpNotAllowed)));
    /// UP-4: codes are sent once, also to the older family.
    code_limit: Client "lin", End::Told(&BUSY), "app-token client-code", "90018",
        Wrong::Late(|sim| at(sim, CODE, Fault::always().preset(Preset::QpsApp)));
    code_system_busy: Client "lin", End::Told(&BUSY), "app-token client-code", "-1",
        Wrong::Late(|sim| at(sim, CODE, Fault::always().preset(Preset::ServerError)));
    code_gateway_timeout: Client "lin", End::Told(&UNAVAILABLE), "app-token client-code", "88",
        Wrong::Late(|sim| at(sim, CODE, Fault::always().preset(Preset::GatewayTimeout)));
    code_reset: Client "lin", End::Told(&UNAVAILABLE), "app-token client-code", "",
        Wrong::Late(|sim| at(sim, CODE, Fault::always().reset(Reset::AfterReading)));
    code_slow: Client "lin", End::Told(&SLOW), "app-token client-code", "",
        Wrong::Late(|sim| at(sim, CODE, Fault::always().hold(Duration::from_secs(60))));
    code_nonsense: Client "lin", End::Told(&BAD_ANSWER), "app-token client-code", "",
        Wrong::Late(|sim| at(sim, CODE, Fault::always().preset(Preset::EmptyObject)));
    /// The token is replaced, for whoever comes next; the code is not sent a second time even then.
    token_died: Client "lin", End::Told(&BAD_ANSWER), "app-token×2 client-code", "40014",
        Wrong::Late(|sim| at(sim, CODE, Fault::always().preset(Preset::TokenInvalid)));
    app_token_credentials: Client "lin", End::Told(&CREDENTIALS), "app-token", "invalidClientIdOrSecret",
        Wrong::Late(|sim| at(sim, APP, Fault::always().preset(Preset::BadCredentials)));
    app_token_gateway_timeout: Client "lin", End::Told(&UNAVAILABLE), "app-token", "",
        Wrong::Late(|sim| at(sim, APP, Fault::always().preset(Preset::GatewayTimeout)));
    left_meanwhile: Client "lin", End::Told(&NOT_A_MEMBER), "app-token client-code staff", "60121",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().preset(Preset::NoSuchUser)));
    not_active: Client "lin", End::Told(&INACTIVE), "app-token client-code staff", "",
        Wrong::Late(|sim| sim.update_person("lin", |lin| lin.memberships.get_mut(CORP_ID).unwrap().active = false).unwrap());
    staff_out_of_range: Client "lin", End::Told(&UNPROVEN), "app-token client-code staff", "50002",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().preset(Preset::OutOfRange)));
    staff_limit: Client "lin", End::Told(&UNPROVEN), "app-token client-code staff×3", "90002",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().preset(Preset::QpsApi)));
    staff_slow: Client "lin", End::Told(&UNPROVEN), "app-token client-code staff", "",
        Wrong::Late(|sim| at(sim, STAFF, Fault::always().hold(Duration::from_secs(60))));
    no_number: Client "silent", End::Told(&NO_PHONE), "app-token client-code staff migration", "", Wrong::Late(|_| ());
}
