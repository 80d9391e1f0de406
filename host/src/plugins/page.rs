//! The plug-in manager.

use maud::{Markup, html};

use crate::ui::Frame;
use crate::ui::components::{Look, copy_field, empty_state, link_button, page_head, search};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;
use crate::ui::layout::{self, Place};

mod card;
pub mod detail;
pub mod install;
#[cfg(test)]
mod samples;
mod told;

pub use card::{PluginCard, PluginState, Reason};
pub use told::{Happened, Signature};

/// The plug-in manager. It is given every plug-in, and narrows them down itself.
#[derive(Clone, Debug, Default)]
pub struct PluginsPage {
    /// The folder that plug-ins are put into.
    pub folder: String,
    /// Every plug-in whose manifest could be read.
    pub cards: Vec<PluginCard>,
    /// Files in the folder that are no plug-ins.
    pub unreadable: Vec<UnreadableFile>,
    /// Words to look for; empty shows all.
    pub query: String,
    /// Which states to show.
    pub filter: PluginFilter,
}

/// A file that is no plug-in.
#[derive(Clone, Debug)]
pub struct UnreadableFile {
    /// Name of the file.
    pub file: String,
    /// Why it cannot be read as a plug-in.
    pub reason: Reason,
}

/// Which plug-ins to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PluginFilter {
    /// All.
    #[default]
    All,
    /// Those that run.
    Enabled,
    /// Those that could be enabled.
    Available,
    /// Those that should run and do not.
    Failed,
}

impl PluginFilter {
    /// Every filter, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::All, Self::Enabled, Self::Available, Self::Failed];

    /// The value of `?state=`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Enabled => "enabled",
            Self::Available => "available",
            Self::Failed => "failed",
        }
    }

    /// The filter of a name; all plug-ins for any other name.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.name() == name).unwrap_or_default()
    }
}

impl PluginsPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.plugins_filtered(self.filter.name(), &self.query));
        let words = frame.words();
        let title = words.t("plugins-title");
        let shown: Vec<&PluginCard> = self.cards.iter().filter(|card| self.shows(card)).collect();
        let content = html! {
            @let upload = html! { (Icon::Upload.markup()) (words.t("install-title")) };
            (page_head(&title, &words.t("plugins-lead"), &link_button(Look::Primary, &frame.urls.plugin_install(), &upload)))
            @if self.cards.is_empty() {
                (self.nothing(words))
            } @else {
                (self.narrowing(frame))
                @if shown.is_empty() {
                    @let advice = html! { p { (words.t("nothing-found-advice")) } };
                    (empty_state(Icon::Search, &words.t("nothing-found"), &advice))
                }
                div.tiles.wide { @for card in shown { (card.markup(frame)) } }
            }
            @if !self.unreadable.is_empty() { (self.unreadable_files(words)) }
        };
        layout::page(frame, Place::Plugins, &title, &content)
    }

    fn shows(&self, card: &PluginCard) -> bool {
        let query = self.query.trim().to_lowercase();
        let texts = [&card.id, &card.name, &card.description];
        self.filter.shows(&card.state) && texts.iter().any(|text| text.to_lowercase().contains(&query))
    }

    fn nothing(&self, words: Words) -> Markup {
        let content = html! {
            p { (words.t("plugins-empty-advice")) }
            (copy_field(words, "folder", &self.folder))
        };
        empty_state(Icon::Plug, &words.t("plugins-empty"), &content)
    }

    /// Tabs with counts, and the search box.
    fn narrowing(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let count = |filter: PluginFilter| self.cards.iter().filter(|card| filter.shows(&card.state)).count();
        html! {
            div.bar {
                nav.tabs aria-label=(words.t("plugins-filter")) {
                    @for filter in PluginFilter::ALL {
                        a href=(frame.urls.plugins_filtered(filter.name(), &self.query))
                            aria-current=[(filter == self.filter).then_some("page")] {
                            (words.t(filter.key())) span.count { (count(filter)) }
                        }
                    }
                }
                @let kept = [("state", self.filter.name())];
                (search(words, &frame.urls.plugins(), &words.t("plugins-search"), &self.query, &kept))
            }
        }
    }

    fn unreadable_files(&self, words: Words) -> Markup {
        html! {
            section.panel.files aria-labelledby="unreadable" {
                div.panel-head { h2 #unreadable { (words.t("unreadable-title")) } }
                ul { @for file in &self.unreadable { li { code { (file.file) } (file.reason.markup()) } } }
            }
        }
    }
}

impl PluginFilter {
    const fn key(self) -> &'static str {
        match self {
            Self::All => "plugins-all",
            Self::Enabled => "plugins-enabled",
            Self::Available => "plugins-available",
            Self::Failed => "plugins-failed",
        }
    }

    const fn shows(self, state: &PluginState) -> bool {
        matches!(
            (self, state),
            (Self::All, _)
                | (Self::Enabled, PluginState::Enabled)
                | (Self::Available, PluginState::Available)
                | (Self::Failed, PluginState::Failed(_))
        )
    }
}
