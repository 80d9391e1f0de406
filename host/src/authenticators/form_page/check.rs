//! What the connection doctor found, as a list.

use maud::{Markup, html};

use crate::ui::components::{Tone, alert};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;

/// What the connection doctor found.
#[derive(Clone, Debug)]
pub struct CheckView {
    /// Findings, in the order in which they were made; texts in the page's language.
    pub findings: Vec<FindingView>,
    /// Why nothing could be found out, in the page's language.
    pub failed: Option<String>,
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
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingSeverity {
    /// As it should be.
    Good,
    /// Could not be told, or might matter.
    Warning,
    /// People will not be able to sign in.
    Error,
}

impl CheckView {
    pub(super) fn markup(&self, words: Words) -> Markup {
        html! {
            section.check-result aria-labelledby="check-title" role="status" {
                h3 #check-title { (words.t("check-title")) }
                @if let Some(reason) = &self.failed { (alert(Tone::Bad, &html! { (reason) })) }
                @if !self.findings.is_empty() {
                    ul.findings { @for finding in &self.findings { (finding.markup(words)) } }
                }
            }
        }
    }
}

impl FindingView {
    fn markup(&self, words: Words) -> Markup {
        let (tone, name, key) = match self.severity {
            FindingSeverity::Good => (Tone::Good, "good", "severity-good"),
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
