//! `contact/users`: the personal profile. It is the person's account that speaks, not a company directory.

use serde_json::{Map, Value};

use super::{ApiError, Outcome, input};
use crate::front::Call;
use crate::scenario::{App, Permission, Person, Phone};
use crate::world::{Bearer, Directory, UserGrant, World};

pub(super) fn profile(world: &World, call: &Call) -> Outcome {
    let directory = world.directory();
    let grant = user_grant(world, call)?;
    let app = directory.app(&grant.client_id).ok_or_else(ApiError::invalid_authentication)?;
    if !app.allows(call.peer) {
        return Err(ApiError::ip_not_allowed(call.peer, &app.client_id));
    }
    if !app.may(Permission::ContactUserRead) {
        return Err(ApiError::permission_denied(Permission::ContactUserRead.code()));
    }
    let person = match call.segment(3).as_str() {
        "me" => directory.person_by_id(&grant.person),
        union_id => directory.by_union_id(&app.corp_id, union_id),
    };
    Ok(describe(&directory, app, person.ok_or_else(ApiError::user_not_found)?))
}

/// In whose name the request speaks. An app token gets the same answer as a missing permission.
fn user_grant(world: &World, call: &Call) -> Result<UserGrant, ApiError> {
    match world.tokens.look_up(input::token(call)?, world.now()) {
        Bearer::User(grant) => Ok(grant),
        Bearer::App(_) => Err(ApiError::permission_denied(Permission::ContactUserRead.code())),
        Bearer::Expired | Bearer::Unknown => Err(ApiError::invalid_authentication()),
    }
}

/// The fields the app may see. What is not available is left out, never `null`.
fn describe(directory: &Directory, app: &App, person: &Person) -> Value {
    let may_see_mobile = app.may(Permission::ContactUserMobile);
    let mobile = person.phone.as_ref().filter(|_| may_see_mobile).map(|phone| mobile(app, phone));
    let with_state_code = may_see_mobile || directory.quirks.state_code_without_mobile;
    let state_code = person.phone.as_ref().filter(|_| with_state_code).and_then(|phone| phone.state_code.clone());
    let email = person.email.clone().filter(|email| !email.to_ascii_lowercase().ends_with("@dingtalk.com"));

    let mut body = Map::new();
    body.insert("nick".to_owned(), person.nick.clone().into());
    body.insert("unionId".to_owned(), person.union_id_for(&app.corp_id).into());
    body.insert("openId".to_owned(), person.open_id_for(&app.client_id).into());
    let optional =
        [("avatarUrl", person.avatar_url.clone()), ("mobile", mobile), ("stateCode", state_code), ("email", email)];
    for (name, value) in optional {
        if let Some(value) = value {
            body.insert(name.to_owned(), value.into());
        }
    }
    body.insert("visitor".to_owned(), person.visitor.into());
    body.into()
}

fn mobile(app: &App, phone: &Phone) -> String {
    if app.masks_mobile { phone.masked() } else { phone.number.clone() }
}
