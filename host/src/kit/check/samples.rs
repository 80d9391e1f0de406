//! Settings that fit a form, for calls that never leave the machine.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use ui_schema::{Checker, Field, Form, Kind, TextRules};

/// Two sets of settings of one form, as different as can be told.
pub(super) struct Samples {
    pub(super) settings: Value,
    pub(super) other: Value,
    /// Names of the fields of `settings` that no value fits.
    pub(super) unfilled: Vec<String>,
}

/// Which of the two sets.
#[derive(Clone, Copy)]
enum Set {
    First,
    Second,
}

/// Samples for `form`; what is `given` goes over what is guessed.
pub(super) fn of(form: &Form, given: Option<&Value>) -> Samples {
    let Ok(checker) = Checker::new(form.clone()) else {
        // The list says what is wrong with the form.
        let nothing = Value::Object(Map::new());
        return Samples { settings: nothing.clone(), other: nothing, unfilled: Vec::new() };
    };
    let given = given.and_then(Value::as_object).cloned().unwrap_or_default();
    // What is ticked or chosen decides which fields there are, so both have that.
    let decides = |name: &String| form.field(name).is_some_and(|field| is_decision(&field.kind));
    let decided = given.clone().into_iter().filter(|(name, _)| decides(name)).collect();
    let settings = filled(&checker, given, Set::First);
    let other = filled(&checker, decided, Set::Second);
    let faults = checker.check(&settings, &BTreeSet::new());
    Samples { settings, other, unfilled: faults.into_iter().filter_map(|fault| fault.field).collect() }
}

fn is_decision(kind: &Kind) -> bool {
    matches!(kind, Kind::Boolean | Kind::Choice { .. })
}

fn filled(checker: &Checker, given: Map<String, Value>, set: Set) -> Value {
    let form = checker.form();
    let mut data = given;
    for field in form.fields().iter().filter(|field| !field.is_copyable() && field.default.is_none()) {
        if data.contains_key(&field.name) || !form.is_shown(field, &Value::Object(data.clone())) {
            continue;
        }
        let fits = |value: &Value| {
            let mut data = data.clone();
            data.insert(field.name.clone(), value.clone());
            let faults = checker.check(&Value::Object(data), &BTreeSet::new());
            faults.iter().all(|fault| fault.field.as_deref() != Some(field.name.as_str()))
        };
        if let Some(value) = candidates(field, set).into_iter().find(fits) {
            data.insert(field.name.clone(), value);
        }
    }
    form.prepare(Value::Object(data))
}

fn candidates(field: &Field, set: Set) -> Vec<Value> {
    match &field.kind {
        Kind::Text(rules) => texts(rules, set),
        Kind::Url(_) => vec![pick(set, "https://one.id.example", "https://two.id.example").into()],
        Kind::Secret(rules) => {
            let secret = pick(set, "sample-secret-one-4d1f", "sample-secret-two-9b7c");
            std::iter::once(secret.into()).chain(texts(rules, set)).collect()
        }
        Kind::Boolean => vec![false.into()],
        Kind::Integer { min, max } => vec![(*pick(set, min, max)).into()],
        Kind::Choice { options } => options.first().map(|option| option.value.clone().into()).into_iter().collect(),
        Kind::Copyable => Vec::new(),
    }
}

/// What patterns usually ask for. Whatever else one asks for has to be given.
fn texts(rules: &TextRules, set: Set) -> Vec<Value> {
    let words = pick(
        set,
        ["sample-one", "sample1", "1234567890", "1", "/sample", "sample@id.example", "one.id.example", "SAMPLE"],
        ["sample-two", "sample2", "2345678901", "2", "/other", "other@id.example", "two.id.example", "OTHER"],
    );
    let letter = pick(set, "a", "b");
    let exact = [rules.min_length.max(1), rules.max_length].map(|length| letter.repeat(length as usize).into());
    words.into_iter().map(Value::from).chain(exact).collect()
}

fn pick<T>(set: Set, first: T, second: T) -> T {
    match set {
        Set::First => first,
        Set::Second => second,
    }
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde_json::json;
    use ui_schema::schemars;

    use super::*;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only the form is wanted")]
    struct Settings {
        #[schemars(title = "Key", length(min = 16, max = 20), extend("x-zh-CN" = {"title": "键"}))]
        key: String,
        #[schemars(title = "Number", regex(pattern = "^[0-9]+$"), extend("x-zh-CN" = {"title": "号码"}))]
        number: String,
        #[schemars(title = "Odd", regex(pattern = "^ding:[a-z]$"), extend("x-zh-CN" = {"title": "特殊"}))]
        odd: String,
        #[schemars(title = "Server", extend("format" = "uri", "x-role" = "upstream", "x-zh-CN" = {"title": "服务器"}))]
        server: String,
        #[schemars(title = "Secret", extend("writeOnly" = true, "x-zh-CN" = {"title": "密钥"}))]
        secret: String,
    }

    #[test]
    fn what_can_be_guessed_is_guessed_and_the_rest_is_named() {
        let samples = of(&Form::of::<Settings>(), None);
        assert_eq!(samples.unfilled, ["odd"]);
        for name in ["key", "number", "server", "secret"] {
            assert_ne!(samples.settings[name], samples.other[name], "{name}");
            assert!(samples.settings[name].is_string(), "{name}");
        }
    }

    #[test]
    fn what_is_given_counts() {
        let samples = of(&Form::of::<Settings>(), Some(&json!({ "odd": "ding:a", "number": "7" })));
        assert!(samples.unfilled.is_empty());
        assert_eq!((&samples.settings["odd"], &samples.settings["number"]), (&json!("ding:a"), &json!("7")));
    }
}
