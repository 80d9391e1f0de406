//! How each kind of field is drawn.

use maud::{Markup, html};

use super::{ChoiceOption, FieldKind, FieldView};
use crate::ui::components::copy_field;
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;
use crate::ui::markdown;

impl FieldView {
    /// The field.
    pub fn markup(&self, words: Words) -> Markup {
        let when = self.when.as_ref();
        html! {
            div.field data-when=[when.map(|when| &when.field)] data-when-value=[when.map(|when| &when.value)] {
                @match self.kind {
                    FieldKind::Boolean => (self.checkbox()),
                    FieldKind::Copy => {
                        span.label { (self.label) }
                        (self.copy(words))
                        (self.help_text())
                    }
                    _ => {
                        label for=(self.id()) { (self.label) (self.mark(words)) }
                        (self.control(words))
                        (self.needed_text())
                        (self.help_text())
                    }
                }
                (self.fault_text())
                @if let Some(when) = when {
                    noscript { p.help { (words.with("only-when", &[("condition", when.note.clone().into())])) } }
                }
            }
        }
    }

    /// The script keeps a link in step with the field that it ends with.
    fn copy(&self, words: Words) -> Markup {
        let copy = copy_field(words, &self.id(), &self.value);
        html! {
            @match &self.link {
                Some(link) => span data-landing=(link.landing) data-query=(link.query) { (copy) },
                None => (copy),
            }
        }
    }

    fn needed_text(&self) -> Markup {
        html! {
            @if let Some(needed) = &self.needed { p.help.needed id={ (self.id()) "-needed" } { (needed) } }
        }
    }

    fn mark(&self, words: Words) -> Markup {
        html! {
            @if self.required { span.required title=(words.t("required")) aria-hidden="true" { " *" } }
        }
    }

    fn help_text(&self) -> Markup {
        html! {
            @if !self.help.is_empty() {
                div.help id={ (self.id()) "-help" } { (markdown::render(&self.help)) }
            }
        }
    }

    fn fault_text(&self) -> Markup {
        html! {
            @if let Some(fault) = &self.fault { p.fault id={ (self.id()) "-fault" } { (fault) } }
        }
    }

    fn checkbox(&self) -> Markup {
        html! {
            div.check {
                input id=(self.id()) type="checkbox" name=(self.name) value="true" checked[self.value == "true"]
                    aria-describedby=[self.described_by()];
                div { label for=(self.id()) { (self.label) } (self.help_text()) }
            }
        }
    }

    fn control(&self, words: Words) -> Markup {
        match &self.kind {
            FieldKind::Choice(options) => self.select(words, options),
            FieldKind::Secret(stored) => self.secret(words, *stored),
            FieldKind::Password => self.revealable(words, "current-password", &self.placeholder),
            FieldKind::NewPassword => self.revealable(words, "new-password", &self.placeholder),
            _ => self.input(),
        }
    }

    fn input(&self) -> Markup {
        let (kind, mode) = match self.kind {
            FieldKind::Url => ("url", Some("url")),
            FieldKind::Email => ("email", Some("email")),
            FieldKind::Phone => ("tel", Some("tel")),
            FieldKind::Integer => ("text", Some("numeric")),
            _ => ("text", None),
        };
        let limit = if let FieldKind::Text(limit) = self.kind { limit } else { None };
        html! {
            input id=(self.id()) type=(kind) name=(self.name) value=(self.value) inputmode=[mode] maxlength=[limit]
                placeholder=[(!self.placeholder.is_empty()).then_some(&self.placeholder)] autocomplete="off"
                autocapitalize="none" spellcheck="false" aria-required=[self.required.then_some("true")]
                aria-invalid=[self.fault.is_some().then_some("true")] aria-describedby=[self.described_by()];
        }
    }

    fn select(&self, words: Words, options: &[ChoiceOption]) -> Markup {
        let known = options.iter().any(|option| option.value == self.value);
        html! {
            span.select {
                select id=(self.id()) name=(self.name) aria-required=[self.required.then_some("true")]
                    aria-invalid=[self.fault.is_some().then_some("true")] aria-describedby=[self.described_by()] {
                    @if !known { option value="" selected { (words.t("choose")) } }
                    @for option in options {
                        option value=(option.value) selected[option.value == self.value] { (option.label) }
                    }
                }
                (Icon::Down.markup())
            }
        }
    }

    fn secret(&self, words: Words, stored: bool) -> Markup {
        let placeholder = if stored { words.t("secret-stored") } else { self.placeholder.clone() };
        self.revealable(words, "off", &placeholder)
    }

    /// A control whose characters are dots; the script brings a button that shows them.
    fn revealable(&self, words: Words, autocomplete: &str, placeholder: &str) -> Markup {
        html! {
            span.reveal {
                input id=(self.id()) type="password" name=(self.name) autocomplete=(autocomplete)
                    placeholder=[(!placeholder.is_empty()).then_some(placeholder)] autocapitalize="none"
                    spellcheck="false" aria-required=[self.required.then_some("true")]
                    aria-invalid=[self.fault.is_some().then_some("true")] aria-describedby=[self.described_by()];
                button type="button" data-reveal=(self.id()) aria-pressed="false" aria-label=(words.t("reveal"))
                    title=(words.t("reveal")) hidden { (Icon::Eye.markup()) }
            }
        }
    }
}
