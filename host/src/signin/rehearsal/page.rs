//! The report of a rehearsal.

use maud::{Markup, html};

use super::{Account, Admission, Change, Report, Verdict};
use crate::signin::explanation::{Ending, parts};
use crate::ui::Frame;
use crate::ui::components::{Look, Tone, alert, page_head, post_button};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;
use crate::ui::layout::{self, Place};
use crate::ui::role::Role;
use crate::ui::time::moment;
use crate::urls::AuthenticatorAction;
use crate::users::refresh::Field;

#[cfg(test)]
mod samples;

/// The report of a rehearsal.
#[derive(Clone, Debug)]
pub(crate) struct RehearsalPage {
    /// Id of the report.
    pub(crate) id: String,
    /// When, in milliseconds of Unix time.
    pub(crate) at: i64,
    /// Title of the authenticator, in the page's language.
    pub(crate) title: String,
    pub(crate) report: Report,
}

impl RehearsalPage {
    /// The page.
    pub(crate) fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.rehearsal(&self.id));
        let words = frame.words();
        let uid = &self.report.authenticator;
        let title = words.with("rehearsal-title", &[("title", self.title.clone().into())]);
        let again = frame.urls.authenticator_action(uid, AuthenticatorAction::Rehearse);
        let again = post_button(Look::Plain, &again, &[], &html! { (words.t("rehearsal-again")) });
        let content = html! {
            a.back href=(frame.urls.authenticator(uid)) { (Icon::Left.markup()) span { (self.title) } }
            (page_head(&title, &words.t("rehearsal-lead"), &again))
            div.columns {
                @match &self.report.verdict {
                    Verdict::Admitted(admission) => (self.admitted(frame, admission)),
                    Verdict::Refused(ending) => (refused(words, ending)),
                }
                (parts::panel(&words.t("explain-steps"), &parts::calls(words, &self.report.course, self.ending())))
                @if let Some(person) = &self.report.course.person {
                    (parts::panel(&words.t("explain-person"), &parts::person(words, person)))
                }
                (parts::panel(&words.t("rehearsal-notes"), &self.notes(words)))
            }
        };
        layout::page(frame, Place::Authenticators, &title, &content)
    }

    /// How it ended, if somebody would be refused.
    fn ending(&self) -> Option<&Ending> {
        match &self.report.verdict {
            Verdict::Admitted(_) => None,
            Verdict::Refused(ending) => Some(ending),
        }
    }

    fn admitted(&self, frame: &Frame, admission: &Admission) -> Markup {
        let words = frame.words();
        let outcome = match admission.account {
            Account::Known { .. } => "rehearsal-would-enter",
            Account::New => "rehearsal-would-be-created",
        };
        html! {
            (parts::panel(&words.t("rehearsal-verdict"), &html! {
                (alert(Tone::Good, &html! { (words.with(outcome, &[("name", admission.name.clone().into())])) }))
                dl.facts {
                    (parts::fact(&words.t("rehearsal-account"), &account(frame, admission)))
                    (parts::fact(&words.t("rehearsal-rule"), &html! { (rule(words, &admission.how)) }))
                    (parts::fact(&words.t("roles"), &html! { (roles(words, &admission.roles)) }))
                }
            }))
            (parts::panel(&words.t("rehearsal-changes"), &changes(words, admission)))
        }
    }

    fn notes(&self, words: Words) -> Markup {
        html! {
            p { (words.t("rehearsal-nothing")) " " (moment(words, self.at)) }
            @if !self.report.enabled { p { (words.t("rehearsal-off")) } }
            @if self.report.client { p { (words.t("rehearsal-client")) } }
        }
    }
}

fn refused(words: Words, ending: &Ending) -> Markup {
    html! {
        (parts::panel(&words.t("rehearsal-verdict"), &html! {
            p { (words.t("rehearsal-refused")) }
            (parts::refusal(words, ending))
            (parts::chain(words, ending))
        }))
        (parts::panel(&words.t("explain-cure"), &parts::cure(words, ending)))
    }
}

fn account(frame: &Frame, admission: &Admission) -> Markup {
    html! {
        @match &admission.account {
            Account::Known { id, username } => { a href=(frame.urls.user(id)) { (admission.name) } " " code { (username) } },
            Account::New => { (admission.name) " " span.muted { (frame.words().t("rehearsal-new")) } },
        }
    }
}

/// The rule by which the account was found.
fn rule(words: Words, how: &str) -> String {
    words.t(match how {
        "link" => "rule-link",
        "moved" => "rule-moved",
        "former" => "rule-former",
        "realm" => "rule-realm",
        "phone" => "rule-phone",
        "sign-up" => "rule-sign-up",
        _ => "rule-other",
    })
}

fn roles(words: Words, roles: &[String]) -> String {
    let name = |role: &String| Role::from_name(role).map_or_else(|| role.clone(), |role| words.t(role.key()));
    if roles.is_empty() { words.t("none") } else { words.list(&roles.iter().map(name).collect::<Vec<_>>()) }
}

fn changes(words: Words, admission: &Admission) -> Markup {
    html! {
        ul.findings {
            @for change in &admission.changes {
                li data-tone="info" { (Tone::Info.icon().markup()) div { p { (sentence(words, change)) } } }
            }
            li data-tone="info" { (Tone::Info.icon().markup()) div { p { (words.t("change-session")) } } }
        }
    }
}

fn sentence(words: Words, change: &Change) -> String {
    let field = |field: Field| {
        words.t(match field {
            Field::Name => "nickname",
            Field::Email => "email",
            Field::Picture => "change-picture",
            Field::Phone => "phone",
        })
    };
    match change {
        Change::Account => words.t("change-account"),
        Change::Link => words.t("change-link"),
        Change::Moved(kind) => words.with("change-moved", &[("kind", kind.clone().into())]),
        Change::Field(which, value) if value.is_empty() => {
            words.with("change-field", &[("field", field(*which).into())])
        }
        Change::Field(which, value) => {
            words.with("change-field-to", &[("field", field(*which).into()), ("value", value.clone().into())])
        }
        Change::Taken(which) => words.with("change-taken", &[("field", field(*which).into())]),
    }
}
