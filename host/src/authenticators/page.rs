//! The Authentication page: a table of authenticators, and beside it the form of one of them.

use maud::{Markup, html};

use super::form_page::AuthenticatorForm;
use crate::ui::Frame;
use crate::ui::components::{Look, Tone, badge, empty_state, icon_button, link_button, page_head, switch};
use crate::ui::i18n::Words;
use crate::ui::icons::{Icon, Picture};
use crate::ui::layout::{self, Place};
use crate::urls::{AuthenticatorAction as Action, Urls};

#[cfg(test)]
mod samples;

/// The Authentication page.
#[derive(Clone, Debug, Default)]
pub struct AuthenticatorsPage {
    /// Every authenticator, in the order of the sign-in page.
    pub rows: Vec<AuthenticatorRow>,
    /// What "Add new" offers.
    pub types: Vec<TypeOption>,
    /// The form beside the table.
    pub panel: Option<AuthenticatorForm>,
}

/// One authenticator in the table.
#[derive(Clone, Debug)]
pub struct AuthenticatorRow {
    /// Its identifier.
    pub uid: String,
    /// Its title, in the page's language.
    pub title: String,
    /// Title of its type, in the page's language.
    pub type_title: String,
    /// Who registers the type.
    pub origin: Origin,
    /// Icon of the type.
    pub picture: Picture,
    /// Whether people could sign in with it.
    pub state: AuthenticatorState,
    /// Completed sign-ins in the last seven days.
    pub sign_ins: u64,
    /// Whether it is on the sign-in page.
    pub enabled: bool,
}

/// Who registers an authenticator type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The host itself.
    BuiltIn,
    /// A plug-in: its id, and its version if it is loaded.
    Plugin(String, Option<String>),
}

/// Whether people could sign in with an authenticator, if it is enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthenticatorState {
    /// Nothing is in the way.
    Ready,
    /// The provider does not answer at the moment.
    NotAnswering,
    /// Required settings are missing.
    NotConfigured,
    /// The plug-in is switched off.
    PluginDisabled,
    /// The plug-in failed to load or keeps failing.
    PluginFailed,
    /// The plug-in's file is gone, or no longer registers the type.
    PluginMissing,
}

/// An authenticator type under "Add new".
#[derive(Clone, Debug)]
pub struct TypeOption {
    /// Its id.
    pub id: String,
    /// Its title, in the page's language.
    pub title: String,
    /// One sentence, in the page's language.
    pub description: String,
    /// Its icon.
    pub picture: Picture,
}

impl AuthenticatorState {
    /// The state as a badge.
    pub fn badge(self, words: Words) -> Markup {
        match self {
            Self::Ready => badge(Tone::Good, &words.t("state-ready")),
            Self::NotAnswering => badge(Tone::Bad, &words.t("outage-badge")),
            Self::NotConfigured => badge(Tone::Warning, &words.t("state-not-configured")),
            Self::PluginDisabled => badge(Tone::Neutral, &words.t("state-plugin-disabled")),
            Self::PluginFailed => badge(Tone::Bad, &words.t("state-plugin-failed")),
            Self::PluginMissing => badge(Tone::Bad, &words.t("state-plugin-missing")),
        }
    }
}

impl AuthenticatorsPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(self.address(&frame.urls));
        let words = frame.words();
        let title = words.t("authenticators-title");
        let document_title = match &self.panel {
            Some(form) => format!("{} · {title}", form.heading(words)),
            None => title.clone(),
        };
        let content = html! {
            (page_head(&title, &words.t("authenticators-lead"), &self.add_new(frame)))
            div.split data-open[self.panel.is_some()] {
                section.list aria-label=(title) {
                    @if self.rows.is_empty() { (self.nothing(frame)) } @else { (self.table(frame)) }
                }
                @if let Some(form) = &self.panel {
                    section.side-panel aria-labelledby="form-title" {
                        a.back href=(frame.urls.authenticators()) { (Icon::Left.markup()) (title) }
                        (form.markup(frame, self.is_built_in(form)))
                    }
                }
            }
        };
        layout::page(frame, Place::Authenticators, &document_title, &content)
    }

    fn address(&self, urls: &Urls) -> String {
        self.panel.as_ref().map_or_else(|| urls.authenticators(), |form| form.address(urls))
    }

    fn add_new(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            details.pop.add {
                summary.button.primary { (Icon::Plus.markup()) (words.t("add-new")) (Icon::Down.markup()) }
                ul.pop-body {
                    @for option in &self.types { li { (option.markup(frame)) } }
                    li {
                        a href=(frame.urls.plugins()) {
                            span.picture aria-hidden="true" { (Icon::Plug.markup()) }
                            span { strong { (words.t("get-more")) } small { (words.t("get-more-lead")) } }
                        }
                    }
                }
            }
        }
    }

    fn nothing(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let action = link_button(Look::Plain, &frame.urls.plugins(), &html! { (words.t("nav-plugins")) });
        empty_state(
            Icon::Shield,
            &words.t("authenticators-empty"),
            &html! { p { (words.t("authenticators-empty-advice")) } (action) },
        )
    }

    fn table(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let last = self.rows.len().saturating_sub(1);
        html! {
            div.panel {
                table.cards.authenticators {
                    thead {
                        tr {
                            th scope="col" { (words.t("name")) }
                            th scope="col" { (words.t("state")) }
                            th.number scope="col" { (words.t("sign-ins")) }
                            th scope="col" { (words.t("enabled")) }
                            th scope="col" { (words.t("order")) }
                        }
                    }
                    tbody {
                        @for (position, row) in self.rows.iter().enumerate() {
                            (row.markup(frame, self.is_open(row), position > 0, position < last))
                        }
                    }
                }
            }
        }
    }

    fn is_built_in(&self, form: &AuthenticatorForm) -> bool {
        self.rows.iter().any(|row| row.origin == Origin::BuiltIn && form.is_of(&row.uid))
    }

    fn is_open(&self, row: &AuthenticatorRow) -> bool {
        self.panel.as_ref().is_some_and(|form| form.is_of(&row.uid))
    }
}

impl AuthenticatorRow {
    fn markup(&self, frame: &Frame, open: bool, can_rise: bool, can_sink: bool) -> Markup {
        let words = frame.words();
        let place = |action: Action, allowed: bool| allowed.then(|| frame.urls.authenticator_action(&self.uid, action));
        let label = |key: &str| words.with(key, &[("title", self.title.clone().into())]);
        let (up, down) = (place(Action::Up, can_rise), place(Action::Down, can_sink));
        html! {
            tr aria-current=[open.then_some("true")] {
                td.lead-cell { (self.name(frame)) }
                td data-label=(words.t("state")) { (self.state.badge(words)) }
                td.number data-label=(words.t("sign-ins")) { (words.number(self.sign_ins)) }
                td.switch-cell data-label=(words.t("enabled")) { (self.switch(frame)) }
                td.order data-label=(words.t("order")) {
                    (icon_button(Icon::Up, &label("move-up"), up.as_deref()))
                    (icon_button(Icon::Down, &label("move-down"), down.as_deref()))
                }
            }
        }
    }

    fn name(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            div.named {
                (self.picture.markup(&frame.urls))
                div {
                    a href=(frame.urls.authenticator(&self.uid)) { (self.title) }
                    small {
                        code { (self.uid) } " · "
                        @match &self.origin {
                            Origin::BuiltIn => (words.t("built-in")),
                            Origin::Plugin(id, None) => (id),
                            Origin::Plugin(id, Some(version)) => { (id) " " (version) }
                        }
                        @if self.type_title != self.title { " · " (self.type_title) }
                    }
                }
            }
        }
    }

    fn switch(&self, frame: &Frame) -> Markup {
        let other = if self.enabled { Action::Disable } else { Action::Enable };
        let label = frame.words().with("switch-authenticator", &[("title", self.title.clone().into())]);
        switch(self.enabled, &label, &frame.urls.authenticator_action(&self.uid, other))
    }
}

impl TypeOption {
    fn markup(&self, frame: &Frame) -> Markup {
        html! {
            a href=(frame.urls.authenticator_new(&self.id)) {
                (self.picture.markup(&frame.urls))
                span { strong { (self.title) } small { (self.description) } }
            }
        }
    }
}
