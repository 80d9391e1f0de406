//! The journal: every sign-in and every change, newest first.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::ui::Frame;
use crate::ui::components::{Look, Tone, badge, empty_state, link_button, page_head};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;
use crate::ui::layout::{self, Place};

mod entry;
#[cfg(test)]
mod samples;

/// The journal.
#[derive(Clone, Debug, Default)]
pub struct JournalPage {
    /// Entries, newest first.
    pub entries: Vec<JournalEntry>,
    /// The group that is shown alone, see [`GROUPS`]; empty for all.
    pub kind: String,
    /// A reference code, or part of a name, that was looked for; empty for none.
    pub query: String,
    /// Cursor of the next, older page.
    pub older: Option<String>,
    /// Whether this is not the newest page.
    pub paged: bool,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct JournalEntry {
    /// When, in milliseconds of Unix time.
    pub at: i64,
    /// What happened, one of [`KINDS`]; any other is shown as it is.
    pub kind: String,
    /// Name of the person who did it; `None` for the system or an unknown person.
    pub actor: Option<String>,
    /// What it was done to: title or uid of an authenticator, id of a plug-in, name of a user.
    pub subject: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// Reference code.
    pub reference: Option<String>,
    /// More about it. `reason` is the name of a [`Refusal`] and becomes a sentence.
    pub details: BTreeMap<String, String>,
}

/// How something ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As intended.
    Done,
    /// Not allowed.
    Refused,
    /// Something broke.
    Failed,
}

impl Outcome {
    /// The outcome of a name in the store; anything unknown counts as broken.
    pub fn from_name(name: &str) -> Self {
        match name {
            "done" => Self::Done,
            "refused" => Self::Refused,
            _ => Self::Failed,
        }
    }

    fn badge(self, words: Words) -> Markup {
        match self {
            Self::Done => badge(Tone::Good, &words.t("outcome-done")),
            Self::Refused => badge(Tone::Warning, &words.t("outcome-refused")),
            Self::Failed => badge(Tone::Bad, &words.t("outcome-failed")),
        }
    }
}

/// Beginnings of kinds, for the filter. The message in the language files is `event-group-` and the group.
pub const GROUPS: [&str; 6] = ["signin", "session", "password", "user", "authenticator", "plugin"];

/// What can happen. The message in the language files is `event-` and the kind with `-` for `.`.
pub const KINDS: [&str; 32] = [
    "signin.completed",
    "signin.refused",
    "session.ended",
    "password.changed",
    "user.created",
    "user.signed-up",
    "user.changed",
    "user.enabled",
    "user.disabled",
    "user.linked",
    "user.unlinked",
    "authenticator.created",
    "authenticator.changed",
    "authenticator.enabled",
    "authenticator.disabled",
    "authenticator.moved",
    "authenticator.deleted",
    "authenticator.checked",
    "authenticator.keys-imported",
    "authenticator.keys-moved",
    "authenticator.rehearsed",
    "authenticator.resealed",
    "plugin.enabled",
    "plugin.disabled",
    "plugin.failed",
    "plugin.installed",
    "plugin.upgraded",
    "plugin.downgraded",
    "plugin.rolled-back",
    "plugin.revived",
    "plugin.stopped",
    "plugin.removed",
];

const COLUMNS: [&str; 5] = ["journal-time", "journal-what", "journal-who", "journal-outcome", "reference"];

impl JournalPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.journal_page(&self.kind, &self.query, ""));
        let words = frame.words();
        let title = words.t("journal-title");
        let content = html! {
            (page_head(&title, &words.t("journal-lead"), &html! {}))
            (self.filters(frame))
            @if self.entries.is_empty() {
                (empty_state(Icon::List, &words.t("journal-empty"), &html! { p { (words.t("journal-empty-advice")) } }))
            } @else {
                (self.table(frame))
            }
            (self.turning(frame))
        };
        layout::page(frame, Place::Journal, &title, &content)
    }

    fn filters(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let label = words.t("journal-search");
        html! {
            form.search method="get" action=(frame.urls.journal()) role="search" {
                label.visually-hidden for="kind" { (words.t("journal-kind")) }
                span.select {
                    select #kind name="kind" {
                        option value="" selected[self.kind.is_empty()] { (words.t("journal-all-kinds")) }
                        @for group in GROUPS {
                            option value=(group) selected[self.kind == group] {
                                (words.t(&format!("event-group-{group}")))
                            }
                        }
                    }
                    (Icon::Down.markup())
                }
                label.visually-hidden for="q" { (label) }
                span.search-box {
                    (Icon::Search.markup())
                    input #q type="search" name="q" value=(self.query) placeholder=(label) autocomplete="off"
                        maxlength="200";
                }
                button.button type="submit" { (words.t("search")) }
            }
        }
    }

    fn table(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            div.panel {
                table.cards {
                    thead {
                        tr {
                            @for key in COLUMNS {
                                th scope="col" { (words.t(key)) }
                            }
                        }
                    }
                    tbody { @for entry in &self.entries { (entry.row(frame)) } }
                }
            }
        }
    }

    fn turning(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let newest = frame.urls.journal_page(&self.kind, &self.query, "");
        html! {
            @if self.paged || self.older.is_some() {
                nav.pagination aria-label=(words.t("pagination")) {
                    @if self.paged {
                        (link_button(Look::Plain, &newest, &html! { (words.t("journal-newest")) }))
                    }
                    @if let Some(older) = &self.older {
                        @let address = frame.urls.journal_page(&self.kind, &self.query, older);
                        @let caption = html! { (words.t("journal-older")) (Icon::Right.markup()) };
                        (link_button(Look::Plain, &address, &caption))
                    }
                }
            }
        }
    }
}
