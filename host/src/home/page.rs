//! The page of the person who is signed in.

use maud::{Markup, html};

use crate::ui::Frame;
use crate::ui::components::{Look, Tone, badge, initials, page_head, post_button, submit};
use crate::ui::fault::FieldFault;
use crate::ui::form::{FieldKind, FieldView, fault_summary};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;
use crate::ui::layout::{self, Place};
use crate::ui::role::Role;
use crate::ui::time::moment;
use crate::users::passwords::SHORTEST;

#[cfg(test)]
mod samples;
pub mod ways;

use ways::Ways;

/// The page of the person who is signed in.
#[derive(Clone, Debug)]
pub struct HomePage {
    /// Nickname, or the username where there is none.
    pub name: String,
    /// Username.
    pub username: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number, E.164.
    pub phone: Option<String>,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// Title of the authenticator of this session, in the page's language.
    pub signed_in_with: String,
    /// When this session began, in milliseconds of Unix time.
    pub signed_in_at: i64,
    /// The change-password form, if the person has a password.
    pub password: Option<PasswordChange>,
    /// The other ways to sign in.
    pub ways: Ways,
}

/// The change-password form.
#[derive(Clone, Debug, Default)]
pub struct PasswordChange {
    /// What is wrong with the present password.
    pub current_fault: Option<FieldFault>,
    /// What is wrong with the new password.
    pub new_fault: Option<FieldFault>,
}

/// Names of the fields that the change-password form posts.
pub mod input {
    /// The present password.
    pub const CURRENT: &str = "current";
    /// The new password.
    pub const NEW: &str = "new";
}

impl HomePage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.home());
        let words = frame.words();
        let title = words.t("home-title");
        let welcome = words.with("home-welcome", &[("name", self.name.clone().into())]);
        let content = html! {
            (page_head(&welcome, &words.t("home-lead"), &html! {}))
            @if frame.is_admin() { (administration(frame)) }
            div.columns {
                @if let Some(change) = &self.password {
                    div.column { (self.about(frame)) (self.ways.markup(frame)) }
                    section.panel aria-labelledby="change-password" { (change.markup(frame, &self.username)) }
                } @else {
                    (self.about(frame))
                    (self.ways.markup(frame))
                }
            }
        };
        layout::page(frame, Place::Home, &title, &content)
    }

    fn about(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let sign_out = html! { (Icon::SignOut.markup()) (words.t("sign-out")) };
        html! {
            section.panel aria-labelledby="about-you" {
                div.panel-head {
                    span.avatar.large aria-hidden="true" { (initials(&self.name)) }
                    div { h2 #about-you { (self.name) } p.muted { (self.username) } }
                }
                dl.facts {
                    (fact(words, "email", self.email.as_deref()))
                    (fact(words, "phone", self.phone.as_deref()))
                    div {
                        dt { (words.t("roles")) }
                        dd.badges { @for role in &self.roles { (badge(Tone::Neutral, &words.t(role.key()))) } }
                    }
                    (fact(words, "home-signed-in-with", Some(&self.signed_in_with)))
                    div { dt { (words.t("home-signed-in-at")) } dd { (moment(words, self.signed_in_at)) } }
                }
                div.panel-foot { (post_button(Look::Plain, &frame.urls.sign_out(), &[], &sign_out)) }
            }
        }
    }
}

fn fact(words: Words, key: &str, value: Option<&str>) -> Markup {
    html! {
        div {
            dt { (words.t(key)) }
            dd { @match value { Some(value) => (value), None => span.muted { (words.t("none")) } } }
        }
    }
}

/// The way to the administration, for those who have it.
fn administration(frame: &Frame) -> Markup {
    let words = frame.words();
    let urls = &frame.urls;
    let pages = [
        (Icon::Shield, "authenticators", urls.authenticators()),
        (Icon::Users, "users", urls.users()),
        (Icon::Plug, "plugins", urls.plugins()),
        (Icon::List, "journal", urls.journal()),
    ];
    html! {
        section.tiles aria-label=(words.t("home-administration")) {
            @for (icon, name, address) in pages {
                a.tile href=(address) {
                    span.picture aria-hidden="true" { (icon.markup()) }
                    span {
                        strong { (words.t(&format!("nav-{name}"))) }
                        small { (words.t(&format!("home-tile-{name}"))) }
                    }
                }
            }
        }
    }
}

impl PasswordChange {
    /// The username is there for password managers.
    fn markup(&self, frame: &Frame, username: &str) -> Markup {
        let words = frame.words();
        let count = [("count", u64::from(SHORTEST).into())];
        let sentence = |fault: Option<FieldFault>| fault.map(|fault| fault.sentence(words));
        let fields = [
            FieldView::new(input::CURRENT, FieldKind::Password, words.t("password-current"))
                .required()
                .fault(sentence(self.current_fault)),
            FieldView::new(input::NEW, FieldKind::NewPassword, words.t("password-new"))
                .required()
                .help(words.with("password-help", &count))
                .fault(sentence(self.new_fault)),
        ];
        html! {
            div.panel-head { h2 #change-password { (words.t("password-change")) } }
            form.fields method="post" action=(frame.urls.account_password()) novalidate {
                input type="text" value=(username) autocomplete="username" readonly hidden;
                (fault_summary(words, &fields))
                @for field in &fields { (field.markup(words)) }
                p.muted { (words.t("password-change-note")) }
                div { (submit(Look::Primary, &words.t("password-change"))) }
            }
        }
    }
}
