//! The sign-in page, and the page after a sign-in that was refused.

use maud::{Markup, html};

use super::client::inside::Inside;
use super::panel::PanelSection;
use super::refusal::Refusal;
use crate::ui::Frame;
use crate::ui::assets::Asset;
use crate::ui::components::{Look, Tone, alert, copy_field, empty_state, submit};
use crate::ui::i18n::Words;
use crate::ui::icons::{Icon, Picture, logo};
use crate::ui::layout;

#[cfg(test)]
mod samples;

/// Names of the fields that the forms of this page post.
pub mod input {
    /// Username or e-mail address.
    pub const IDENTIFIER: &str = "identifier";
    /// Password.
    pub const PASSWORD: &str = "password";
    /// Where the person goes afterwards.
    pub const REDIRECT: &str = "redirect";
}

/// The sign-in page.
#[derive(Clone, Debug, Default)]
pub struct SignInPage {
    /// Where the person goes afterwards: a path of this site, already checked.
    pub redirect: Option<String>,
    /// Whether the form was just posted with a wrong name or password; which of them is not told.
    pub wrong_password: bool,
    /// The password form, if signing in with a password is enabled.
    pub password: Option<PasswordForm>,
    /// A button per further authenticator, in the administrator's order.
    pub buttons: Vec<SignInButton>,
    /// Titles of authenticators whose providers do not answer at the moment, in the page's language.
    pub outages: Vec<String>,
    /// How the page differs inside a provider's client.
    pub inside: Inside,
}

/// The password form.
#[derive(Clone, Debug, Default)]
pub struct PasswordForm {
    /// What the person typed the last time.
    pub identifier: String,
}

/// The button of an authenticator.
#[derive(Clone, Debug)]
pub struct SignInButton {
    /// The authenticator.
    pub uid: String,
    /// What stands on the button, in the page's language.
    pub caption: String,
    /// Icon of the authenticator type.
    pub picture: Picture,
    /// The provider's own panel, above the button.
    pub panel: Option<PanelSection>,
}

/// The page after a sign-in that was refused.
#[derive(Clone, Debug)]
pub struct RefusalPage {
    /// Why.
    pub reason: Refusal,
    /// Under which code the log tells more.
    pub reference: String,
    /// Title of the authenticator, in the page's language, if it is known.
    pub authenticator_title: Option<String>,
    /// The authenticator to try again with, if it can be started.
    pub retry: Option<String>,
    /// Where the person was going: a path of this site, already checked.
    pub redirect: Option<String>,
    /// Whether the account that the provider named can be connected after a sign-in with a password.
    pub connectable: bool,
}

impl SignInPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(self.inside.at(frame.urls.sign_in(self.redirect.as_deref()), frame.notice));
        let words = frame.words();
        let title = words.with("sign-in-title", &[("site", frame.site_name.clone().into())]);
        let nothing = self.password.is_none() && self.buttons.is_empty();
        let content = html! {
            (logo())
            h1 { (title) }
            @if !nothing { p.lead { (words.t(self.lead())) } }
            @if self.wrong_password {
                (alert(Tone::Bad, &html! { (words.t("message-wrong-password")) }))
            } @else {
                (layout::notice(frame))
            }
            @if !self.outages.is_empty() { (self.outage(words)) }
            (self.inside.markup(frame, self.redirect.as_deref()))
            @if let Some(form) = &self.password { (form.markup(frame, self)) }
            @if self.password.is_some() && !self.buttons.is_empty() { p.or { span { (words.t("or")) } } }
            @if !self.buttons.is_empty() {
                div.stack { @for button in &self.buttons { (button.markup(frame, self)) } }
            }
            @if self.buttons.iter().any(|button| button.panel.is_some()) {
                script defer src=(Asset::Panel.url(&frame.urls)) {}
            }
            @if nothing {
                (empty_state(Icon::Key, &words.t("no-ways-title"), &html! { p { (words.t("no-ways-advice")) } }))
            }
        };
        layout::card(frame, &title, &content)
    }

    /// Who does not answer; and that the other ways are as they were, if there are any.
    fn outage(&self, words: Words) -> Markup {
        let titles = [("titles", words.list(&self.outages).into()), ("count", self.outages.len().into())];
        let others = self.password.is_some() || self.buttons.len() > self.outages.len();
        let advice = words.t(if others { "outage-other-ways" } else { "outage-try-later" });
        alert(Tone::Warning, &html! { p { (words.with("outage-banner", &titles)) } p { (advice) } })
    }

    const fn lead(&self) -> &'static str {
        match (&self.password, self.buttons.is_empty()) {
            (Some(_), true) => "sign-in-lead-password",
            (Some(_), false) => "sign-in-lead-both",
            (None, _) => "sign-in-lead-buttons",
        }
    }
}

impl PasswordForm {
    fn markup(&self, frame: &Frame, page: &SignInPage) -> Markup {
        let words = frame.words();
        let begins_here = !page.inside.comes_first();
        html! {
            form.fields method="post" action=(frame.urls.sign_in_password()) {
                (going_to(page.redirect.as_deref()))
                div.field {
                    label for="identifier" { (words.t("identifier")) }
                    input #identifier type="text" name=(input::IDENTIFIER) value=(self.identifier) required
                        maxlength="254" autocomplete="username" autocapitalize="none" spellcheck="false"
                        autofocus[self.identifier.is_empty() && begins_here];
                }
                div.field {
                    label for="password" { (words.t("password")) }
                    span.reveal {
                        input #password type="password" name=(input::PASSWORD) required maxlength="1024"
                            autocomplete="current-password" autofocus[!self.identifier.is_empty()];
                        button type="button" data-reveal="password" aria-pressed="false" aria-label=(words.t("reveal"))
                            title=(words.t("reveal")) hidden { (Icon::Eye.markup()) }
                    }
                }
                (submit(Look::Primary, &words.t("sign-in")))
            }
        }
    }
}

impl SignInButton {
    fn markup(&self, frame: &Frame, page: &SignInPage) -> Markup {
        let redirect = page.redirect.as_deref();
        let (method, action) = match &page.inside.silent {
            Some(uid) if *uid == self.uid => ("get", frame.urls.sign_in_client(uid)),
            _ => ("post", frame.urls.sign_in_start(&self.uid)),
        };
        html! {
            @if let Some(panel) = &self.panel { (panel.markup(frame, redirect)) }
            form method=(method) action=(action) {
                (going_to(redirect))
                button.button.provider type="submit" { (self.picture.markup(&frame.urls)) span { (self.caption) } }
            }
        }
    }
}

fn going_to(redirect: Option<&str>) -> Markup {
    html! { @if let Some(redirect) = redirect { input type="hidden" name=(input::REDIRECT) value=(redirect); } }
}

impl RefusalPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.sign_in(self.redirect.as_deref()));
        let words = frame.words();
        let title = words.t(self.reason.key());
        let content = html! {
            span.seal data-tone="bad" aria-hidden="true" { (Icon::Alert.markup()) }
            h1 { (title) }
            p.lead { (words.t(&self.reason.sentence_key())) }
            p.advice { (words.t(&self.reason.advice_key())) }
            @if self.connectable { (self.connecting(frame)) }
            div.reference {
                span { (words.t("reference")) }
                (copy_field(words, "reference", &self.reference))
                small { (words.t("reference-help")) }
            }
            div.stack { (self.way_out(frame)) }
        };
        layout::card(frame, &title, &content)
    }

    /// The way for people who have an account here that the provider does not tell us of.
    fn connecting(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let title = self.authenticator_title.clone().unwrap_or_default();
        let text = words.with("link-instead", &[("title", title.into())]);
        alert(Tone::Info, &html! { p { (text) } })
    }

    fn way_out(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let back = frame.urls.sign_in(self.redirect.as_deref());
        let back_caption = if self.connectable { "link-with-password" } else { "back-to-sign-in" };
        let retry = self.retry.as_ref().filter(|_| self.reason.retry_helps());
        let look = if retry.is_some() { Look::Quiet } else { Look::Primary };
        let caption = match &self.authenticator_title {
            Some(title) => words.with("try-again-with", &[("title", title.clone().into())]),
            None => words.t("try-again"),
        };
        html! {
            @if let Some(uid) = retry {
                form method="post" action=(frame.urls.sign_in_start(uid)) {
                    (going_to(self.redirect.as_deref()))
                    (submit(Look::Primary, &caption))
                }
            }
            // The script makes this the address of the page: the one before it holds a code and cannot be loaded again.
            a class=(look.class()) href=(back) data-address { (words.t(back_caption)) }
        }
    }
}
