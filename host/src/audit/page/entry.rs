//! One entry as a row of the table.

use maud::{Markup, html};

use super::{JournalEntry, KINDS};
use crate::signin::refusal::Refusal;
use crate::ui::Frame;
use crate::ui::i18n::Words;
use crate::ui::time::moment;

impl JournalEntry {
    pub(super) fn row(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            tr {
                td.nowrap data-label=(words.t("journal-time")) { (moment(words, self.at)) }
                td data-label=(words.t("journal-what")) { (self.what(words)) }
                td data-label=(words.t("journal-who")) {
                    @match &self.actor { Some(actor) => (actor), None => span.muted { "–" } }
                }
                td data-label=(words.t("journal-outcome")) { (self.outcome.badge(words)) }
                td data-label=(words.t("reference")) {
                    @match &self.reference {
                        Some(reference) => (self.code(frame, reference)),
                        None => span.muted { "–" },
                    }
                }
            }
        }
    }

    /// The code; that of a refused sign-in leads to what happened.
    fn code(&self, frame: &Frame, reference: &str) -> Markup {
        html! {
            @if self.kind == "signin.refused" {
                a href=(frame.urls.explanation(reference)) { code { (reference) } }
            } @else {
                code { (reference) }
            }
        }
    }

    /// The sentence, and below it whatever else is known.
    fn what(&self, words: Words) -> Markup {
        let sentence = self.sentence(words);
        html! {
            @if self.details.is_empty() {
                (sentence)
            } @else {
                details.more {
                    summary { (sentence) }
                    dl {
                        @for (name, value) in &self.details {
                            div { dt { (name) } dd { (self.detail(words, name, value)) } }
                        }
                    }
                }
            }
        }
    }

    fn sentence(&self, words: Words) -> String {
        if !KINDS.contains(&self.kind.as_str()) {
            return self.kind.clone();
        }
        let subject = self.subject.clone().unwrap_or_else(|| "–".into());
        words.with(&format!("event-{}", self.kind.replace('.', "-")), &[("subject", subject.into())])
    }

    fn detail(&self, words: Words, name: &str, value: &str) -> Markup {
        let reason = (name == "reason").then(|| Refusal::from_name(value)).flatten();
        html! {
            @if let Some(reason) = reason { (words.t(reason.key())) " " }
            code { (value) }
        }
    }
}
