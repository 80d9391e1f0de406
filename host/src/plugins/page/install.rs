//! The form that installs a package, and the question before a release takes over.

use maud::{Markup, html};
use ui_schema::Language;

use super::detail::asked;
use super::told::Signature;
use super::{PluginCard, Reason};
use crate::plugins::service::Unfit;
use crate::signin::linking::fresh::Proof;
use crate::ui::Frame;
use crate::ui::assets::Asset;
use crate::ui::components::{Look, Tone, alert, link_button, page_head, submit};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;
use crate::ui::layout::{self, Place};

/// Names of the form's fields.
pub mod input {
    /// The package.
    pub const PACKAGE: &str = "package";
    /// Says that an older release is meant.
    pub const OLDER: &str = "older";
    /// Says that authenticators whose settings do not fit are to be switched off.
    pub const SETTINGS: &str = "settings";
}

/// The form that installs a package.
#[derive(Clone, Debug)]
pub struct InstallPage {
    /// Whether packages are installed here at all.
    pub open: bool,
    /// Names and ids of the keys that are trusted.
    pub keys: Vec<(String, String)>,
    /// Why the last package was refused.
    pub refused: Option<Reason>,
    /// What is asked of the administrator.
    pub proof: Proof,
    /// Whether the password that they just gave is wrong.
    pub wrong: bool,
    /// Their username, for password managers.
    pub username: String,
}

impl InstallPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.plugin_install());
        let words = frame.words();
        let title = words.t("install-title");
        let content = html! {
            a.back.always href=(frame.urls.plugins()) { (Icon::Left.markup()) (words.t("plugins-title")) }
            (page_head(&title, &words.t("install-lead"), &html! {}))
            @if let Some(reason) = &self.refused { (alert(Tone::Bad, &reason.markup())) }
            @if self.open { (self.form(frame)) } @else {
                (alert(Tone::Info, &html! { p { (words.t("install-closed")) } }))
            }
            (self.keys(words))
        };
        layout::page(frame, Place::Plugins, &title, &content)
    }

    fn form(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let address = frame.urls.plugin_install();
        html! {
            section.panel.narrow aria-label=(words.t("install-title")) {
                // The password comes first, so that nobody sends a package for nothing.
                script src=(Asset::Upload.url(&frame.urls)) defer {}
                form method="post" action=(address) enctype="multipart/form-data" novalidate
                    data-upload data-upload-done=(words.t("install-checking")) {
                    div.fields {
                        (asked(frame, self.proof, &self.username, self.wrong))
                        div.field {
                            label for="package" { (words.t("install-package")) }
                            input #package type="file" name=(input::PACKAGE) accept=".gz,application/gzip" required
                                aria-describedby="package-help";
                            div.help #package-help { p { (words.t("install-package-help")) } }
                        }
                        progress #upload max="100" value="0" aria-label=(words.t("install-progress")) hidden {}
                    }
                    div.panel-foot {
                        (link_button(Look::Quiet, &frame.urls.plugins(), &html! { (words.t("cancel")) }))
                        @if self.proof != Proof::SignIn { (submit(Look::Primary, &words.t("install-button"))) }
                    }
                }
            }
        }
    }

    fn keys(&self, words: Words) -> Markup {
        html! {
            section.panel.narrow aria-labelledby="keys" {
                div.panel-head { h2 #keys { (words.t("install-keys")) } }
                div.panel-body {
                    @if self.keys.is_empty() { p { (words.t("install-no-keys")) } }
                    ul.plain { @for (name, id) in &self.keys { li { (name) " " code { (id) } } } }
                }
            }
        }
    }
}

/// The question before a release takes over.
#[derive(Clone, Debug)]
pub struct ReleasePage {
    /// The plug-in, with what the release asks for.
    pub card: PluginCard,
    /// The version that runs, if any does.
    pub running: Option<String>,
    /// The version that was enabled last, if this one is older.
    pub older_than: Option<String>,
    /// Hosts that the release that runs may not call or send people to, and this one may.
    pub new_hosts: Vec<String>,
    /// Settings that do not fit.
    pub(crate) unfit: Vec<Unfit>,
    /// Why it did not take over.
    pub refused: Option<Reason>,
    /// What is asked of the administrator.
    pub proof: Proof,
    /// Whether the password that they just gave is wrong.
    pub wrong: bool,
    /// Their username, for password managers.
    pub username: String,
}

impl ReleasePage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.plugin_release(&self.card.id, &self.card.sha256));
        let words = frame.words();
        let values = [("name", self.card.name.clone().into()), ("version", self.card.version.clone().into())];
        let title = words.with("choose-title", &values);
        let content = html! {
            a.back.always href=(frame.urls.plugin(&self.card.id)) { (Icon::Left.markup()) (self.card.name) }
            (page_head(&title, &self.lead(words), &html! {}))
            @if let Some(reason) = &self.refused { (alert(Tone::Bad, &reason.markup())) }
            section.panel.narrow aria-label=(title) {
                form method="post" action=(frame.urls.plugin_release(&self.card.id, &self.card.sha256)) novalidate {
                    div.panel-body.fields {
                        dl.facts {
                            div {
                                dt { (words.t("plugin-signature")) }
                                dd { (Signature::markup(&self.card.signature, words)) }
                            }
                            @if !self.new_hosts.is_empty() {
                                div { dt { (words.t("choose-new-hosts")) } dd { @for host in &self.new_hosts { code { (host) } " " } } }
                            }
                        }
                        @if !self.unfit.is_empty() { (self.unfit(words, frame.language)) }
                        @if let Some(version) = &self.older_than {
                            (check(input::OLDER, &words.with("choose-older", &[("version", version.clone().into())])))
                        }
                        (asked(frame, self.proof, &self.username, self.wrong))
                    }
                    div.panel-foot {
                        (link_button(Look::Quiet, &frame.urls.plugin(&self.card.id), &html! { (words.t("cancel")) }))
                        @if self.proof != Proof::SignIn { (submit(Look::Primary, &words.t("choose-button"))) }
                    }
                }
            }
        };
        layout::page(frame, Place::Plugins, &title, &content)
    }

    fn lead(&self, words: Words) -> String {
        match &self.running {
            Some(version) => words.with("choose-lead", &[("version", version.clone().into())]),
            None => words.t("choose-lead-first"),
        }
    }

    /// What would become of settings, before anything has.
    fn unfit(&self, words: Words, language: Language) -> Markup {
        let told = html! {
            p { (words.t("choose-unfit")) }
            ul {
                @for one in &self.unfit {
                    li {
                        strong { (one.title.get(language)) } " " code { (one.uid) }
                        @if one.type_is_gone { p { (words.t("unfit-type-is-gone")) } }
                        @if let Some(said) = &one.said { p { (words.t("unfit-migration")) " " code { (said) } } }
                        ul {
                            @for (title, fault) in &one.faults {
                                li { (title.get(language)) ": " (fault.text(language)) }
                            }
                        }
                        @if one.goes_off { p { (words.t("unfit-goes-off")) } }
                    }
                }
            }
        };
        html! { (alert(Tone::Warning, &told)) (check(input::SETTINGS, &words.t("choose-despite"))) }
    }
}

fn check(name: &str, label: &str) -> Markup {
    html! {
        div.field { div.check { input id=(name) type="checkbox" name=(name) value="true"; label for=(name) { (label) } } }
    }
}
