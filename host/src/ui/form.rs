//! Forms: fields as plain data, and how each kind of field is drawn.
//!
//! Every field is a label, a control, a help text and a fault, tied together for screen readers. Whether the values
//! are acceptable is decided on the server alone; the browser's own checks are off, because their words would be in
//! the browser's language and not in the page's.

use maud::{Markup, html};

use super::components::{Tone, alert};
use super::i18n::Words;

mod conditions;
mod controls;
mod schema;

pub use schema::Filling;

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    /// Name under which the value is posted.
    pub name: String,
    /// What kind of control it is.
    pub kind: FieldKind,
    /// What stands above it.
    pub label: String,
    /// What stands below it; Markdown.
    pub help: String,
    /// An example inside the empty control.
    pub placeholder: String,
    /// Whether a value is needed.
    pub required: bool,
    /// The value; `true` or `false` for a boolean. Never the value of a secret.
    pub value: String,
    /// What is wrong with the value, in the page's language.
    pub fault: Option<String>,
    /// When the field matters; `None` is always.
    pub when: Option<When>,
    /// When a value is needed although the field is optional, in words.
    pub needed: Option<String>,
    /// What the link that is to be copied is made of, if it is one that changes with another field.
    pub link: Option<Link>,
}

/// A link that ends with what another field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Name under which the other field is posted; its value is the link's `redirect` parameter.
    pub landing: String,
    /// What the query ends with, as it is.
    pub query: String,
}

/// A condition: another field has a certain value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// Name under which the other field is posted.
    pub field: String,
    /// The value it must have.
    pub value: String,
    /// The condition in words, for people whose browser runs no scripts.
    pub note: String,
}

/// What kind of control a field is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text, with a limit on its characters.
    Text(Option<u32>),
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A password that is already there, for password managers.
    Password,
    /// A password that is being chosen, for password managers.
    NewPassword,
    /// A secret; whether one is stored. An empty one keeps it.
    Secret(bool),
    /// On or off.
    Boolean,
    /// A whole number.
    Integer,
    /// One out of several.
    Choice(Vec<ChoiceOption>),
    /// Nothing to enter: a text to be copied.
    Copy,
}

/// One of the values on offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// The value.
    pub value: String,
    /// What it is called, in the page's language.
    pub label: String,
}

impl FieldView {
    /// An empty field that is not required.
    pub fn new(name: &str, kind: FieldKind, label: String) -> Self {
        Self {
            name: name.into(),
            kind,
            label,
            help: String::new(),
            placeholder: String::new(),
            required: false,
            value: String::new(),
            fault: None,
            when: None,
            needed: None,
            link: None,
        }
    }

    /// With a value.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// With a help text.
    #[must_use]
    pub fn help(mut self, help: String) -> Self {
        self.help = help;
        self
    }

    /// Required.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With a fault, if there is one.
    #[must_use]
    pub fn fault(mut self, fault: Option<String>) -> Self {
        self.fault = fault;
        self
    }

    /// The id of the control on the page.
    pub fn id(&self) -> String {
        format!("f-{}", self.name.replace('.', "-"))
    }

    /// The ids of condition, help and fault, for `aria-describedby`.
    fn described_by(&self) -> Option<String> {
        let id = self.id();
        let needed = self.needed.is_some().then(|| format!("{id}-needed"));
        let help = (!self.help.is_empty()).then(|| format!("{id}-help"));
        let fault = self.fault.is_some().then(|| format!("{id}-fault"));
        let ids: Vec<String> = needed.into_iter().chain(help).chain(fault).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// What is wrong with a form, on top of it, with links to the fields; nothing if nothing is wrong.
pub fn fault_summary<'a>(words: Words, fields: impl IntoIterator<Item = &'a FieldView>) -> Markup {
    let wrong: Vec<_> = fields.into_iter().filter_map(|field| Some((field, field.fault.as_ref()?))).collect();
    if wrong.is_empty() {
        return html! {};
    }
    let list = html! {
        p { strong { (words.t("not-saved")) } }
        ul {
            @for (field, fault) in wrong { li { a href={ "#" (field.id()) } { (field.label) } " – " (fault) } }
        }
    };
    alert(Tone::Bad, &list)
}
