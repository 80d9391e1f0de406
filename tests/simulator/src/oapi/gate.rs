//! The gateway in front of `/topapi/`: token, caller's address and permission, in this order, before any parameter.

use serde_json::Value;

use super::LegacyError;
use crate::front::Call;
use crate::scenario::{App, Membership, Permission};
use crate::world::{Bearer, Directory, World};

/// The app that calls, if it may.
pub(super) fn pass<'a>(
    world: &World,
    directory: &'a Directory,
    call: &Call,
    permission: Permission,
) -> Result<&'a App, LegacyError> {
    let form = call.form();
    // Not in a JSON body and not in the header of the other API: query, or form.
    let token = call.query.filled("access_token").or_else(|| form.filled("access_token"));
    let client_id = match world.tokens.look_up(token.ok_or_else(LegacyError::blank_token)?, world.now()) {
        Bearer::App(client_id) => client_id,
        Bearer::Expired if directory.quirks.tells_expired_app_token => {
            return Err(LegacyError::wrapped("42001", "access_token超时"));
        }
        Bearer::User(_) | Bearer::Expired | Bearer::Unknown => return Err(LegacyError::invalid_token()),
    };
    let app = directory.app(&client_id).ok_or_else(LegacyError::invalid_token)?;
    if !app.allows(call.peer) {
        return Err(LegacyError::ip_not_allowed(call.peer, &client_id));
    }
    if !app.may(permission) {
        return Err(LegacyError::no_permission(&client_id, permission.code()));
    }
    Ok(app)
}

/// A parameter of the body, which may be JSON or a form; numbers count as text.
pub(super) fn parameter(call: &Call, name: &str) -> Option<String> {
    if let Ok(Value::Object(fields)) = serde_json::from_slice::<Value>(&call.body) {
        return match fields.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
    }
    call.form().first(name).map(str::to_owned)
}

/// Whether the app sees somebody in this seat.
pub(super) fn in_range(app: &App, seat: &Membership) -> bool {
    let Some(departments) = &app.contact_departments else { return true };
    departments.contains(&1) || seat.departments.iter().any(|one| departments.contains(&one.dept_id))
}
