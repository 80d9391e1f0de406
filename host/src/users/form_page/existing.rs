//! What is known of a user beyond the form: whether they may sign in, and how.

use maud::{Markup, html};

use super::{BindingView, Origins};
use crate::ui::Frame;
use crate::ui::components::{Look, Tone, badge, confirm, post_button};
use crate::ui::time::moment;

/// What is known of a user beyond the form.
#[derive(Clone, Debug, Default)]
pub struct ExistingUser {
    /// Its id.
    pub id: String,
    /// Nickname, or the username where there is none.
    pub name: String,
    /// Whether they may sign in.
    pub enabled: bool,
    /// Whether it is the person who is looking; nobody can lock themselves out.
    pub is_self: bool,
    /// Whether they have a password.
    pub has_password: bool,
    /// Where the fields of the profile come from.
    pub origins: Origins,
    /// When the account was created, in milliseconds of Unix time.
    pub created_at: i64,
    /// Links to identities at providers.
    pub bindings: Vec<BindingView>,
}

impl ExistingUser {
    pub(super) fn status(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let state = if self.enabled { (Tone::Good, "state-enabled") } else { (Tone::Neutral, "state-disabled") };
        html! {
            section.panel aria-labelledby="user-status" {
                div.panel-head { h2 #user-status { (words.t("user-status")) } (badge(state.0, &words.t(state.1))) }
                div.panel-body {
                    p.muted { (words.t("created")) " " (moment(words, self.created_at)) }
                    @if self.is_self {
                        p { (words.t("user-self")) }
                    } @else if self.enabled {
                        @let question = words.t("user-disable-question");
                        @let address = frame.urls.user_disable(&self.id);
                        (confirm(&words.t("user-disable"), &question, &address, &words.t("user-disable-really")))
                    } @else {
                        p { (words.t("user-disabled-note")) }
                        @let caption = html! { (words.t("user-enable")) };
                        (post_button(Look::Primary, &frame.urls.user_enable(&self.id), &[], &caption))
                    }
                }
            }
        }
    }

    pub(super) fn links(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            section.panel aria-labelledby="user-links" {
                div.panel-head { h2 #user-links { (words.t("ways")) } }
                ul.rows {
                    @if self.has_password { li { strong { (words.t("password")) } } }
                    @for binding in &self.bindings { (binding.markup(frame, &self.id)) }
                    @if !self.has_password && self.bindings.is_empty() { li.muted { (words.t("user-no-ways")) } }
                }
            }
        }
    }
}
