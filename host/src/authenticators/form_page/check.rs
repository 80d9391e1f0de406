//! What the connection doctor found, as a list; and the question that may follow from it.

use maud::{Markup, html};

use super::input;
use crate::ui::Frame;
use crate::ui::components::{Look, Tone, alert, copy_field, link_button};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;

/// What the connection doctor found.
#[derive(Clone, Debug)]
pub struct CheckView {
    /// Findings, in the order in which they were made; texts in the page's language.
    pub findings: Vec<FindingView>,
    /// Why the plug-in could find out nothing, in the page's language.
    pub failed: Option<String>,
    /// What the administrator is asked because of it.
    pub question: Option<Question>,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct FindingView {
    /// How bad it is.
    pub severity: FindingSeverity,
    /// What was found.
    pub message: String,
    /// What to do about it.
    pub remedy: Option<String>,
    /// A page of the provider that helps (http or https).
    pub link: Option<String>,
    /// What to look for there, or to copy.
    pub search: Option<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingSeverity {
    /// As it should be.
    Good,
    /// Worth knowing.
    Info,
    /// Could not be told, or might matter.
    Warning,
    /// People will not be able to sign in.
    Error,
}

/// Nothing was done; shall it be done all the same?
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked.
    pub kind: QuestionKind,
    /// Where "yes" is posted.
    pub action: String,
    /// Everything that was posted before, without secrets.
    pub posted: Vec<(String, String)>,
    /// Where "no" leads.
    pub back: String,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    /// People could not sign in: enable it?
    Enable,
    /// The new credentials are not proven: save them?
    Save,
}

impl CheckView {
    pub(super) fn markup(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            section.check-result aria-labelledby="check-title" role=[self.question.is_none().then_some("status")] {
                h3 #check-title { (words.t("check-title")) }
                @if let Some(question) = &self.question { (question.markup(words)) }
                @if let Some(reason) = &self.failed { (alert(Tone::Bad, &html! { (reason) })) }
                @if !self.findings.is_empty() {
                    ul.findings {
                        @for (position, finding) in self.findings.iter().enumerate() {
                            (finding.markup(words, position))
                        }
                    }
                }
            }
        }
    }
}

impl Question {
    /// A form of its own, so that neither the Enter key nor a change below it says "yes".
    fn markup(&self, words: Words) -> Markup {
        let (says, yes) = match self.kind {
            QuestionKind::Enable => (words.t("question-enable"), words.t("enable-anyway")),
            QuestionKind::Save => (words.t("question-save"), words.t("save-anyway")),
        };
        html! {
            form.question method="post" action=(self.action) {
                (alert(Tone::Bad, &html! { p { (says) } }))
                @for (name, value) in &self.posted { input type="hidden" name=(name) value=(value); }
                input type="hidden" name=(input::ANYWAY) value="true";
                div.answers {
                    button.button.danger type="submit" data-saved-only="settings" { (yes) }
                    (link_button(Look::Plain, &self.back, &html! { (words.t("cancel")) }))
                }
            }
        }
    }
}

impl FindingView {
    fn markup(&self, words: Words, position: usize) -> Markup {
        let (tone, name, key) = match self.severity {
            FindingSeverity::Good => (Tone::Good, "good", "severity-good"),
            FindingSeverity::Info => (Tone::Info, "info", "severity-info"),
            FindingSeverity::Warning => (Tone::Warning, "warning", "severity-warning"),
            FindingSeverity::Error => (Tone::Bad, "bad", "severity-error"),
        };
        let link = self.link.as_deref().filter(|link| link.starts_with("https://") || link.starts_with("http://"));
        html! {
            li data-tone=(name) {
                (tone.icon().markup())
                div {
                    p { span.visually-hidden { (words.t(key)) ": " } (self.message) }
                    @if let Some(remedy) = &self.remedy { p.muted { (remedy) } }
                    @if let Some(search) = &self.search {
                        div.search-for {
                            span.muted { (words.t("check-search")) }
                            (copy_field(words, &format!("finding-{position}"), search))
                        }
                    }
                    @if let Some(link) = link {
                        a href=(link) target="_blank" rel="noopener noreferrer" {
                            (words.t("check-open")) (Icon::External.markup())
                        }
                    }
                }
            }
        }
    }
}
