//! The card of one plug-in: what it is and what it asks for, so that it can be judged before it is enabled.

use maud::{Markup, html};

use super::told::{Happened, Signature};
use crate::ui::Frame;
use crate::ui::components::{Tone, badge, copy_field, switch};
use crate::ui::i18n::Words;
use crate::ui::icons::{Icon, Picture};

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
    /// Who signed it.
    pub signature: Signature,
    /// What the host did by itself.
    pub happened: Option<Happened>,
    /// Why this server runs another release than the one that was chosen.
    pub held_back: Option<Reason>,
    /// Another release of it could run: a later version.
    pub later: Option<String>,
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

/// Why a plug-in does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// A sentence, in the page's language.
    pub sentence: String,
    /// What the file, the system or the plug-in said, for administrators.
    pub detail: Option<String>,
}

impl Reason {
    pub(super) fn markup(&self) -> Markup {
        html! { p { (self.sentence) } @if let Some(detail) = &self.detail { p.small { code { (detail) } } } }
    }
}

impl PluginCard {
    pub(super) fn markup(&self, frame: &Frame) -> Markup {
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
                    (self.alerts(words))
                    (self.facts(words))
                }
                div.panel-foot { (self.state_badge(words)) (self.links(frame)) (self.details(frame)) }
            }
        }
    }

    pub(super) fn switch(&self, frame: &Frame) -> Markup {
        let label = frame.words().with("switch-plugin", &[("name", self.name.clone().into())]);
        match self.state {
            PluginState::Enabled => switch(true, &label, &frame.urls.plugin_disable(&self.id)),
            _ => switch(false, &label, &frame.urls.plugin_enable(&self.id)),
        }
    }

    pub(super) fn state_badge(&self, words: Words) -> Markup {
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
                div { dt { (words.t("plugin-signature")) } dd { (self.signature.brief(words)) } }
                @if let Some(version) = &self.later {
                    div { dt { (words.t("plugin-later")) } dd { code { (version) } } }
                }
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

    /// The way to everything about it, from its card.
    fn details(&self, frame: &Frame) -> Markup {
        let label = frame.words().with("plugin-details-of", &[("name", self.name.clone().into())]);
        html! {
            a.button.quiet.small href=(frame.urls.plugin(&self.id)) aria-label=(label) {
                (frame.words().t("plugin-details"))
            }
        }
    }

    /// The ways to new authenticators of its types.
    pub(super) fn links(&self, frame: &Frame) -> Markup {
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
