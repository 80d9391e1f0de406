//! The form as a document for standard renderers: JSON Schema, uiSchema and data in one language.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{Field, Form, Kind, Language, Role, Text, schema};

/// What a renderer of the react-jsonschema-form vocabulary takes as it is; versions 5 and 6 are tested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// The dialect of `schema`, as its `$schema` would be. It stands here because a renderer whose validator is set
    /// to another dialect refuses a schema that names one; the keywords used mean the same from draft-07 on.
    pub dialect: String,
    /// JSON Schema.
    pub schema: Value,
    /// How to draw it. Standard keys, and two options that renderers may honour: `copyable` (offer a copy button) and
    /// `stored` (a secret is kept when the field stays empty).
    pub ui_schema: Value,
    /// The values, without secrets.
    pub form_data: Value,
}

/// What only the host knows about a form that it shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostValues {
    /// The authenticator's Redirect URL. It is known, and shown, before the first save.
    pub redirect_url: Option<String>,
    /// The link for the provider's own client.
    pub client_url: Option<String>,
    /// Names of the secret fields that have a stored value. They are not required: empty means keep.
    pub stored_secrets: BTreeSet<String>,
}

impl HostValues {
    /// What the host fills into `field`.
    fn filled(&self, field: &Field) -> Option<&str> {
        match field.role {
            Some(Role::RedirectUrl) => self.redirect_url.as_deref(),
            Some(Role::ClientUrl) => self.client_url.as_deref(),
            _ => None,
        }
    }
}

/// See [`Form::document`].
pub(crate) fn of(form: &Form, language: Language, host: &HostValues, data: &Value) -> Document {
    let properties = form.fields().iter().map(|field| {
        let to_be_entered = !(field.is_secret() && host.stored_secrets.contains(&field.name));
        (field, property(field, language), to_be_entered)
    });
    Document {
        dialect: schema::DIALECT.to_owned(),
        schema: Value::Object(schema::object(properties)),
        ui_schema: ui_schema(form, language, host),
        form_data: form_data(form, host, data),
    }
}

fn property(field: &Field, language: Language) -> Value {
    let mut property = Map::from_iter([("title".to_owned(), field.title.get(language).into())]);
    if let Some(description) = &field.description {
        property.insert("description".to_owned(), description.get(language).into());
    }
    property.append(&mut schema::rules(&field.kind, language));
    if let Some(default) = &field.default {
        property.insert("default".to_owned(), default.clone());
    }
    Value::Object(property)
}

fn ui_schema(form: &Form, language: Language, host: &HostValues) -> Value {
    // Conditional fields are in other branches of the schema; this puts them where the author wrote them. Without
    // the "*", renderers refuse data with a key that is not listed.
    let order = form.fields().iter().map(|field| field.name.as_str()).chain(["*"]);
    let mut ui = Map::from_iter([("ui:order".to_owned(), order.collect())]);
    for field in form.fields() {
        let hints = hints(field, language, host.stored_secrets.contains(&field.name));
        if !hints.is_empty() {
            ui.insert(field.name.clone(), Value::Object(hints));
        }
    }
    Value::Object(ui)
}

/// Unknown widgets make renderers throw, unknown options are ignored: what is not standard is an option.
fn hints(field: &Field, language: Language, stored: bool) -> Map<String, Value> {
    let mut hints = Map::new();
    let mut options = Map::new();
    let mut placeholder = field.placeholder.clone();
    match field.kind {
        Kind::Secret(_) => {
            hints.insert("ui:widget".to_owned(), "password".into());
            // No password manager may fill in the administrator's own password (WHATWG HTML, autofill).
            hints.insert("ui:autocomplete".to_owned(), "new-password".into());
            if stored {
                options.insert("stored".to_owned(), true.into());
                placeholder = Some(Text::new("Stored. Leave empty to keep it.", "已保存，留空则保持不变。"));
            }
        }
        Kind::Copyable => {
            hints.insert("ui:readonly".to_owned(), true.into());
            options.insert("copyable".to_owned(), true.into());
        }
        _ => {}
    }
    if let Some(placeholder) = placeholder {
        hints.insert("ui:placeholder".to_owned(), placeholder.get(language).into());
    }
    if field.description.is_some() {
        options.insert("enableMarkdownInDescription".to_owned(), true.into());
    }
    if !options.is_empty() {
        hints.insert("ui:options".to_owned(), Value::Object(options));
    }
    hints
}

fn form_data(form: &Form, host: &HostValues, data: &Value) -> Value {
    let data = if data.is_object() { form.prepare(data.clone()) } else { form.with_defaults(json!({})) };
    let value = |field: &Field| match field.kind {
        Kind::Secret(_) => None,
        Kind::Copyable => host.filled(field).map(Value::from),
        _ => data.get(&field.name).cloned(),
    };
    form.fields().iter().filter_map(|field| Some((field.name.clone(), value(field)?))).collect()
}
