//! The plug-in manager.

use maud::{Markup, html};

use crate::ui::Frame;
use crate::ui::components::{Tone, alert, badge, copy_field, empty_state, page_head, search, switch};
use crate::ui::i18n::Words;
use crate::ui::icons::{Icon, Picture};
use crate::ui::layout::{self, Place};

#[cfg(test)]
mod samples;

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

/// One plug-in.
#[derive(Clone, Debug)]
pub struct PluginCard {
    /// Its id.
    pub id: String,
    /// Its name, in the page's language.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it is for, in the page's language.
    pub description: String,
    /// The version of the contract that it was built for.
    pub api: String,
    /// SHA-256 of its file, 64 hexadecimal digits.
    pub sha256: String,
    /// Name of its file.
    pub file: String,
    /// Its icon.
    pub picture: Picture,
    /// Hosts that it may call.
    pub calls: Vec<String>,
    /// Hosts that it may send browsers to.
    pub redirects: Vec<String>,
    /// Whether it may keep tokens in the cache.
    pub caches: bool,
    /// Whether it runs.
    pub state: PluginState,
    /// Authenticator types that it registers, if it is enabled: id and title in the page's language.
    pub types: Vec<(String, String)>,
    /// How many authenticators use it.
    pub authenticators: u64,
}

/// Whether a plug-in runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PluginState {
    /// It could be enabled.
    Available,
    /// It runs.
    Enabled,
    /// It should run and does not.
    Failed(Reason),
}

/// A file that is no plug-in.
#[derive(Clone, Debug)]
pub struct UnreadableFile {
    /// Name of the file.
    pub file: String,
    /// Why it cannot be read as a plug-in.
    pub reason: Reason,
}

/// Why a plug-in does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// A sentence, in the page's language.
    pub sentence: String,
    /// What the file, the system or the plug-in said, for administrators.
    pub detail: Option<String>,
}

impl Reason {
    fn markup(&self) -> Markup {
        html! { p { (self.sentence) } @if let Some(detail) = &self.detail { p.small { code { (detail) } } } }
    }
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
            (page_head(&title, &words.t("plugins-lead"), &html! {}))
            @if self.cards.is_empty() {
                (self.nothing(words))
            } @else {
                (self.narrowing(frame))
                @if shown.is_empty() {
                    (empty_state(Icon::Search, &words.t("nothing-found"), &html! { p { (words.t("nothing-found-advice")) } }))
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
                (search(words, &frame.urls.plugins(), &words.t("plugins-search"), &self.query, &[("state", self.filter.name())]))
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

impl PluginCard {
    fn markup(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            article.panel.plugin aria-labelledby={ "plugin-" (self.id) } {
                div.panel-head {
                    (self.picture.markup(&frame.urls))
                    div {
                        h2 id={ "plugin-" (self.id) } { (self.name) }
                        p.muted { code { (self.id) } " " (self.version) }
                    }
                    (self.switch(frame))
                }
                div.panel-body {
                    p { (self.description) }
                    @if let PluginState::Failed(reason) = &self.state { (alert(Tone::Bad, &reason.markup())) }
                    (self.facts(words))
                }
                div.panel-foot { (self.state_badge(words)) (self.links(frame)) }
            }
        }
    }

    fn switch(&self, frame: &Frame) -> Markup {
        let label = frame.words().with("switch-plugin", &[("name", self.name.clone().into())]);
        match self.state {
            PluginState::Enabled => switch(true, &label, &frame.urls.plugin_disable(&self.id)),
            _ => switch(false, &label, &frame.urls.plugin_enable(&self.id)),
        }
    }

    fn state_badge(&self, words: Words) -> Markup {
        match self.state {
            PluginState::Enabled => badge(Tone::Good, &words.t("state-enabled")),
            PluginState::Available => badge(Tone::Neutral, &words.t("state-available")),
            PluginState::Failed(_) => badge(Tone::Bad, &words.t("state-failed")),
        }
    }

    /// What it asks for, and what it is, so that it can be judged before it is enabled.
    fn facts(&self, words: Words) -> Markup {
        let digest = format!("digest-{}", self.id);
        html! {
            dl.facts {
                @if self.authenticators > 0 {
                    @let usage = words.with("plugin-usage", &[("count", self.authenticators.into())]);
                    div { dt { (words.t("plugin-used-by")) } dd { (usage) } }
                }
                (hosts(words, "plugin-calls", &self.calls))
                (hosts(words, "plugin-redirects", &self.redirects))
                @if self.caches { div { dt { (words.t("plugin-cache")) } dd { (words.t("plugin-caches")) } } }
                div { dt { (words.t("plugin-api")) } dd { code { (self.api) } } }
                div { dt { (words.t("plugin-file")) } dd { code { (self.file) } } }
                div {
                    dt { "SHA-256" }
                    dd {
                        details.digest {
                            summary title=(self.sha256) { code { (self.short_digest()) } }
                            (copy_field(words, &digest, &self.sha256))
                        }
                    }
                }
            }
        }
    }

    /// The first and the last characters of the digest.
    fn short_digest(&self) -> String {
        match (self.sha256.get(..8), self.sha256.get(self.sha256.len().saturating_sub(8)..)) {
            (Some(head), Some(tail)) if self.sha256.len() > 16 => format!("{head}…{tail}"),
            _ => self.sha256.clone(),
        }
    }

    fn links(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            @for (id, title) in &self.types {
                a.button.small href=(frame.urls.authenticator_new(id)) {
                    (Icon::Plus.markup()) (words.with("plugin-add", &[("title", title.clone().into())]))
                }
            }
        }
    }
}

fn hosts(words: Words, key: &str, hosts: &[String]) -> Markup {
    html! {
        div {
            dt { (words.t(key)) }
            dd { @if hosts.is_empty() { (words.t("plugin-none")) } @for host in hosts { code { (host) } " " } }
        }
    }
}
