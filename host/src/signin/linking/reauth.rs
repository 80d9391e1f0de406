//! The page that asks a person to prove that they are there, before they change how they sign in.

use maud::{Markup, html};

use super::fresh::Proof;
use crate::ui::Frame;
use crate::ui::components::{Look, link_button, post_button, submit};
use crate::ui::fault::FieldFault;
use crate::ui::form::{FieldKind, FieldView};
use crate::ui::icons::Icon;
use crate::ui::layout;

/// The field of the password.
pub const PASSWORD: &str = "password";

/// The page that asks a person to prove that they are there.
#[derive(Clone, Debug)]
pub struct ReauthPage {
    /// What they are about to do, as it stands on the button.
    pub caption: String,
    /// Where that is posted to.
    pub action: String,
    /// What is asked of them.
    pub proof: Proof,
    /// Whether the password that they just gave is wrong.
    pub wrong: bool,
    /// Their username, for password managers.
    pub username: String,
}

impl ReauthPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.home());
        let words = frame.words();
        let title = words.t("reauth-title");
        let lead = if self.proof == Proof::SignIn { "reauth-lead-sign-in" } else { "reauth-lead-password" };
        let content = html! {
            span.seal data-tone="info" aria-hidden="true" { (Icon::Key.markup()) }
            h1 { (title) }
            p.lead { (words.t(lead)) }
            @if self.proof == Proof::SignIn {
                div.stack {
                    (post_button(Look::Primary, &frame.urls.sign_out(), &[], &html! { (words.t("reauth-sign-in")) }))
                    (self.way_back(frame))
                }
            } @else {
                form.fields method="post" action=(self.action) novalidate {
                    (password_field(frame, &self.username, self.wrong, String::new()))
                    (submit(Look::Primary, &self.caption))
                    (self.way_back(frame))
                }
            }
        };
        layout::card(frame, &title, &content)
    }

    fn way_back(&self, frame: &Frame) -> Markup {
        link_button(Look::Quiet, &frame.urls.home(), &html! { (frame.words().t("cancel")) })
    }
}

/// The field of the password; the username is there for password managers.
pub(crate) fn password_field(frame: &Frame, username: &str, wrong: bool, help: String) -> Markup {
    let words = frame.words();
    let fault = wrong.then(|| FieldFault::PasswordWrong.sentence(words));
    let field = FieldView::new(PASSWORD, FieldKind::Password, words.t("password")).required().help(help).fault(fault);
    html! {
        input type="text" value=(username) autocomplete="username" readonly hidden;
        (field.markup(words))
    }
}

#[cfg(test)]
impl ReauthPage {
    /// Every state of the page.
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let asked = Self {
            caption: "Connect Example".into(),
            action: "/account/links/example".into(),
            proof: Proof::Password,
            wrong: false,
            username: "ada".into(),
        };
        let wrong = Self { wrong: true, ..asked.clone() };
        let sign_in = Self { proof: Proof::SignIn, ..asked.clone() };
        vec![("asked", asked), ("wrong", wrong), ("sign-in", sign_in)]
    }
}
