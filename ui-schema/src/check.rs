//! Checks values against a form. The only module that knows the `jsonschema` crate.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind as Kinds;
use jsonschema::paths::LocationSegment;
use jsonschema::{PatternOptions, ValidationError, Validator};
use serde_json::{Map, Value};
use url::Url;

use crate::{FaultKind, Field, FieldFault, Form, FormError, FormErrorReason as Reason, Kind, Language, schema};

/// The compiled size of one pattern, in bytes. A page of ordinary character classes takes a tenth of it.
const PATTERN_BYTES: usize = 256 * 1024;
/// How much of an unknown field's name is repeated, in characters.
const NAME_ECHO: usize = 64;

/// A form together with its compiled checks. Compiling costs far more than checking: keep one per form.
#[derive(Clone, Debug)]
pub struct Checker {
    form: Form,
    validator: Validator,
}

impl Checker {
    /// Compiles the checks of `form`.
    ///
    /// # Errors
    /// Those of [`Form::validate_definition`]; a `Checker` is proof that the form has been through it.
    pub fn new(form: Form) -> Result<Self, FormError> {
        form.examine()?;
        let validator = compile(&form)?;
        Ok(Self { form, validator })
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Everything that is wrong with `data` as it would be stored, that is after [`Form::prepare`]: at most one fault
    /// per field, in the order of the form, then the fields that the form does not know.
    ///
    /// The secrets named in `stored_secrets` have a stored value, so they may be absent.
    pub fn check(&self, data: &Value, stored_secrets: &BTreeSet<String>) -> Vec<FieldFault> {
        let data = self.form.prepare(data.clone());
        let errors = self.validator.iter_errors(&data).flat_map(|error| self.faults(&error));
        let found: Vec<FieldFault> = errors.chain(self.control_characters(&data)).collect();
        let is_about = |fault: &FieldFault, field: &Field| fault.field.as_deref() == Some(field.name.as_str());
        let known = self.form.fields().iter().filter_map(|field| {
            let about = found.iter().filter(|fault| is_about(fault, field));
            let first = about.min_by(|one, other| one.kind.cmp(&other.kind))?;
            let is_kept = field.is_secret() && stored_secrets.contains(&field.name);
            (first.kind != FaultKind::Required || !is_kept).then(|| first.clone())
        });
        let is_known = |fault: &FieldFault| fault.field.as_deref().is_some_and(|name| self.form.field(name).is_some());
        known.chain(found.iter().filter(|fault| !is_known(fault)).cloned()).collect()
    }

    /// A field is one line. Left to a pattern, each author would have to think of it.
    fn control_characters(&self, data: &Value) -> impl Iterator<Item = FieldFault> {
        let text = |field: &Field| data.get(&field.name).and_then(Value::as_str);
        let fields = self.form.fields().iter();
        let unfit = fields.filter(move |field| text(field).is_some_and(|text| text.contains(char::is_control)));
        unfit.map(|field| FieldFault { field: Some(field.name.clone()), kind: FaultKind::Pattern })
    }

    /// What one error of the validator says about fields.
    fn faults(&self, error: &ValidationError<'_>) -> Vec<FieldFault> {
        let fault = |name: &str, kind| FieldFault { field: Some(name.to_owned()), kind };
        match error.kind() {
            Kinds::Required { property } => {
                property.as_str().map(|name| fault(name, FaultKind::Required)).into_iter().collect()
            }
            Kinds::UnevaluatedProperties { unexpected } => {
                // A known field counts as unevaluated when its branch fails; then its own error is there as well.
                let unknown = unexpected.iter().filter(|name| self.form.field(name).is_none());
                let echo = |name: &String| name.chars().take(NAME_ECHO).collect::<String>();
                unknown.map(|name| fault(&echo(name), FaultKind::UnknownField)).collect()
            }
            kind => match error.instance_path().iter().next() {
                Some(LocationSegment::Property(name)) => {
                    self.form.field(&name).map(|field| fault(&name, value_fault(field, kind))).into_iter().collect()
                }
                _ => vec![FieldFault { field: None, kind: FaultKind::NotAnObject }],
            },
        }
    }
}

impl Form {
    /// [`Checker::check`] for a single use. A form that does not compile accepts nothing:
    /// [`FaultKind::BrokenForm`].
    pub fn check(&self, data: &Value, stored_secrets: &BTreeSet<String>) -> Vec<FieldFault> {
        match Checker::new(self.clone()) {
            Ok(checker) => checker.check(data, stored_secrets),
            Err(_) => vec![FieldFault { field: None, kind: FaultKind::BrokenForm }],
        }
    }
}

/// The validator of `form`, which was examined before.
pub(crate) fn compile(form: &Form) -> Result<Validator, FormError> {
    for field in form.fields() {
        let rules = build(rules(field).into()).ok_or_else(|| FormError::field(&field.name, Reason::BadPattern))?;
        if field.default.as_ref().is_some_and(|default| !rules.is_valid(default)) {
            return Err(FormError::field(&field.name, Reason::BadDefault));
        }
    }
    let entered = form.fields().iter().filter(|field| !field.is_copyable());
    let fields = entered.map(|field| (field, rules(field).into(), true));
    let mut strict = schema::object(fields);
    strict.insert("$schema".to_owned(), schema::DIALECT.into());
    // Unlike `additionalProperties`, this sees the fields inside `then`.
    strict.insert("unevaluatedProperties".to_owned(), false.into());
    build(strict.into()).ok_or(FormError::form(Reason::BadSchema))
}

fn rules(field: &Field) -> Map<String, Value> {
    schema::rules(&field.kind, Language::En)
}

fn build(schema: Value) -> Option<Validator> {
    // The `regex` engine runs in linear time, whatever pattern a plug-in brings.
    let patterns = PatternOptions::regex().size_limit(PATTERN_BYTES).dfa_size_limit(PATTERN_BYTES);
    let options = jsonschema::options().offline().with_pattern_options(patterns);
    options.should_validate_formats(true).with_format("uri", is_base_address).build(&schema).ok()
}

/// What an error inside the value of `field` means there.
fn value_fault(field: &Field, kind: &Kinds) -> FaultKind {
    match (&field.kind, kind) {
        (Kind::Boolean, _) => FaultKind::NotABoolean,
        (Kind::Choice { .. }, _) => FaultKind::NotOneOf,
        (Kind::Integer { min, max }, Kinds::Minimum { .. } | Kinds::Maximum { .. }) => {
            FaultKind::OutOfRange { min: *min, max: *max }
        }
        (Kind::Integer { .. }, _) => FaultKind::NotAnInteger,
        (Kind::Text(rules) | Kind::Url(rules) | Kind::Secret(rules), Kinds::MinLength { .. }) => {
            FaultKind::TooShort { min: rules.min_length }
        }
        (Kind::Text(rules) | Kind::Url(rules) | Kind::Secret(rules), Kinds::MaxLength { .. }) => {
            FaultKind::TooLong { max: rules.max_length }
        }
        (_, Kinds::Type { .. }) => FaultKind::NotText,
        (_, Kinds::Format { .. }) => FaultKind::NotAUrl,
        _ => FaultKind::Pattern,
    }
}

/// Whether `text` is the base address of a server: absolute, `http` or `https`, and without user name, query and
/// fragment, which a path that is appended would end up behind.
///
/// The parser is the one of the HTTP client, so both see the same host. It forgives what RFC 3986 does not (missing
/// slashes, backslashes, tabs, non-ASCII letters); that is refused here.
fn is_base_address(text: &str) -> bool {
    let scheme = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let literal = text.chars().all(|c| c.is_ascii_graphic() && !r#"\^`{|}<>"?#@"#.contains(c));
    let absolute = scheme("https://") || scheme("http://");
    let third_slash = ["https:///", "http:///"].into_iter().any(scheme);
    literal && absolute && !third_slash && Url::parse(text).is_ok_and(|url| url.has_host())
}
