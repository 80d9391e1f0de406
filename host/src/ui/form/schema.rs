//! From a plug-in's form to fields on a page.

use std::collections::BTreeSet;

use serde_json::Value;
use ui_schema::{FieldFault, Form, Kind, Language, Role};

use super::{ChoiceOption, FieldKind, FieldView, Link, When, conditions};

/// What a plug-in's form is filled with.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    /// The language of the page.
    pub language: Language,
    /// What comes before the name of each field in the HTML form.
    pub prefix: &'a str,
    /// The values: a JSON object. Secrets in it are not shown.
    pub data: &'a Value,
    /// The authenticator's Redirect URL, for the field that shows it.
    pub redirect_url: &'a str,
    /// The link for the provider's own client, for the field that shows it.
    pub client_url: &'a str,
    /// What the query of that link ends with.
    pub link_query: &'a str,
    /// Names of the secrets that are stored.
    pub stored: &'a BTreeSet<String>,
    /// What is wrong with the values.
    pub faults: &'a [FieldFault],
    /// What the host itself has to say against values: name of the field, and a sentence in the page's language.
    pub said: &'a [(String, String)],
}

impl Filling<'_> {
    /// The fields of `form`, filled.
    pub fn fields(&self, form: &Form) -> Vec<FieldView> {
        form.fields().iter().map(|field| self.field(form, field)).collect()
    }

    /// What is wrong with the values as a whole, or with fields that the form does not have.
    pub fn other_faults(&self, form: &Form) -> Vec<String> {
        let known = |fault: &&FieldFault| fault.field.as_ref().is_some_and(|name| form.field(name).is_some());
        self.faults.iter().filter(|fault| !known(fault)).map(|fault| fault.text(self.language)).collect()
    }

    fn field(&self, form: &Form, field: &ui_schema::Field) -> FieldView {
        let text = |text: &Option<ui_schema::Text>| {
            text.as_ref().map(|text| text.get(self.language).to_owned()).unwrap_or_default()
        };
        let kind = self.kind(field);
        FieldView {
            name: format!("{}{}", self.prefix, field.name),
            label: field.title.get(self.language).to_owned(),
            help: text(&field.description),
            placeholder: text(&field.placeholder),
            required: field.required && !matches!(kind, FieldKind::Secret(true) | FieldKind::Boolean),
            value: self.value(field),
            fault: self.fault(field),
            needed: conditions::in_words(form, field, self.language),
            link: (field.role == Some(Role::ClientUrl)).then(|| self.link(form)).flatten(),
            when: field.when.as_ref().map(|when| self.when(form, when)),
            kind,
        }
    }

    fn fault(&self, field: &ui_schema::Field) -> Option<String> {
        let checked = self.faults.iter().find(|fault| fault.field.as_deref() == Some(field.name.as_str()));
        let said = || self.said.iter().find(|(name, _)| *name == field.name).map(|(_, sentence)| sentence.clone());
        checked.map(|fault| fault.text(self.language)).or_else(said)
    }

    fn link(&self, form: &Form) -> Option<Link> {
        let landing = form.fields().iter().find(|field| field.role == Some(Role::Landing))?;
        Some(Link { landing: format!("{}{}", self.prefix, landing.name), query: self.link_query.to_owned() })
    }

    fn when(&self, form: &Form, when: &ui_schema::When) -> When {
        let value = written(&when.equals);
        let decider = form.field(&when.field);
        let title = decider.map(|field| field.title.get(self.language)).unwrap_or_default();
        let options = decider.map_or(&[][..], |field| match &field.kind {
            Kind::Choice { options } => options,
            _ => &[],
        });
        let option = options.iter().find(|option| option.value == value);
        let note = match option {
            Some(option) => format!("{title}: {}", option.label.get(self.language)),
            None => title.to_owned(),
        };
        When { field: format!("{}{}", self.prefix, when.field), value, note }
    }

    fn kind(&self, field: &ui_schema::Field) -> FieldKind {
        match &field.kind {
            Kind::Text(rules) => FieldKind::Text(Some(rules.max_length)),
            Kind::Url(_) => FieldKind::Url,
            Kind::Secret(_) => FieldKind::Secret(self.stored.contains(&field.name)),
            Kind::Boolean => FieldKind::Boolean,
            Kind::Integer { .. } => FieldKind::Integer,
            Kind::Choice { options } => FieldKind::Choice(options.iter().map(|option| self.option(option)).collect()),
            Kind::Copyable => FieldKind::Copy,
        }
    }

    fn option(&self, option: &ui_schema::ChoiceOption) -> ChoiceOption {
        ChoiceOption { value: option.value.clone(), label: option.label.get(self.language).to_owned() }
    }

    fn value(&self, field: &ui_schema::Field) -> String {
        if field.is_secret() {
            String::new()
        } else if field.role == Some(Role::RedirectUrl) {
            self.redirect_url.to_owned()
        } else if field.role == Some(Role::ClientUrl) {
            self.client_url.to_owned()
        } else {
            self.data.get(&field.name).or(field.default.as_ref()).map(written).unwrap_or_default()
        }
    }
}

/// A JSON value as an HTML form has it.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
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
        #[schemars(title = "Client ID", extend("x-zh-CN" = {"title": "客户端 ID"}))]
        client_id: String,
        #[schemars(title = "Secret", extend("writeOnly" = true, "x-zh-CN" = {"title": "密钥"}))]
        secret: String,
        #[schemars(title = "Redirect URL", extend("x-role" = "redirect-url", "x-zh-CN" = {"title": "回调地址"}))]
        redirect_url: Option<String>,
    }

    #[test]
    fn a_plugins_form_becomes_fields() {
        let form = Form::of::<Settings>();
        assert_eq!(form.validate_definition(), Ok(()));
        let filling = Filling {
            language: Language::ZhCn,
            prefix: "settings.",
            data: &json!({"client_id": "abc", "secret": "must-not-be-seen"}),
            redirect_url: "https://admin.example.com/signin/x/callback",
            client_url: "https://admin.example.com/signin/x/client?org=$ORG$",
            link_query: "org=$ORG$",
            stored: &["secret".to_owned()].into(),
            faults: &[FieldFault { field: Some("client_id".into()), kind: ui_schema::FaultKind::Pattern }],
            said: &[],
        };
        let fields = filling.fields(&form);
        assert_eq!(fields[0].name, "settings.client_id");
        assert_eq!((fields[0].label.as_str(), fields[0].value.as_str()), ("客户端 ID", "abc"));
        assert!(fields[0].required && fields[0].fault.is_some());
        assert_eq!((&fields[1].kind, fields[1].value.as_str()), (&FieldKind::Secret(true), ""));
        assert!(!fields[1].required);
        assert_eq!((&fields[2].kind, fields[2].value.as_str()), (&FieldKind::Copy, filling.redirect_url));
        assert!(filling.other_faults(&form).is_empty());
    }
}
