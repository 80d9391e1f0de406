//! JSON Merge Patch (RFC 7396): how apps, people and quirks are changed field by field.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Outcome, Trouble};

/// `target` with `patch` applied, read back with all the strictness of its type.
pub(super) fn merged<T: Serialize + DeserializeOwned>(target: &T, patch: Value) -> Outcome<T> {
    if !patch.is_object() {
        return Err(Trouble::bad("the body must be a JSON object of fields to change"));
    }
    let mut value = serde_json::to_value(target).map_err(|error| Trouble::bad(error.to_string()))?;
    apply(&mut value, patch);
    serde_json::from_value(value).map_err(|error| Trouble::bad(format!("the change does not fit: {error}")))
}

fn apply(target: &mut Value, patch: Value) {
    let Value::Object(fields) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(object) = target else { return };
    for (name, value) in fields {
        if value.is_null() {
            object.remove(&name);
        } else {
            apply(object.entry(name).or_insert(Value::Null), value);
        }
    }
}
