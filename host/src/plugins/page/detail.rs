//! Everything about one plug-in: who made it, what it asks for, how it fares, which releases there are.

use maud::{Markup, html};

use super::told::{Happened, Signature};
use super::{PluginCard, PluginState};
use crate::signin::linking::fresh::Proof;
use crate::signin::linking::reauth::password_field;
use crate::ui::Frame;
use crate::ui::components::{Look, Tone, alert, badge, confirm, copy_field, link_button, page_head, submit};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;
use crate::ui::layout::{self, Place};
use crate::ui::markdown;
use crate::ui::time::moment;

/// The page of one plug-in.
#[derive(Clone, Debug)]
pub struct PluginPage {
    /// What its card says.
    pub card: PluginCard,
    /// How it fares, while it runs.
    pub health: Option<Health>,
    /// Copies of it that are mapped and not used.
    pub retired: u64,
    /// Its releases, the latest version first.
    pub releases: Vec<ReleaseRow>,
    /// Files of the release, with their size and SHA-256.
    pub files: Vec<(String, u64, String)>,
    /// Markdown.
    pub readme: Option<String>,
    /// Markdown.
    pub changelog: Option<String>,
    /// The version to go back to.
    pub back: Option<String>,
    /// What is asked of the administrator for that.
    pub proof: Proof,
    /// Whether the password that they just gave is wrong.
    pub wrong: bool,
    /// Their username, for password managers.
    pub username: String,
    /// Whether all its packages can be removed.
    pub removable: bool,
}

/// How a running plug-in fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// Whether it is called at all: it is left alone after several failures in a row.
    pub called: bool,
    /// Number of its copy among all of this process.
    pub copy: u64,
    /// Whether it took the place of a copy that hung.
    pub second: bool,
}

/// One release.
#[derive(Clone, Debug)]
pub struct ReleaseRow {
    /// Its version.
    pub version: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Who signed it.
    pub signature: Signature,
    /// Where it comes from: when it was installed and by whom; `None` for the folder.
    pub installed: Option<(i64, String)>,
    /// It runs.
    pub runs: bool,
    /// It may be chosen.
    pub choosable: bool,
}

impl PluginPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.plugin(&self.card.id));
        let words = frame.words();
        let content = html! {
            a.back.always href=(frame.urls.plugins()) { (Icon::Left.markup()) (words.t("plugins-title")) }
            (page_head(&self.card.name, &self.card.description, &html! {}))
            (self.card.alerts(words))
            div.columns {
                div.stack { (self.about(frame)) (self.releases(frame)) (self.texts(words)) }
                div.stack { (self.permissions(words)) (self.health(words)) (self.files(words)) (self.ways_back(frame)) }
            }
        };
        layout::page(frame, Place::Plugins, &self.card.name, &content)
    }

    fn about(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let card = &self.card;
        html! {
            section.panel aria-label=(words.t("plugin-about")) {
                div.panel-head {
                    (card.picture.markup(&frame.urls))
                    div { h2 { (card.name) } p.muted { code { (card.id) } " " (card.version) } }
                    (card.switch(frame))
                }
                div.panel-body {
                    dl.facts {
                        div { dt { (words.t("plugin-signature")) } dd { (card.signature.markup(words)) } }
                        div { dt { (words.t("plugin-api")) } dd { code { (card.api) } } }
                        div { dt { (words.t("plugin-file")) } dd { code { (card.file) } } }
                        div { dt { "SHA-256" } dd { (copy_field(words, "digest", &card.sha256)) } }
                    }
                }
                div.panel-foot { (card.state_badge(words)) (card.links(frame)) }
            }
        }
    }

    /// What it may do, in words.
    fn permissions(&self, words: Words) -> Markup {
        let hosts = |key: &'static str, hosts: &[String]| {
            html! { @for host in hosts { li { (words.with(key, &[("host", host.clone().into())])) } } }
        };
        let card = &self.card;
        let nothing = card.calls.is_empty() && card.redirects.is_empty() && !card.caches;
        html! {
            section.panel aria-labelledby="permissions" {
                div.panel-head { h2 #permissions { (words.t("plugin-permissions")) } }
                div.panel-body {
                    ul.plain {
                        (hosts("permission-call", &card.calls))
                        (hosts("permission-redirect", &card.redirects))
                        @if card.caches { li { (words.t("permission-cache")) } }
                        @if nothing { li { (words.t("permission-none")) } }
                        li { (words.t("permission-entered")) }
                    }
                    p.small { (words.t("permission-trust")) }
                }
            }
        }
    }

    fn health(&self, words: Words) -> Markup {
        html! {
            section.panel aria-labelledby="health" {
                div.panel-head { h2 #health { (words.t("plugin-health")) } }
                div.panel-body {
                    dl.facts {
                        @if let Some(health) = &self.health {
                            div {
                                dt { (words.t("health-calls")) }
                                dd {
                                    @if health.called { (badge(Tone::Good, &words.t("health-called"))) }
                                    @else { (badge(Tone::Bad, &words.t("health-left-alone"))) }
                                }
                            }
                            div { dt { (words.t("health-copy")) } dd { (words.number(health.copy)) } }
                            @if health.second { div { dt { (words.t("health-history")) } dd { (words.t("health-second")) } } }
                        }
                        div { dt { (words.t("health-retired")) } dd { (words.number(self.retired)) } }
                    }
                    @if self.retired > 0 { p.small { (words.t("health-retired-help")) } }
                }
            }
        }
    }

    fn releases(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            section.panel aria-labelledby="releases" {
                div.panel-head { h2 #releases { (words.t("plugin-releases")) } }
                ul.releases { @for row in &self.releases { li { (self.release(frame, row)) } } }
            }
        }
    }

    fn release(&self, frame: &Frame, row: &ReleaseRow) -> Markup {
        let words = frame.words();
        let urls = &frame.urls;
        html! {
            div {
                p { strong { (row.version) } " " @if row.runs { (badge(Tone::Good, &words.t("release-runs"))) } }
                p { (row.signature.markup(words)) }
                p.small {
                    @match &row.installed {
                        Some((at, by)) => {
                            (words.with("release-installed", &[("by", by.clone().into())])) " " (moment(words, *at))
                        }
                        None => { (words.t("release-folder")) }
                    }
                }
            }
            div.actions {
                @if !row.runs && row.choosable {
                    (link_button(Look::Plain, &urls.plugin_release(&self.card.id, &row.sha256),
                        &html! { (words.t("release-choose")) }))
                }
                @if !row.runs && row.installed.is_some() {
                    @let version = [("version", row.version.clone().into())];
                    (confirm(&words.t("plugin-remove"), &words.with("release-remove-question", &version),
                        &urls.plugin_release_remove(&self.card.id, &row.sha256), &words.with("release-remove", &version)))
                }
            }
        }
    }

    fn files(&self, words: Words) -> Markup {
        html! {
            @if !self.files.is_empty() {
                section.panel.files aria-labelledby="files" {
                    div.panel-head { h2 #files { (words.t("plugin-files")) } }
                    ul {
                        @for (path, size, sha256) in &self.files {
                            li {
                                p { code { (path) } " " (words.with("file-size", &[("size", words.number(*size).into())])) }
                                p.small { code.wrap { (sha256) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn texts(&self, words: Words) -> Markup {
        html! {
            @for (key, text) in [("plugin-readme", &self.readme), ("plugin-changelog", &self.changelog)] {
                @if let Some(text) = text {
                    section.panel aria-labelledby=(key) {
                        div.panel-head { h2 id=(key) { (words.t(key)) } }
                        div.panel-body.prose { (markdown::render(text)) }
                    }
                }
            }
        }
    }

    /// Going back to the release before, and removing.
    fn ways_back(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            @if let Some(version) = &self.back {
                section.panel aria-labelledby="back" {
                    div.panel-head { h2 #back { (words.with("back-title", &[("version", version.clone().into())])) } }
                    form method="post" action=(frame.urls.plugin_back(&self.card.id)) novalidate {
                        div.panel-body.fields {
                            p { (words.t("back-lead")) }
                            (asked(frame, self.proof, &self.username, self.wrong))
                        }
                        div.panel-foot { (submit(Look::Plain, &words.t("back-button"))) }
                    }
                }
            }
            @if self.removable && self.card.state != PluginState::Enabled {
                (confirm(&words.t("plugin-remove"), &words.t("plugin-remove-question"),
                    &frame.urls.plugin_remove(&self.card.id), &words.t("plugin-remove")))
            }
        }
    }
}

/// What is asked of an administrator before code is let in.
pub(super) fn asked(frame: &Frame, proof: Proof, username: &str, wrong: bool) -> Markup {
    let words = frame.words();
    html! {
        @match proof {
            Proof::Nothing => {}
            Proof::Password => { (password_field(frame, username, wrong, words.t("plugin-password-help"))) }
            Proof::SignIn => { (alert(Tone::Warning, &html! { p { (words.t("reauth-lead-sign-in")) } })) }
        }
    }
}

impl PluginCard {
    /// Why it does not run, and what the host did by itself.
    pub(super) fn alerts(&self, words: Words) -> Markup {
        html! {
            @if let PluginState::Failed(reason) = &self.state { (alert(Tone::Bad, &reason.markup())) }
            @if let Some(reason) = &self.held_back {
                (alert(Tone::Bad, &html! { p { (words.t("plugin-here-only")) } (reason.markup()) }))
            }
            @if let Some(happened) = &self.happened { (Happened::markup(happened, words)) }
        }
    }
}
