//! What a form has to be like before a host uses it, and how it says that it is not.
//!
//! A form may come from a broken or hostile library. Every number below is a cap on what such a form can make the
//! host store, draw or compile.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::pattern::has_portable_escapes;
use crate::{ChoiceOption, Field, Kind, Language, Role, Text, TextRules, When};

const MAX_FIELDS: usize = 64;
const MAX_OPTIONS: usize = 64;
const MAX_NAME: usize = 64;
const MAX_PATTERN: usize = 512;

/// Why a form may not be used. Written for the developer of the plug-in, hence in English only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormError {
    /// The field that is wrong; the form as a whole, if `None`. A name that is no name is not repeated here.
    pub field: Option<String>,
    /// What is wrong with it.
    pub reason: FormErrorReason,
}

impl FormError {
    pub(crate) fn form(reason: FormErrorReason) -> Self {
        Self { field: None, reason }
    }

    pub(crate) fn field(name: &str, reason: FormErrorReason) -> Self {
        Self { field: Some(name.to_owned()), reason }
    }
}

impl std::fmt::Display for FormError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.field {
            Some(name) => write!(f, "form field `{name}`: {}", self.reason),
            None => write!(f, "form: {}", self.reason),
        }
    }
}

impl std::error::Error for FormError {}

/// What is wrong with a form or a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FormErrorReason {
    /// The settings are no struct with named fields.
    NotAStruct,
    /// There are more than 64 fields.
    TooManyFields,
    /// The name is not `[A-Za-z][A-Za-z0-9_]{0,63}`.
    BadName,
    /// Two fields have one name.
    NameTwice,
    /// The Rust type, or its `format`, is none that a form has.
    UnknownKind,
    /// An attribute that a form of this kind does not have, for example a misspelt `x-…` key.
    UnknownKeyword(String),
    /// A text that is missing in one language.
    MissingText(String, Language),
    /// A text that is too long or holds control characters.
    BadText(String),
    /// The field is optional without being an `Option`, and its default could not be seen.
    UnseenDefault,
    /// The default is no value that the field takes.
    BadDefault,
    /// Lengths or bounds that contradict each other or exceed what a form may allow.
    BadBounds,
    /// Not 1 to 64 distinct options with values of 1 to 64 characters.
    BadOptions,
    /// The pattern has more than 512 bytes, or the browser or the host could not read it; see
    /// [`TextRules::pattern`].
    BadPattern,
    /// The role does not fit the kind of field.
    BadRole,
    /// Two fields have a role that only one may have.
    RoleTwice,
    /// The condition names no boolean or choice that is always shown, or a value that it cannot have.
    BadCondition,
    /// A value that is not always there has to be an `Option` or to have a `#[serde(default)]`.
    MustBeOptional,
    /// The JSON Schema of the form does not compile.
    BadSchema,
}

impl std::fmt::Display for FormErrorReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::UnknownKeyword(keyword) => return write!(f, "there is no attribute `{keyword}` for this field"),
            Self::MissingText(part, language) => return write!(f, "its {part} is missing in {}", language.tag()),
            Self::BadText(part) => return write!(f, "its {part} is too long or holds control characters"),
            Self::NotAStruct => "the settings are not a struct with named fields",
            Self::TooManyFields => "it has more than 64 fields",
            Self::BadName => "a field's name is not 1 to 64 letters, digits and underscores after a letter",
            Self::NameTwice => "another field has the same name",
            Self::UnknownKind => "its type or format is none that a form has",
            Self::UnseenDefault => {
                "its default cannot be seen: implement `Serialize` for its type or make it an `Option`"
            }
            Self::BadDefault => "its default is no value that it takes",
            Self::BadBounds => "its bounds contradict each other or exceed what a form may allow",
            Self::BadOptions => "it needs 1 to 64 distinct options with values of 1 to 64 characters",
            Self::BadPattern => "its pattern is too long or no portable regular expression without look-around",
            Self::BadRole => "its role does not fit its type",
            Self::RoleTwice => "another field has this role already",
            Self::BadCondition => "its condition names no boolean or choice that is always shown, or no value of it",
            Self::MustBeOptional => "it is not always there: make it an `Option` or give it a `#[serde(default)]`",
            Self::BadSchema => "its JSON Schema does not compile",
        })
    }
}

/// Everything about a form that can be told without compiling its patterns.
pub(crate) fn examine(fields: &[Field]) -> Result<(), FormError> {
    use FormErrorReason as Reason;
    if fields.len() > MAX_FIELDS {
        return Err(FormError::form(Reason::TooManyFields));
    }
    let mut names = BTreeSet::new();
    for field in fields {
        if !is_name(&field.name) {
            return Err(FormError::form(Reason::BadName));
        }
        let fault = |reason| FormError::field(&field.name, reason);
        if !names.insert(field.name.as_str()) {
            return Err(fault(Reason::NameTwice));
        }
        texts(field).and_then(|()| kind(&field.kind)).map_err(fault)?;
        if field.default.as_ref().is_some_and(|default| !takes(&field.kind, default)) {
            return Err(fault(Reason::BadDefault));
        }
        role(field, fields).map_err(fault)?;
        if !field.when.iter().chain(field.needed_when.iter().flatten()).all(|when| can_hold(when, fields)) {
            return Err(fault(Reason::BadCondition));
        }
        let may_be_needed = !field.required && !field.is_copyable() && field.when.is_none();
        if !field.needed_when.is_empty() && !may_be_needed {
            return Err(fault(Reason::BadCondition));
        }
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    name.len() <= MAX_NAME
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn texts(field: &Field) -> Result<(), FormErrorReason> {
    text("title", &field.title, Field::MAX_TITLE)?;
    field.description.as_ref().map_or(Ok(()), |help| text("description", help, Field::MAX_DESCRIPTION))?;
    field.placeholder.as_ref().map_or(Ok(()), |example| text("placeholder", example, Field::MAX_TITLE))
}

fn text(part: &str, text: &Text, max: usize) -> Result<(), FormErrorReason> {
    for (language, words) in [(Language::En, &text.en), (Language::ZhCn, &text.zh_cn)] {
        if words.trim().is_empty() {
            return Err(FormErrorReason::MissingText(part.to_owned(), language));
        }
        if words.chars().count() > max || words.chars().any(|c| c.is_control() && c != '\n') {
            return Err(FormErrorReason::BadText(part.to_owned()));
        }
    }
    Ok(())
}

fn kind(kind: &Kind) -> Result<(), FormErrorReason> {
    match kind {
        Kind::Text(rules) | Kind::Url(rules) | Kind::Secret(rules) => text_rules(rules),
        Kind::Integer { min, max } if min > max => Err(FormErrorReason::BadBounds),
        Kind::Choice { options } => choice(options),
        Kind::Integer { .. } | Kind::Boolean | Kind::Copyable => Ok(()),
    }
}

fn text_rules(rules: &TextRules) -> Result<(), FormErrorReason> {
    let possible = 1..=TextRules::LENGTH_LIMIT;
    if !possible.contains(&rules.max_length) || rules.min_length > rules.max_length {
        return Err(FormErrorReason::BadBounds);
    }
    match &rules.pattern {
        Some(pattern) if pattern.len() > MAX_PATTERN || !has_portable_escapes(pattern) => {
            Err(FormErrorReason::BadPattern)
        }
        _ => Ok(()),
    }
}

fn choice(options: &[ChoiceOption]) -> Result<(), FormErrorReason> {
    let values: BTreeSet<_> = options.iter().map(|option| option.value.as_str()).collect();
    let usable = |value: &&str| value.trim() == *value && (1..=MAX_NAME).contains(&value.chars().count());
    if options.is_empty() || options.len() > MAX_OPTIONS || values.len() < options.len() || !values.iter().all(usable) {
        return Err(FormErrorReason::BadOptions);
    }
    options.iter().try_for_each(|option| text("option label", &option.label, Field::MAX_TITLE))
}

/// Whether a field of `kind` takes `value`, its pattern apart.
fn takes(kind: &Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Text(rules) | Kind::Url(rules), Value::String(text)) => {
            let length = text.chars().count();
            (rules.min_length.max(1) as usize..=rules.max_length as usize).contains(&length) && text.trim() == text
        }
        (Kind::Boolean, Value::Bool(_)) => true,
        (Kind::Integer { min, max }, Value::Number(number)) => {
            number.as_i64().is_some_and(|number| (*min..=*max).contains(&number))
        }
        (Kind::Choice { options }, Value::String(value)) => options.iter().any(|option| option.value == *value),
        _ => false,
    }
}

fn role(field: &Field, fields: &[Field]) -> Result<(), FormErrorReason> {
    let fits = match field.role {
        Some(Role::SignUp | Role::Client | Role::Embed) => field.kind == Kind::Boolean,
        Some(Role::RedirectUrl) => field.is_copyable() && !field.required && field.when.is_none(),
        Some(Role::ClientUrl) => field.is_copyable() && !field.required,
        Some(Role::Upstream) => matches!(field.kind, Kind::Url(_)),
        Some(Role::Landing) => matches!(field.kind, Kind::Text(_)),
        Some(Role::Policy) => !field.is_secret() && !field.is_copyable() && !matches!(field.kind, Kind::Url(_)),
        Some(Role::Unknown) => !field.is_copyable(),
        // Nobody would fill it.
        None => !field.is_copyable(),
    };
    if !fits {
        return Err(FormErrorReason::BadRole);
    }
    let is_unique = field.role.is_some_and(Role::is_unique);
    let mut earlier = fields.iter().take_while(|other| other.name != field.name);
    if is_unique && earlier.any(|other| other.role == field.role) {
        return Err(FormErrorReason::RoleTwice);
    }
    Ok(())
}

/// Whether the condition names a boolean or a choice that is always shown and can have the value.
fn can_hold(when: &When, fields: &[Field]) -> bool {
    let decider = fields.iter().find(|field| field.name == when.field);
    decider.is_some_and(|field| {
        let decides = matches!(field.kind, Kind::Boolean | Kind::Choice { .. });
        decides && field.when.is_none() && takes(&field.kind, &when.equals)
    })
}
