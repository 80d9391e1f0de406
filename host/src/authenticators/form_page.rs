//! The form of one authenticator: what every authenticator has, then what its plug-in asks for.

use maud::{Markup, html};
use ui_schema::{Language, Text};

use super::page::AuthenticatorState;
use crate::ui::Frame;
use crate::ui::assets::Asset;
use crate::ui::components::{Look, Tone, alert, confirm, link_button, submit};
use crate::ui::fault::FieldFault;
use crate::ui::form::{FieldView, fault_summary};
use crate::ui::i18n::Words;
use crate::ui::icons::{Icon, Picture};
use crate::ui::markdown;
use crate::urls::{AuthenticatorAction as Action, Urls};
use crate::users::refresh::Fields;

mod check;
pub mod input;
mod own;
#[cfg(test)]
mod samples;

pub use check::{CheckView, FindingSeverity, FindingView, Question, QuestionKind};

/// The form of one authenticator.
#[derive(Clone, Debug)]
pub struct AuthenticatorForm {
    /// Whether the authenticator exists already.
    pub mode: Mode,
    /// Id of its type.
    pub type_id: String,
    /// Title of its type, in the page's language.
    pub type_title: String,
    /// Icon of its type.
    pub picture: Picture,
    /// What every authenticator has.
    pub draft: AuthenticatorDraft,
    /// What is wrong with the draft.
    pub draft_faults: Vec<(DraftField, FieldFault)>,
    /// What is wrong with the settings as a whole, in the page's language.
    pub other_faults: Vec<String>,
    /// What the plug-in asks for, with values and faults. The names start with [`input::SETTINGS`].
    pub fields: Vec<FieldView>,
    /// Whether people can be linked by other identifiers, which the identity-key assistant moves.
    pub has_keys: bool,
    /// Set-up guide, Markdown in the page's language; empty for none.
    pub guide: String,
    /// What the connection doctor found, if it was just asked.
    pub check: Option<CheckView>,
    /// Secrets that were typed and not saved, sealed; [`input::CARRIED`] takes them along.
    pub carried: Option<String>,
}

/// Whether the authenticator exists already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is being created; the uid in the draft is a proposal.
    Create,
    /// It exists.
    Edit {
        /// Whether people could sign in with it.
        state: AuthenticatorState,
        /// How many users are linked through it, and would no longer be if it were deleted.
        linked_users: u64,
    },
}

/// What every authenticator has.
#[derive(Clone, Debug, Default)]
pub struct AuthenticatorDraft {
    /// Its identifier, `[a-zA-Z0-9_-]{1,64}`; fixed once it exists.
    pub uid: String,
    /// Its title on the sign-in page and in the table.
    pub title: Text,
    /// A note for administrators.
    pub description: Text,
    /// Whether it is on the sign-in page.
    pub enabled: bool,
    /// Which fields of a user a sign-in refreshes; `None` for the built-in one, which knows nothing about people.
    pub refresh: Option<Fields>,
}

/// A field of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftField {
    /// The uid.
    Uid,
    /// The title in a language.
    Title(Language),
    /// The description in a language.
    Description(Language),
    /// The switch.
    Enabled,
}

impl AuthenticatorForm {
    /// "New …" or "Edit …", with the title.
    pub(super) fn heading(&self, words: Words) -> String {
        let title = self.draft.title.get(words.language());
        match self.mode {
            Mode::Create => words.with("authenticator-new", &[("type", self.type_title.clone().into())]),
            Mode::Edit { .. } => words.with("authenticator-edit", &[("title", title.to_owned().into())]),
        }
    }

    /// Whether this is the form of the existing authenticator `uid`.
    pub(super) fn is_of(&self, uid: &str) -> bool {
        self.mode != Mode::Create && self.draft.uid == uid
    }

    /// The page's own address.
    pub(super) fn address(&self, urls: &Urls) -> String {
        match self.mode {
            Mode::Create => urls.authenticator_new(&self.type_id),
            Mode::Edit { .. } => urls.authenticator(&self.draft.uid),
        }
    }

    /// The form as a panel. One that is built in cannot be checked or deleted.
    pub(super) fn markup(&self, frame: &Frame, built_in: bool) -> Markup {
        let words = frame.words();
        html! {
            div.panel {
                (self.head(frame))
                (self.guide(words))
                @if let Some(check) = &self.check { (check.markup(frame)) }
                (self.form(frame, built_in))
                @if let Mode::Edit { linked_users, .. } = self.mode && !built_in {
                    (self.deletion(frame, linked_users))
                }
                script src=(Asset::Form.url(&frame.urls)) defer {}
            }
        }
    }

    fn head(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            div.panel-head {
                (self.picture.markup(&frame.urls))
                div {
                    h2 #form-title { (self.heading(words)) }
                    p.muted { @if self.mode == Mode::Create { (self.type_title) } @else { code { (self.draft.uid) } } }
                }
                @if let Mode::Edit { state, .. } = self.mode { (state.badge(words)) }
            }
        }
    }

    fn guide(&self, words: Words) -> Markup {
        html! {
            @if !self.guide.is_empty() {
                details.guide open[self.mode == Mode::Create && self.check.is_none()] {
                    summary { (Icon::Info.markup()) span { (words.t("guide")) } (Icon::Down.markup()) }
                    div.prose { (markdown::render(&self.guide)) }
                }
            }
        }
    }

    /// Whether the plug-in that knows the fields is not there; then nothing can be saved.
    const fn is_frozen(&self) -> bool {
        use AuthenticatorState::{NotAnswering, NotConfigured, Ready};
        !matches!(self.mode, Mode::Create | Mode::Edit { state: Ready | NotAnswering | NotConfigured, .. })
    }

    fn form(&self, frame: &Frame, built_in: bool) -> Markup {
        let words = frame.words();
        let [uid, texts, enabled] = self.draft.fields(self.mode == Mode::Create, &self.draft_faults, words);
        let own = || uid.iter().chain(&texts).chain(&enabled);
        let action = match self.mode {
            Mode::Create => frame.urls.authenticators(),
            Mode::Edit { .. } => frame.urls.authenticator(&self.draft.uid),
        };
        html! {
            form #settings method="post" action=(action) novalidate autocomplete="off" {
                @if self.mode == Mode::Create { input type="hidden" name=(input::TYPE) value=(self.type_id); }
                @if let Some(carried) = &self.carried { input type="hidden" name=(input::CARRIED) value=(carried); }
                fieldset.fields disabled[self.is_frozen()] {
                    @if self.is_frozen() { (alert(Tone::Warning, &html! { (words.t("authenticator-frozen")) })) }
                    (fault_summary(words, self.fields.iter().chain(own())))
                    @for fault in &self.other_faults { (alert(Tone::Bad, &html! { (fault) })) }
                    @for field in &self.fields { (field.markup(words)) }
                    h3.divider { (words.t("authenticator-general")) }
                    @for field in &uid { (field.markup(words)) }
                    @for pair in texts.chunks(2) { div.pair { @for field in pair { (field.markup(words)) } } }
                    @if let Some(refresh) = &self.draft.refresh { (own::refresh_boxes(refresh, words)) }
                    @for field in &enabled { (field.markup(words)) }
                }
                (self.buttons(frame, built_in))
            }
            @if self.can_check(built_in) {
                form #check method="post" action=(frame.urls.authenticator_action(&self.draft.uid, Action::Check)) {}
                form #rehearse method="post" action=(frame.urls.authenticator_action(&self.draft.uid, Action::Rehearse)) {}
            }
        }
    }

    fn can_check(&self, built_in: bool) -> bool {
        self.mode != Mode::Create && !built_in && !self.is_frozen()
    }

    /// The check looks at what is stored, so it is a form of its own, and out of order while there are changes.
    fn buttons(&self, frame: &Frame, built_in: bool) -> Markup {
        let words = frame.words();
        html! {
            div.panel-foot.sticky {
                (link_button(Look::Quiet, &frame.urls.authenticators(), &html! { (words.t("cancel")) }))
                @if self.can_check(built_in) {
                    button.button type="submit" form="check" data-saved-only="settings" title=(words.t("check-help")) {
                        (words.t("check-connection"))
                    }
                    button.button type="submit" form="rehearse" data-saved-only="settings" title=(words.t("rehearse-help")) {
                        (words.t("rehearse"))
                    }
                }
                @if !self.is_frozen() {
                    (submit(Look::Primary, &words.t(if self.mode == Mode::Create { "create" } else { "save" })))
                }
            }
        }
    }

    fn deletion(&self, frame: &Frame, linked_users: u64) -> Markup {
        let words = frame.words();
        let question = words.with("delete-question", &[("count", linked_users.into())]);
        let address = frame.urls.authenticator_action(&self.draft.uid, Action::Delete);
        html! {
            @if self.has_keys {
                p.danger-zone { a href=(frame.urls.authenticator_keys(&self.draft.uid)) { (words.t("keys-open")) } }
            }
            div.danger-zone { (confirm(&words.t("delete"), &question, &address, &words.t("delete-really"))) }
        }
    }
}
