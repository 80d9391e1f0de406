//! What is told about a release and about what happened to it, in the page's language.

use maud::{Markup, html};

use super::Reason;
use crate::plugins::package::Trust;
use crate::plugins::service::{Evidence, What};
use crate::ui::components::{Tone, alert, badge};
use crate::ui::i18n::Words;
use crate::ui::time::moment;

/// Who signed it: a badge, and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    tone: Tone,
    key: &'static str,
    /// Name and id of the key, or the file that was changed.
    detail: String,
}

impl Signature {
    /// What is told about how far a release can be trusted.
    pub fn of(trust: &Trust) -> Self {
        let told = |tone, key, detail: &str| Self { tone, key, detail: detail.to_owned() };
        match trust {
            Trust::Trusted { key, key_id } => told(Tone::Good, "trust-trusted", &format!("{key} · {key_id}")),
            Trust::Unsigned => told(Tone::Bad, "trust-unsigned", ""),
            Trust::UnknownKey { key_id } => told(Tone::Bad, "trust-unknown-key", key_id),
            Trust::Invalid => told(Tone::Bad, "trust-invalid", ""),
            Trust::Modified { file } => told(Tone::Bad, "trust-modified", file),
        }
    }

    /// In a few words, for a card.
    pub(super) fn brief(&self, words: Words) -> Markup {
        let name = self.detail.split(" · ").next().unwrap_or_default();
        html! { (badge(self.tone, &words.t(self.key))) @if !name.is_empty() { " " code { (name) } } }
    }

    pub(super) fn markup(&self, words: Words) -> Markup {
        html! { (badge(self.tone, &words.t(self.key))) @if !self.detail.is_empty() { " " code { (self.detail) } } }
    }
}

/// What the host did by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    evidence: Evidence,
}

impl Happened {
    pub(crate) fn of(evidence: Evidence) -> Self {
        Self { evidence }
    }

    /// An alert with the evidence in it.
    pub(super) fn markup(&self, words: Words) -> Markup {
        let Evidence { what, version, instead, at, cause, detail, calls, failed } = &self.evidence;
        let (key, tone) = match what {
            What::HeldBack => ("happened-held-back", Tone::Warning),
            What::Rehearsal => ("happened-rehearsal", Tone::Warning),
            What::RolledBack => ("happened-rolled-back", Tone::Warning),
            What::Revived => ("happened-revived", Tone::Warning),
            What::Stopped => ("happened-stopped", Tone::Bad),
        };
        let values = [
            ("version", version.clone().into()),
            ("instead", instead.clone().into()),
            ("calls", words.number((*calls).into()).into()),
            ("failed", words.number((*failed).into()).into()),
        ];
        let detail = (!detail.is_empty()).then(|| detail.clone());
        let reason = (!cause.is_empty() || detail.is_some())
            .then(|| Reason { sentence: if cause.is_empty() { String::new() } else { words.t(cause) }, detail });
        alert(
            tone,
            &html! {
                p { (words.with(key, &values)) }
                @if let Some(reason) = &reason { (reason.markup()) }
                p.small { (moment(words, *at)) }
            },
        )
    }
}
