//! The page of the identity-key assistant.

use maud::{Markup, html};

use crate::ui::Frame;
use crate::ui::components::{Look, Tone, alert, badge, link_button, page_head, submit};
use crate::ui::form::{ChoiceOption, FieldKind, FieldView};
use crate::ui::layout::{self, Place};

#[cfg(test)]
mod samples;

/// How many links a dry run lists; the others are counted.
pub(super) const LISTED: usize = 200;

/// The page of the identity-key assistant.
#[derive(Clone, Debug, Default)]
pub struct KeysPage {
    /// The authenticator.
    pub uid: String,
    /// Its title, in the page's language.
    pub title: String,
    /// The kinds of identifiers that links may be brought along by: id and title.
    pub kinds: Vec<(String, String)>,
    /// How many links there are of each kind: title and number.
    pub inventory: Vec<(String, u64)>,
    /// What a dry run said.
    pub plan: Option<PlanView>,
    /// What went wrong: sentences.
    pub faults: Vec<String>,
    /// What was just done: a sentence.
    pub done: Option<String>,
    /// Why this page does not do it: there are too many links for a request.
    pub too_many: Option<String>,
    /// What was entered to be imported, if it was refused.
    pub entered: String,
}

/// A dry run.
#[derive(Clone, Debug, Default)]
pub struct PlanView {
    /// How many links have which fate: the fate's name and the number.
    pub counts: Vec<(&'static str, usize)>,
    /// The links, the first [`LISTED`] of those that do not stay.
    pub rows: Vec<PlanRowView>,
    /// How many links would be written.
    pub changes: usize,
    /// What tells this plan from any other.
    pub fingerprint: String,
    /// Whether links by the subject were looked up as well.
    pub also_subjects: bool,
}

/// A link in a dry run.
#[derive(Clone, Debug)]
pub struct PlanRowView {
    /// Username.
    pub username: String,
    /// What the link is by, in the page's language.
    pub kind: String,
    /// The identifier, shortened.
    pub value: String,
    /// The fate's name.
    pub fate: &'static str,
    /// The subject, shortened, or the username that it collides with.
    pub target: String,
}

/// Names of the fields that the forms of this page post.
pub mod input {
    /// What to do: [`PLAN`], [`MOVE`] or [`IMPORT`].
    pub const STEP: &str = "step";
    /// A dry run.
    pub const PLAN: &str = "plan";
    /// To carry it out.
    pub const MOVE: &str = "move";
    /// To take links in.
    pub const IMPORT: &str = "import";
    /// The plan that was shown.
    pub const FINGERPRINT: &str = "fingerprint";
    /// `true` to look links by the subject up as well.
    pub const ALSO_SUBJECTS: &str = "also-subjects";
    /// The kind of the imported identifiers.
    pub const KIND: &str = "kind";
    /// The imported lines.
    pub const LINES: &str = "lines";
}

impl KeysPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let address = frame.urls.authenticator_keys(&self.uid);
        let frame = &frame.at(address.clone());
        let words = frame.words();
        let title = words.with("keys-title", &[("title", self.title.clone().into())]);
        let back = link_button(Look::Quiet, &frame.urls.authenticator(&self.uid), &html! { (words.t("keys-back")) });
        let content = html! {
            (page_head(&title, &words.t("keys-lead"), &back))
            @if let Some(done) = &self.done { (alert(Tone::Good, &html! { (done) })) }
            @if !self.faults.is_empty() {
                (alert(Tone::Bad, &html! { @for fault in &self.faults { p { (fault) } } }))
            }
            @if let Some(plan) = &self.plan { (plan.markup(frame, &address)) }
            div.columns {
                section.panel aria-labelledby="keys-move" { (self.moving(frame, &address)) }
                section.panel aria-labelledby="keys-import" { (self.importing(frame, &address)) }
            }
        };
        layout::page(frame, Place::Authenticators, &title, &content)
    }

    fn moving(&self, frame: &Frame, address: &str) -> Markup {
        let words = frame.words();
        html! {
            div.panel-head { h2 #keys-move { (words.t("keys-move-title")) } }
            dl.facts { @for (kind, count) in &self.inventory { div { dt { (kind) } dd { (count) } } } }
            @if let Some(why) = &self.too_many {
                (alert(Tone::Info, &html! { (why) }))
            } @else {
                form.fields method="post" action=(address) {
                    input type="hidden" name=(input::STEP) value=(input::PLAN);
                    (FieldView::new(input::ALSO_SUBJECTS, FieldKind::Boolean, words.t("keys-also-subjects")).markup(words))
                    (submit(Look::Primary, &words.t("keys-dry-run")))
                }
            }
        }
    }

    fn importing(&self, frame: &Frame, address: &str) -> Markup {
        let words = frame.words();
        let option = |(id, title): &(String, String)| ChoiceOption { value: id.clone(), label: title.clone() };
        let kinds = self.kinds.iter().map(option).collect();
        html! {
            div.panel-head { h2 #keys-import { (words.t("keys-import-title")) } }
            form.fields method="post" action=(address) {
                input type="hidden" name=(input::STEP) value=(input::IMPORT);
                (FieldView::new(input::KIND, FieldKind::Choice(kinds), words.t("keys-kind")).markup(words))
                div.field {
                    label for="keys-lines" { (words.t("keys-lines")) }
                    textarea #keys-lines name=(input::LINES) rows="6" spellcheck="false" autocomplete="off"
                        aria-describedby="keys-lines-help" { (self.entered) }
                    p.help #keys-lines-help { (words.t("keys-lines-help")) }
                }
                (submit(Look::Plain, &words.t("keys-import")))
            }
        }
    }
}

impl PlanView {
    fn markup(&self, frame: &Frame, address: &str) -> Markup {
        let words = frame.words();
        html! {
            section.panel aria-labelledby="keys-plan" {
                div.panel-head { h2 #keys-plan { (words.t("keys-plan-title")) } }
                div.panel-body {
                    p.muted { (words.t("keys-plan-lead")) }
                    p.badges {
                        @for (fate, count) in self.counts.iter().filter(|(_, count)| *count > 0) {
                        (badge(tone(fate), &words.with(&format!("keys-count-{fate}"), &[("count", (*count as u64).into())])))
                    }
                        @if self.counts.iter().all(|(_, count)| *count == 0) { (words.t("keys-nothing")) }
                    }
                }
                @if !self.rows.is_empty() { (self.table(frame)) }
                @if self.changes > 0 {
                    form.panel-foot method="post" action=(address) {
                        input type="hidden" name=(input::STEP) value=(input::MOVE);
                        input type="hidden" name=(input::FINGERPRINT) value=(self.fingerprint);
                        @if self.also_subjects { input type="hidden" name=(input::ALSO_SUBJECTS) value="true"; }
                        (submit(Look::Primary, &words.with("keys-carry-out", &[("count", (self.changes as u64).into())])))
                    }
                }
            }
        }
    }

    fn table(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            table.cards {
                thead { tr { @for key in ["username", "keys-kind", "keys-value", "keys-fate", "keys-target"] {
                    th scope="col" { (words.t(key)) }
                } } }
                tbody {
                    @for row in &self.rows {
                        tr {
                            td.lead-cell { (row.username) }
                            td data-label=(words.t("keys-kind")) { (row.kind) }
                            td data-label=(words.t("keys-value")) { code { (row.value) } }
                            td data-label=(words.t("keys-fate")) {
                                (badge(tone(row.fate), &words.t(&format!("keys-fate-{}", row.fate))))
                            }
                            td data-label=(words.t("keys-target")) {
                                @if row.target.is_empty() { span.muted { "–" } } @else { code { (row.target) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn tone(fate: &str) -> Tone {
    match fate {
        "move" | "merge" => Tone::Good,
        "conflict" | "ambiguous" => Tone::Bad,
        "nobody" | "unknown" => Tone::Warning,
        _ => Tone::Neutral,
    }
}
