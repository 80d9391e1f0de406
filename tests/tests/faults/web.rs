//! The two calls that every sign-in by DingTalk's page makes, and the application's own token.

use std::time::Duration;

use dingtalk_simulator::{Endpoint, Fault, Permission, Preset, Reset};
use gatehouse_tests::CLIENT_ID;

use super::rows;
use super::stage::{End, Wrong, at};
use crate::refusals::told::*;

const TOKEN: Endpoint = Endpoint::UserAccessToken;
const PROFILE: Endpoint = Endpoint::ContactUser;
const APP: Endpoint = Endpoint::AppAccessToken;

rows! {
    /// UP-4: one try, whatever comes of it.
    code_used_or_expired: Page "lin", End::Told(&CODE_REJECTED), "user-token", "invalidParameter.authCode.notFound",
        Wrong::Late(|sim| at(sim, TOKEN, Fault::always().preset(Preset::CodeNotFound)));
    secret_changed: Page "lin", End::Told(&CREDENTIALS), "user-token", "invalidClientIdOrSecret",
        Wrong::Late(|sim| sim.update_app(CLIENT_ID, |app| app.client_secret = "another-secret".into()).unwrap());
    /// A QPS limit is no missing permission, and a code is not sent again.
    token_app_limit: Page "lin", End::Told(&BUSY), "user-token", "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi",
        Wrong::Late(|sim| at(sim, TOKEN, Fault::always().preset(Preset::QpsApp)));
    token_limit_of_all: Page "lin", End::Told(&BUSY), "user-token", "Forbidden.AccessDenied.QpsLimitForApi",
        Wrong::Late(|sim| at(sim, TOKEN, Fault::always().preset(Preset::QpsApi)));
    token_limit_a_minute: Page "lin", End::Told(&BUSY), "user-token", "QpmLimitForAppkeyAndApi",
        Wrong::Late(|sim| at(sim, TOKEN, Fault::always().preset(Preset::QpmApp)));
    token_address: Page "lin", End::Told(&ADDRESS), "user-token", "Forbidden.AccessDenied.IpNotInWhiteList",
        Wrong::Late(|sim| at(sim, TOKEN, Fault::always().preset(Preset::IpNotAllowed)));
    token_gateway_timeout: Page "lin", End::Told(&UNAVAILABLE), "user-token", "",
        Wrong::Late(|sim| at(sim, TOKEN, Fault::always().preset(Preset::GatewayTimeout)));
    token_page: Page "lin", End::Told(&BUSY), "user-token", "",
        Wrong::Late(|sim| at(sim, TOKEN, Fault::always().preset(Preset::X5Html)));
    token_flood: Page "lin", End::Told(&BUSY), "user-token", "",
        Wrong::Late(|sim| at(sim, TOKEN, Fault::always().preset(Preset::X5Json)));
    /// The code may be spent: asking again could only make it worse.
    token_reset_after_the_request: Page "lin", End::Told(&UNAVAILABLE), "user-token", "",
        Wrong::Late(|sim| at(sim, TOKEN, Fault::always().work_first().reset(Reset::AfterReading)));
    /// UP-1.
    token_slow: Page "lin", End::Told(&SLOW), "user-token", "",
        Wrong::Late(|sim| at(sim, TOKEN, Fault::always().hold(Duration::from_secs(60))));

    profile_permission: Page "lin", End::Told(&PERMISSION), "user-token profile", "AccessTokenPermissionDenied",
        Wrong::Late(|sim| sim.set_permissions(CLIENT_ID, all_but(Permission::ContactUserRead)).unwrap());
    /// Asking who somebody is may be repeated: the limit passes within a second.
    profile_limit_passes: Page "lin", super::stage::NEW, "user-token profile×2 app-token member staff", "",
        Wrong::Late(|sim| at(sim, PROFILE, Fault::next(1).preset(Preset::QpsApp)));
    profile_limit_stays: Page "lin", End::Told(&BUSY), "user-token profile×3", "QpsLimitForAppkeyAndApi",
        Wrong::Late(|sim| at(sim, PROFILE, Fault::always().preset(Preset::QpsApp)));
    profile_gateway_timeout: Page "lin", End::Told(&UNAVAILABLE), "user-token profile", "",
        Wrong::Late(|sim| at(sim, PROFILE, Fault::always().preset(Preset::GatewayTimeout)));
    profile_reset: Page "lin", End::Told(&UNAVAILABLE), "user-token profile", "",
        Wrong::Late(|sim| at(sim, PROFILE, Fault::always().reset(Reset::AfterReading)));
    profile_nonsense: Page "lin", End::Told(&BAD_ANSWER), "user-token profile", "",
        Wrong::Late(|sim| at(sim, PROFILE, Fault::always().preset(Preset::BadJson)));
    profile_empty: Page "lin", End::Told(&BAD_ANSWER), "user-token profile", "",
        Wrong::Late(|sim| at(sim, PROFILE, Fault::always().preset(Preset::EmptyObject)));

    /// ID-7: whoever cannot be looked up stays out.
    app_token_credentials: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token", "invalidClientIdOrSecret",
        Wrong::Late(|sim| at(sim, APP, Fault::always().preset(Preset::BadCredentials)));
    app_token_broken: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token", "unknownError",
        Wrong::Late(|sim| at(sim, APP, Fault::always().preset(Preset::ServerError)));
    app_token_gateway_timeout: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token", "",
        Wrong::Late(|sim| at(sim, APP, Fault::always().preset(Preset::GatewayTimeout)));
    app_token_address: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token", "IpNotInWhiteList",
        Wrong::Late(|sim| at(sim, APP, Fault::always().preset(Preset::IpNotAllowed)));
    app_token_reset: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token", "",
        Wrong::Late(|sim| at(sim, APP, Fault::always().reset(Reset::AfterReading)));
    app_token_slow: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token", "",
        Wrong::Late(|sim| at(sim, APP, Fault::always().hold(Duration::from_secs(60))));
    app_token_limit: Page "lin", End::Told(&UNPROVEN), "user-token profile app-token×3", "QpsLimitForApi",
        Wrong::Late(|sim| at(sim, APP, Fault::always().preset(Preset::QpsApi)));
}

/// Every permission but one.
pub fn all_but(missing: Permission) -> Vec<Permission> {
    Permission::ALL.into_iter().filter(|permission| *permission != missing).collect()
}
