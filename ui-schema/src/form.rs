//! The form: an ordered list of fields, and what the host asks of it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Document, Field, FormError, HostValues, Language, Role};
use crate::{define, definition, document, values};

/// A settings form. It is made from a settings struct with [`Form::of`] and crosses the plug-in boundary as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Form {
    fields: Vec<Field>,
    /// Why the struct is no form. Kept, so that [`Form::of`] needs no error path in every plug-in: one test that
    /// calls [`Form::validate_definition`] finds it, and a host refuses the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    broken: Option<FormError>,
}

impl Form {
    /// The form that `T` defines; the crate's documentation lists the attributes.
    ///
    /// A struct that is no form gives one that has no fields and that [`Form::validate_definition`] refuses with the
    /// reason.
    pub fn of<T: JsonSchema>() -> Self {
        match define::fields::<T>() {
            Ok(fields) => Self { fields, broken: None },
            Err(error) => Self { fields: Vec::new(), broken: Some(error) },
        }
    }

    /// Whether the form may be used: known kinds, capped sizes, every text in every language, roles and conditions
    /// that fit. A host asks this of every form that came from a plug-in before anything else.
    ///
    /// With the feature `validate` the patterns are compiled as well.
    ///
    /// # Errors
    /// The first thing that is wrong, for the developer of the plug-in.
    pub fn validate_definition(&self) -> Result<(), FormError> {
        self.examine()?;
        #[cfg(feature = "validate")]
        crate::check::compile(self)?;
        Ok(())
    }

    /// The fields, in the order in which they are shown.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether `field` is shown while the form holds `data`. Where `data` lacks the field that decides, its default
    /// counts.
    pub fn is_shown(&self, field: &Field, data: &Value) -> bool {
        field.when.as_ref().is_none_or(|when| {
            let decider = self.field(&when.field);
            let value = data.get(&when.field).or_else(|| decider.and_then(|field| field.default.as_ref()));
            value == Some(&when.equals)
        })
    }

    /// The names of the fields whose values are sealed.
    pub fn secret_fields(&self) -> BTreeSet<&str> {
        self.fields.iter().filter(|field| field.is_secret()).map(|field| field.name.as_str()).collect()
    }

    /// The base addresses in `data` that the plug-in may call: the values of the shown [`Role::Upstream`] fields.
    pub fn upstreams(&self, data: &Value) -> Vec<String> {
        let upstreams = self.fields.iter().filter(|field| field.role == Some(Role::Upstream));
        let shown = upstreams.filter(|field| self.is_shown(field, data));
        shown.filter_map(|field| self.value(field, data)?.as_str().map(str::to_owned)).collect()
    }

    /// Whether people who match no user become new users, as the [`Role::SignUp`] field says; `false` without one.
    pub fn sign_up(&self, data: &Value) -> bool {
        self.is_on(Role::SignUp, data)
    }

    /// Whether the check box with this role is ticked in `data`; `false` without one.
    pub fn is_on(&self, role: Role, data: &Value) -> bool {
        self.value_of_role(role, data).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The path that the [`Role::Landing`] field holds, if it is shown and there is one.
    pub fn landing(&self, data: &Value) -> Option<String> {
        self.value_of_role(Role::Landing, data)?.as_str().map(str::to_owned)
    }

    /// `began_with`, but with the values that `now` has for fields that decide about people only
    /// ([`Role::is_policy`]): what an attempt goes on with when an administrator changed such a rule meanwhile.
    pub fn with_policies_of(&self, began_with: Value, now: &Value) -> Value {
        let Value::Object(mut settings) = began_with else { return began_with };
        for field in self.fields.iter().filter(|field| field.role.is_some_and(Role::is_policy)) {
            match now.get(&field.name) {
                Some(value) => settings.insert(field.name.clone(), value.clone()),
                None => settings.shift_remove(&field.name),
            };
        }
        Value::Object(settings)
    }

    fn value_of_role<'a>(&'a self, role: Role, data: &'a Value) -> Option<&'a Value> {
        let field = self.fields.iter().find(|field| field.role == Some(role))?;
        if self.is_shown(field, data) { self.value(field, data) } else { None }
    }

    /// The form as standard JSON Schema and uiSchema in one language, filled with `data`, for any renderer that
    /// speaks the react-jsonschema-form vocabulary. No secret is in it, whatever `data` holds.
    pub fn document(&self, language: Language, host: &HostValues, data: &Value) -> Document {
        document::of(self, language, host, data)
    }

    /// The typed values of a submitted HTML form, given as its decoded `name=value` pairs; the last of several counts.
    ///
    /// An absent check box is `false`, an empty text is absent, a whole number is a number. What cannot be read as
    /// the field's kind stays a string, so that the check reports it. The result is [tidy](Self::tidy); names that
    /// the form does not know are left out, because an HTML form carries others' fields too.
    pub fn read(&self, pairs: &[(String, String)]) -> Value {
        values::read(self, pairs)
    }

    /// `data` from the JSON API, with the liberties removed that a person or a third-party renderer takes: strings
    /// are trimmed, empty strings and nulls are absent, whole floating-point numbers are integers, and read-only
    /// fields and fields that are not shown are dropped. Unknown fields stay for the check to report.
    pub fn tidy(&self, data: Value) -> Value {
        values::tidy(self, data)
    }

    /// `data` in the order of the form, with the default of every shown field that has no value.
    pub fn with_defaults(&self, data: Value) -> Value {
        values::with_defaults(self, data)
    }

    /// What is to be checked and stored: `data` [tidy](Self::tidy) and [with defaults](Self::with_defaults).
    /// Doing it twice changes nothing.
    pub fn prepare(&self, data: Value) -> Value {
        self.with_defaults(self.tidy(data))
    }

    /// What [`validate_definition`](Self::validate_definition) does without compiling anything.
    pub(crate) fn examine(&self) -> Result<(), FormError> {
        match &self.broken {
            Some(error) => Err(error.clone()),
            None => definition::examine(&self.fields),
        }
    }

    /// The value of `field` in `data`, or its default.
    fn value<'a>(&self, field: &'a Field, data: &'a Value) -> Option<&'a Value> {
        data.get(&field.name).or(field.default.as_ref())
    }
}
