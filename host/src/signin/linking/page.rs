//! The page that names both accounts and asks whether they are one person's.

use maud::{Markup, html};

use super::fresh::Proof;
use super::reauth::password_field;
use crate::signin::page::input::REDIRECT;
use crate::ui::Frame;
use crate::ui::components::{Look, Tone, alert, initials, post_button, submit};
use crate::ui::icons::Picture;
use crate::ui::layout;
use crate::urls::with_query;

#[cfg(test)]
mod samples;

/// Names and values of what the two forms of the page post.
pub mod input {
    /// What the person answered.
    pub const ANSWER: &str = "answer";
    /// The answer that connects the accounts.
    pub const CONNECT: &str = "connect";
    /// The answer that drops what the provider said.
    pub const LATER: &str = "later";
}

/// The page that names both accounts and asks whether they are one person's.
#[derive(Clone, Debug)]
pub struct ConfirmPage {
    /// Title of the authenticator, in the page's language.
    pub title: String,
    /// Its picture.
    pub picture: Picture,
    /// What the person is called there.
    pub their_name: Option<String>,
    /// Their identifier there, shortened.
    pub their_key: String,
    /// What the person is called here.
    pub name: String,
    /// Their username here.
    pub username: String,
    /// What is asked of them besides.
    pub proof: Proof,
    /// Whether the password that they just gave is wrong.
    pub wrong: bool,
    /// Where they go afterwards: a path of this site, already checked.
    pub redirect: Option<String>,
}

impl ConfirmPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let address =
            with_query(frame.urls.link_confirm(), &[(REDIRECT, self.redirect.as_deref().unwrap_or_default())]);
        let frame = &frame.at(address);
        let words = frame.words();
        let title = words.t("link-title");
        let named = [("title", self.title.clone().into())];
        let content = html! {
            h1 { (title) }
            p.lead { (words.with("link-lead", &named)) }
            ul.pairing {
                li {
                    (self.picture.markup(&frame.urls))
                    div {
                        strong { (self.their_name.as_ref().unwrap_or(&self.title)) }
                        small { (words.with("link-there", &named)) " · " code { (self.their_key) } }
                    }
                }
                li {
                    span.avatar aria-hidden="true" { (initials(&self.name)) }
                    div {
                        strong { (self.name) }
                        small {
                            (words.with("link-here", &[("site", frame.site_name.clone().into())])) " · " (self.username)
                        }
                    }
                }
            }
            p.advice.small { (words.t("link-advice")) }
            @if self.proof == Proof::SignIn {
                (alert(Tone::Warning, &html! { (words.t("link-too-old")) }))
            }
            (self.answers(frame))
        };
        layout::card(frame, &title, &content)
    }

    /// Two forms, so that whoever says no is asked for nothing.
    fn answers(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let address = frame.urls.link_confirm();
        let redirect = self.redirect.as_deref().map(|redirect| (REDIRECT, redirect));
        let later: Vec<_> = [(input::ANSWER, input::LATER)].into_iter().chain(redirect).collect();
        html! {
            @if self.proof != Proof::SignIn {
                form.fields method="post" action=(address) novalidate {
                    input type="hidden" name=(input::ANSWER) value=(input::CONNECT);
                    @if let Some((name, value)) = redirect { input type="hidden" name=(name) value=(value); }
                    @if self.proof == Proof::Password { (password_field(frame, &self.username, self.wrong, words.t("link-password-help"))) }
                    (submit(Look::Primary, &words.t("link-connect")))
                }
            }
            div.stack { (post_button(Look::Plain, &address, &later, &html! { (words.t("link-later")) })) }
        }
    }
}
