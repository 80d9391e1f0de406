//! The JSON Schema of a form: one set of rules that is both checked by the host and served to third-party renderers.
//!
//! Only keywords that mean the same in draft-07 and 2020-12 are served. Conditional fields are in `allOf`/`if`/`then`,
//! which standard renderers show and hide.

use serde_json::{Map, Value, json};

use crate::{Field, Kind, Language, TextRules, When};

/// The dialect that served schemas are written in (JSON Schema 2020-12, section 8.1.1).
pub(crate) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// An object with these fields, each given with its property's schema and whether a value has to be entered where the
/// field requires one.
pub(crate) fn object<'a>(fields: impl Iterator<Item = (&'a Field, Value, bool)>) -> Map<String, Value> {
    let mut always = Group::default();
    let mut conditional: Vec<(&When, Group)> = Vec::new();
    let mut demands = Vec::new();
    for (field, property, to_be_entered) in fields {
        let group = match &field.when {
            None => &mut always,
            Some(when) => group_of(&mut conditional, when),
        };
        group.properties.insert(field.name.clone(), property);
        if field.required && to_be_entered {
            group.required.push(field.name.as_str().into());
        }
        if to_be_entered {
            demands.extend(field.needed_when.iter().map(|conditions| demand(&field.name, conditions)));
        }
    }
    let mut schema = Map::from_iter([("type".to_owned(), "object".into())]);
    schema.append(&mut always.into_keywords());
    let branches: Vec<Value> =
        conditional.into_iter().map(|(when, group)| branch(when, group)).chain(demands).collect();
    if !branches.is_empty() {
        schema.insert("allOf".to_owned(), branches.into());
    }
    schema
}

/// While all `conditions` hold, the field `name` needs a value.
fn demand(name: &str, conditions: &[When]) -> Value {
    let holds = |when: &When| (when.field.clone(), json!({"const": when.equals}));
    let properties: Map<String, Value> = conditions.iter().map(holds).collect();
    let deciders: Vec<&str> = conditions.iter().map(|when| when.field.as_str()).collect();
    json!({"if": {"properties": properties, "required": deciders}, "then": {"required": [name]}})
}

/// The rules for one value, with the option labels of a choice in `language`.
pub(crate) fn rules(kind: &Kind, language: Language) -> Map<String, Value> {
    let rules = match kind {
        Kind::Text(rules) => return text(rules, &[]),
        Kind::Url(rules) => return text(rules, &[("format", "uri".into())]),
        Kind::Secret(rules) => return text(rules, &[("format", "password".into()), ("writeOnly", true.into())]),
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Integer { min, max } => json!({"type": "integer", "minimum": min, "maximum": max}),
        Kind::Choice { options } => {
            let option =
                |option: &crate::ChoiceOption| json!({"const": option.value, "title": option.label.get(language)});
            // The type stands beside `oneOf`, or renderers cannot tell a choice from a union of objects.
            json!({"type": "string", "oneOf": options.iter().map(option).collect::<Vec<_>>()})
        }
        Kind::Copyable => json!({"type": "string", "readOnly": true}),
    };
    keywords(rules)
}

/// The properties that share a condition.
#[derive(Default)]
struct Group {
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl Group {
    fn into_keywords(self) -> Map<String, Value> {
        let mut keywords = Map::from_iter([("properties".to_owned(), Value::Object(self.properties))]);
        // Draft 4, which some renderers still read, forbids an empty list.
        if !self.required.is_empty() {
            keywords.insert("required".to_owned(), self.required.into());
        }
        keywords
    }
}

fn group_of<'a, 'b>(groups: &'b mut Vec<(&'a When, Group)>, when: &'a When) -> &'b mut Group {
    let index = groups.iter().position(|(other, _)| *other == when).unwrap_or_else(|| {
        groups.push((when, Group::default()));
        groups.len() - 1
    });
    &mut groups[index].1
}

fn branch(when: &When, group: Group) -> Value {
    // Without `required`, the condition would hold for data that lacks the deciding field.
    let condition = json!({"properties": {&when.field: {"const": when.equals}}, "required": [when.field]});
    json!({"if": condition, "then": group.into_keywords()})
}

fn text(rules: &TextRules, more: &[(&str, Value)]) -> Map<String, Value> {
    let mut schema = keywords(json!({"type": "string", "maxLength": rules.max_length}));
    if rules.min_length > 0 {
        schema.insert("minLength".to_owned(), rules.min_length.into());
    }
    if let Some(pattern) = &rules.pattern {
        schema.insert("pattern".to_owned(), pattern.as_str().into());
    }
    schema.extend(more.iter().map(|(keyword, value)| ((*keyword).to_owned(), value.clone())));
    schema
}

fn keywords(schema: Value) -> Map<String, Value> {
    match schema {
        Value::Object(keywords) => keywords,
        _ => Map::new(),
    }
}
