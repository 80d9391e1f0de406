//! The part of the person's page that lists their ways to sign in.

use maud::{Markup, html};

use crate::ui::Frame;
use crate::ui::components::{Look, Tone, badge, post_button};
use crate::ui::icons::Picture;
use crate::ui::time::moment;

/// The ways to sign in beside the password.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// Whether the person can sign in with a password as well.
    pub has_password: bool,
    /// Those that they use, and those that they could, in the administrator's order.
    pub ways: Vec<Way>,
}

/// One way to sign in.
#[derive(Clone, Debug)]
pub struct Way {
    /// The authenticator.
    pub uid: String,
    /// Its title, in the page's language.
    pub title: String,
    /// Its picture.
    pub picture: Picture,
    /// Whether people can sign in with it at present.
    pub runs: bool,
    /// Since when it is linked, in milliseconds of Unix time; `None` if it is not.
    pub since: Option<i64>,
    /// When it was last used, in milliseconds of Unix time.
    pub used: Option<i64>,
}

impl Ways {
    /// The section; nothing if there is nothing to choose from.
    pub(super) fn markup(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let lead = if self.has_password { "ways-lead" } else { "ways-lead-bare" };
        html! {
            @if !self.ways.is_empty() {
                section.panel aria-labelledby="ways" {
                    div.panel-head { div { h2 #ways { (words.t("ways-title")) } p.muted { (words.t(lead)) } } }
                    ul.rows { @for way in &self.ways { li.way { (way.markup(frame)) } } }
                }
            }
        }
    }
}

impl Way {
    fn markup(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            div.named {
                (self.picture.markup(&frame.urls))
                div { strong { (self.title) } (self.dates(frame)) }
                @if !self.runs { (badge(Tone::Neutral, &words.t("ways-off"))) }
            }
            @if self.since.is_some() {
                (self.removal(frame))
            } @else {
                @let caption = html! {
                    (words.t("ways-connect")) span.visually-hidden { " " (self.title) }
                };
                (post_button(Look::Plain, &frame.urls.link_start(&self.uid), &[], &caption))
            }
        }
    }

    fn dates(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            @if let Some(since) = self.since {
                small { (words.t("ways-since")) " " (moment(words, since)) }
                @if let Some(used) = self.used { small { (words.t("ways-used")) " " (moment(words, used)) } }
            } @else {
                small { (words.t("ways-open")) }
            }
        }
    }

    /// Asks once more before it posts.
    fn removal(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let named = [("title", self.title.clone().into())];
        let address = frame.urls.link_remove(&self.uid);
        html! {
            details.confirm {
                summary class=(Look::Danger.class()) {
                    (words.t("ways-remove")) span.visually-hidden { " " (self.title) }
                }
                div.confirm-body {
                    p { (words.with("ways-question", &named)) }
                    (post_button(Look::Danger, &address, &[], &html! { (words.with("ways-remove-from", &named)) }))
                }
            }
        }
    }
}
