//! The calls of a sign-in as a timeline.

use std::time::Duration;

use maud::{Markup, html};

use super::mask;
use crate::plugins::{Step, StepOutcome};
use crate::ui::components::Tone;
use crate::ui::i18n::Words;

/// The step without whatever a plug-in should not have written into it.
pub(crate) fn masked(step: &Step) -> Step {
    Step { leg: mask::line(&step.leg, &[]), ..step.clone() }
}

pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// The calls in the order in which they ended, and how long it took in all. `refused_with` is the code that the provider
/// ended it with, if it did: that was the last call's answer, whatever its status says.
pub(crate) fn timeline(words: Words, steps: &[Step], took_ms: u64, refused_with: Option<&str>) -> Markup {
    let last = steps.len().wrapping_sub(1);
    html! {
        @if steps.is_empty() {
            p.muted { (words.t("explain-no-steps")) }
        } @else {
            ol.findings.timeline { @for (number, step) in steps.iter().enumerate() {
                (one(words, step, refused_with.filter(|_| number == last)))
            } }
        }
        p.muted.small { (words.with("explain-took", &[("ms", words.number(took_ms).into())])) }
    }
}

fn one(words: Words, step: &Step, refused_with: Option<&str>) -> Markup {
    let tone = if refused_with.is_some() { Tone::Bad } else { tone(step.outcome) };
    let when = [("began", words.number(step.began_ms).into()), ("took", words.number(step.took_ms).into())];
    html! {
        li data-tone=(tone.name()) {
            (tone.icon().markup())
            div {
                p { strong { (step.leg) } " " code { (step.target) } }
                p.muted {
                    (outcome(words, step.outcome)) " "
                    @if let Some(code) = refused_with { (words.with("step-refused", &[("code", code.to_owned().into())])) " " }
                    (words.with("step-when", &when))
                }
            }
        }
    }
}

const fn tone(outcome: StepOutcome) -> Tone {
    match outcome {
        StepOutcome::Status(200..=399) => Tone::Good,
        StepOutcome::Paused => Tone::Warning,
        _ => Tone::Bad,
    }
}

fn outcome(words: Words, outcome: StepOutcome) -> String {
    let key = match outcome {
        StepOutcome::Status(status) => {
            return words.with("step-status", &[("status", status.to_string().into())]);
        }
        StepOutcome::NotAllowed => "step-not-allowed",
        StepOutcome::Connect => "step-connect",
        StepOutcome::Timeout => "step-timeout",
        StepOutcome::TooLarge => "step-too-large",
        StepOutcome::Broken => "step-broken",
        StepOutcome::Paused => "step-paused",
    };
    words.t(key)
}
