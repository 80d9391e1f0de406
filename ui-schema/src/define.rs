//! From a Rust struct to fields: schemars describes the struct, and every keyword of that description is either
//! understood here or refused. Nothing that an author wrote is silently lost.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

use crate::keywords::Keywords;
use crate::{Field, FormError, FormErrorReason as Reason, Kind, Role, When};

/// The fields of `T`, in the order of the struct.
pub(crate) fn fields<T: JsonSchema>() -> Result<Vec<Field>, FormError> {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let properties = properties(&schema).ok_or(FormError::form(Reason::NotAStruct))?;
    let required = |name: &str| {
        let names = schema.get("required").and_then(Value::as_array);
        names.is_some_and(|names| names.iter().any(|required| required == name))
    };
    let read = |(name, schema): (&String, &Value)| {
        field(name, schema, required(name)).map_err(|reason| FormError::field(name, reason))
    };
    properties.iter().map(read).collect()
}

/// What is in the braces of the struct. An enum with named fields has a `oneOf` beside or instead of them.
fn properties(schema: &Schema) -> Option<&Map<String, Value>> {
    let choices = ["oneOf", "anyOf", "allOf", "$ref"].iter().any(|keyword| schema.get(*keyword).is_some());
    schema.get("properties").and_then(Value::as_object).filter(|_| !choices)
}

fn field(name: &str, schema: &Value, needed_by_rust: bool) -> Result<Field, Reason> {
    let keywords = Keywords::of(schema)?;
    let role = keywords.role()?;
    let kind = keywords.kind(role)?;
    keywords.refuse_unknown(&kind)?;
    let when = keywords.when()?;
    let mut field = Field {
        name: name.to_owned(),
        title: keywords.text("title")?.ok_or(Reason::MissingText("title".into(), crate::Language::En))?,
        description: keywords.text("description")?,
        placeholder: keywords.text("placeholder")?,
        default: default(&kind, &keywords),
        kind,
        required: false,
        role,
        when,
        needed_when: keywords.needed_when()?,
    };
    field.required = required(&field, &keywords, needed_by_rust)?;
    Ok(field)
}

/// The value that stands in for none. `null` and `""` are Rust's ways to say that there is none, and an unticked
/// check box is a value.
fn default(kind: &Kind, keywords: &Keywords) -> Option<Value> {
    let nothing = |value: &&Value| value.is_null() || value.as_str() == Some("");
    let given = keywords.get("default").filter(|value| !nothing(value)).cloned();
    if *kind == Kind::Boolean { Some(given.unwrap_or(Value::Bool(false))) } else { given }
}

/// Whether a person has to enter something. A field that is not always there has to be optional in Rust; while it is
/// shown, it needs a value all the same.
fn required(field: &Field, keywords: &Keywords, needed_by_rust: bool) -> Result<bool, Reason> {
    let comes_and_goes = field.when.is_some() || field.role.is_some_and(Role::is_filled);
    if comes_and_goes && needed_by_rust {
        return Err(Reason::MustBeOptional);
    }
    let optional_in_rust = keywords.nullable() || keywords.get("default").is_some();
    if !comes_and_goes && !needed_by_rust && !optional_in_rust {
        return Err(Reason::UnseenDefault);
    }
    let to_be_entered = field.default.is_none() && !field.role.is_some_and(Role::is_filled);
    Ok(to_be_entered && (needed_by_rust || field.when.is_some()))
}

impl Keywords<'_> {
    fn role(&self) -> Result<Option<Role>, Reason> {
        let role = self.get("x-role").map(|role| serde_json::from_value(role.clone())).transpose();
        // A word that this version does not know is a later version's across the door, but a mistake in one's own source.
        role.ok().filter(|role| *role != Some(Role::Unknown)).ok_or(Reason::BadRole)
    }

    fn when(&self) -> Result<Option<When>, Reason> {
        let Some(condition) = self.get("x-when") else { return Ok(None) };
        let mut conditions = conditions(condition)?;
        if conditions.len() == 1 { Ok(conditions.pop()) } else { Err(Reason::BadCondition) }
    }

    /// A list of objects: all pairs of one of them have to hold.
    fn needed_when(&self) -> Result<Vec<Vec<When>>, Reason> {
        let Some(alternatives) = self.get("x-needed-when") else { return Ok(Vec::new()) };
        alternatives.as_array().ok_or(Reason::BadCondition)?.iter().map(conditions).collect()
    }
}

/// `{"field": value, …}` as conditions.
fn conditions(pairs: &Value) -> Result<Vec<When>, Reason> {
    let pairs = pairs.as_object().filter(|pairs| !pairs.is_empty()).ok_or(Reason::BadCondition)?;
    Ok(pairs.iter().map(|(field, equals)| When { field: field.clone(), equals: equals.clone() }).collect())
}
