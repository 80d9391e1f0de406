//! The values of a form on their way in: from an HTML form or the JSON API to what is checked and stored; and the
//! parting of secrets from the rest.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{Field, Form, Kind};

impl Form {
    /// Parts checked `data` into what may be stored in clear and served, and the secrets by field name.
    ///
    /// A value of a secret field that is no string is in neither half; the check refuses it.
    pub fn split(&self, data: Value) -> (Value, BTreeMap<String, String>) {
        let Value::Object(mut public) = data else { return (data, BTreeMap::new()) };
        let mut secrets = BTreeMap::new();
        for field in self.fields().iter().filter(|field| field.is_secret()) {
            if let Some(Value::String(secret)) = public.shift_remove(&field.name) {
                secrets.insert(field.name.clone(), secret);
            }
        }
        (Value::Object(public), secrets)
    }

    /// The settings as the plug-in reads them: `public` and the unsealed secrets of the fields that are shown. The
    /// other half of [`split`](Self::split).
    pub fn join(&self, public: Value, secrets: &BTreeMap<String, String>) -> Value {
        let shown = self.fields().iter().filter(|field| field.is_secret() && self.is_shown(field, &public));
        let entry = |field: &Field| Some((field.name.clone(), secrets.get(&field.name)?.as_str().into()));
        let unsealed: Map<String, Value> = shown.filter_map(entry).collect();
        let Value::Object(mut joined) = public else { return public };
        joined.extend(unsealed);
        Value::Object(joined)
    }
}

/// See [`Form::read`].
pub(crate) fn read(form: &Form, pairs: &[(String, String)]) -> Value {
    let submitted = |name: &str| pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    let typed = |field: &Field| Some((field.name.clone(), from_text(&field.kind, submitted(&field.name))?));
    tidy(form, Value::Object(form.fields().iter().filter_map(typed).collect()))
}

/// The value of a control with this text; `None` stands for an absent control.
fn from_text(kind: &Kind, text: Option<&str>) -> Option<Value> {
    let number = |text: &str| text.parse::<i64>().map_or_else(|_| text.into(), Value::from);
    match (kind, text) {
        (Kind::Boolean, None | Some("" | "false" | "off" | "0")) => Some(Value::Bool(false)),
        (Kind::Boolean, Some("on" | "true" | "1")) => Some(Value::Bool(true)),
        (Kind::Integer { .. }, Some(text)) => Some(number(text)),
        (_, text) => text.map(Value::from),
    }
}

/// See [`Form::tidy`].
pub(crate) fn tidy(form: &Form, data: Value) -> Value {
    let Value::Object(entries) = data else { return data };
    let tidied = entries.into_iter().filter_map(|(name, value)| {
        let value = match form.field(&name) {
            Some(field) if field.is_copyable() => None,
            Some(field) => tidy_value(field, value),
            None => Some(value),
        };
        value.map(|value| (name, value))
    });
    let tidied = Value::Object(tidied.collect());
    let hidden: Vec<&Field> = form.fields().iter().filter(|field| !form.is_shown(field, &tidied)).collect();
    without(tidied, &hidden)
}

fn tidy_value(field: &Field, value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Value::from),
        Value::Number(number) if matches!(field.kind, Kind::Integer { .. }) => {
            Some(whole(&number).map_or(Value::Number(number), Value::from))
        }
        other => Some(other),
    }
}

/// `3.0` as `3`: JSON knows one kind of number, Rust's integers do not take the other spelling.
fn whole(number: &serde_json::Number) -> Option<i64> {
    let float = number.as_f64().filter(|_| number.is_f64())?;
    // Beyond 2^53 a float no longer tells which whole number was meant; the bounds refuse it anyway.
    let exact = float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0;
    exact.then_some(float as i64)
}

fn without(data: Value, fields: &[&Field]) -> Value {
    match data {
        Value::Object(mut object) => {
            fields.iter().for_each(|field| drop(object.shift_remove(&field.name)));
            Value::Object(object)
        }
        other => other,
    }
}

/// See [`Form::with_defaults`].
pub(crate) fn with_defaults(form: &Form, data: Value) -> Value {
    let shown: Vec<bool> = form.fields().iter().map(|field| form.is_shown(field, &data)).collect();
    let Value::Object(mut given) = data else { return data };
    let mut ordered = Map::new();
    for (field, shown) in form.fields().iter().zip(shown) {
        let default = || field.default.clone().filter(|_| shown);
        if let Some(value) = given.shift_remove(&field.name).or_else(default) {
            ordered.insert(field.name.clone(), value);
        }
    }
    ordered.append(&mut given);
    Value::Object(ordered)
}
