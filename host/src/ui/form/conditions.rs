//! When an optional field of a plug-in's form needs a value all the same, in words.

use serde_json::Value;
use ui_schema::{Field, Form, Kind, Language, When};

use crate::ui::i18n::Words;

/// "Required if …", for a field with such conditions.
pub(super) fn in_words(form: &Form, field: &Field, language: Language) -> Option<String> {
    if field.needed_when.is_empty() {
        return None;
    }
    let words = Words::new(language);
    let all_of = |conditions: &Vec<When>| {
        let each: Vec<String> = conditions.iter().map(|when| condition(form, when, words)).collect();
        each.join(&words.t("needed-and"))
    };
    let alternatives: Vec<String> = field.needed_when.iter().map(all_of).collect();
    let when = alternatives.join(&words.t("needed-or"));
    Some(words.with("needed-when", &[("when", when.into())]))
}

/// `“Members only” is “Always”`, or `“Sign up” is on`.
fn condition(form: &Form, when: &When, words: Words) -> String {
    let decider = form.field(&when.field);
    let title = decider.map_or(when.field.as_str(), |field| field.title.get(words.language())).to_owned();
    match &when.equals {
        Value::Bool(true) => words.with("needed-on", &[("field", title.into())]),
        Value::Bool(false) => words.with("needed-off", &[("field", title.into())]),
        other => {
            let value = label(decider, other.as_str().unwrap_or_default(), words.language());
            words.with("needed-is", &[("field", title.into()), ("value", value.into())])
        }
    }
}

/// What the option with this value is called.
fn label(decider: Option<&Field>, value: &str, language: Language) -> String {
    let options = match decider.map(|field| &field.kind) {
        Some(Kind::Choice { options }) => options.as_slice(),
        _ => &[],
    };
    let option = options.iter().find(|option| option.value == value);
    option.map_or(value, |option| option.label.get(language)).to_owned()
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use ui_schema::schemars;

    use super::*;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only the form is wanted")]
    struct Settings {
        #[serde(default)]
        #[schemars(title = "Sign up", extend("x-zh-CN" = {"title": "自动注册"}))]
        sign_up: bool,
        #[serde(default)]
        #[schemars(title = "Members only", extend("x-zh-CN" = {"title": "仅限成员"}))]
        members: Members,
        #[serde(default)]
        #[schemars(
            title = "Organisation",
            extend(
                "x-needed-when" = [{"members": "always"}, {"members": "auto", "sign_up": true}],
                "x-zh-CN" = {"title": "组织"},
            ),
        )]
        organisation: Option<String>,
    }

    #[derive(Default, serde::Serialize, JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    enum Members {
        #[default]
        #[schemars(title = "Automatic", extend("x-zh-CN" = {"title": "自动"}))]
        Auto,
        #[schemars(title = "Always", extend("x-zh-CN" = {"title": "总是"}))]
        #[expect(dead_code, reason = "only the form is wanted")]
        Always,
    }

    #[test]
    fn conditions_are_told_in_both_languages() {
        let form = Form::of::<Settings>();
        assert_eq!(form.validate_definition(), Ok(()));
        let told = |language| in_words(&form, form.field("organisation").unwrap(), language).unwrap();
        assert_eq!(
            told(Language::En),
            "Required if “Members only” is “Always”, or if “Members only” is “Automatic” and “Sign up” is on."
        );
        assert_eq!(told(Language::ZhCn), "必填条件：“仅限成员”为“总是”；或“仅限成员”为“自动”且“自动注册”已开启。");
        assert_eq!(in_words(&form, form.field("sign_up").unwrap(), Language::En), None);
    }
}
