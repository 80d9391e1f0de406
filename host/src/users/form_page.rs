//! The form of one user, and the links through which they sign in.

use maud::{Markup, html};

use crate::home::page::SHORTEST_PASSWORD;
use crate::ui::Frame;
use crate::ui::components::{Look, Tone, badge, confirm, link_button, page_head, post_button, submit};
use crate::ui::fault::FieldFault;
use crate::ui::form::{FieldKind, FieldView, fault_summary};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;
use crate::ui::layout::{self, Place};
use crate::ui::role::Role;
use crate::ui::time::moment;
use crate::urls::Urls;

#[cfg(test)]
mod samples;

/// The form of one user.
#[derive(Clone, Debug, Default)]
pub struct UserFormPage {
    /// The user, or `None` for a new one.
    pub existing: Option<ExistingUser>,
    /// What the form holds.
    pub draft: UserDraft,
    /// What is wrong with it.
    pub faults: Vec<(UserField, FieldFault)>,
}

/// What the form holds.
#[derive(Clone, Debug, Default)]
pub struct UserDraft {
    /// Username.
    pub username: String,
    /// Name as others read it.
    pub nickname: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// What they may do.
    pub roles: Vec<Role>,
}

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
    /// Who verified the telephone number: title of an authenticator, in the page's language.
    pub phone_verified_by: Option<String>,
    /// When the account was created, in milliseconds of Unix time.
    pub created_at: i64,
    /// Links to identities at providers.
    pub bindings: Vec<BindingView>,
}

/// One link to an identity at a provider.
#[derive(Clone, Debug)]
pub struct BindingView {
    /// Title of the authenticator, in the page's language.
    pub authenticator_title: String,
    /// Its uid.
    pub authenticator_uid: String,
    /// How the link came about.
    pub origin: BindingOrigin,
    /// When, in milliseconds of Unix time.
    pub created_at: i64,
    /// When it was last used, in milliseconds of Unix time.
    pub used_at: i64,
}

/// How a link to an identity came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindingOrigin {
    /// A verified telephone number matched.
    Phone,
    /// The account was created at the first sign-in.
    SignUp,
    /// An administrator, or the person themselves.
    Manual,
}

impl BindingOrigin {
    /// The origin of a name in the store; anything unknown counts as made by hand.
    pub fn from_name(name: &str) -> Self {
        match name {
            "phone" => Self::Phone,
            "sign-up" => Self::SignUp,
            _ => Self::Manual,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Phone => "binding-phone",
            Self::SignUp => "binding-sign-up",
            Self::Manual => "binding-manual",
        }
    }
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserField {
    /// Username.
    Username,
    /// Nickname.
    Nickname,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Roles.
    Roles,
    /// New password.
    Password,
}

/// Names of the fields that the form posts.
pub mod input {
    /// Username.
    pub const USERNAME: &str = "username";
    /// Nickname.
    pub const NICKNAME: &str = "nickname";
    /// E-mail address.
    pub const EMAIL: &str = "email";
    /// Telephone number.
    pub const PHONE: &str = "phone";
    /// A role's name; once per role.
    pub const ROLE: &str = "role";
    /// New password; empty keeps what is there.
    pub const PASSWORD: &str = "password";
}

impl UserFormPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(self.address(&frame.urls));
        let words = frame.words();
        let title = self.existing.as_ref().map_or_else(|| words.t("user-new"), |user| user.name.clone());
        let content = html! {
            a.back.always href=(frame.urls.users()) { (Icon::Left.markup()) (words.t("users-title")) }
            (page_head(&title, "", &html! {}))
            div.columns {
                section.panel aria-label=(words.t("user-details")) { (self.form(frame)) }
                @if let Some(user) = &self.existing { div.stack { (user.status(frame)) (user.links(frame)) } }
            }
        };
        layout::page(frame, Place::Users, &title, &content)
    }

    fn address(&self, urls: &Urls) -> String {
        self.existing.as_ref().map_or_else(|| urls.user_new(), |user| urls.user(&user.id))
    }

    fn form(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let urls = &frame.urls;
        let fields = self.fields(words);
        let password = self.password_field(words);
        let action = self.existing.as_ref().map_or_else(|| urls.users(), |user| urls.user(&user.id));
        let roles_fault = self.fault_of(UserField::Roles, words);
        html! {
            form method="post" action=(action) novalidate autocomplete="off" {
                div.fields {
                    (fault_summary(words, fields.iter().chain([&self.roles_field(words), &password])))
                    @for field in &fields { (field.markup(words)) }
                    (self.roles(words, roles_fault.as_deref()))
                    (password.markup(words))
                }
                div.panel-foot {
                    (link_button(Look::Quiet, &urls.users(), &html! { (words.t("cancel")) }))
                    (submit(Look::Primary, &words.t(if self.existing.is_some() { "save" } else { "create" })))
                }
            }
        }
    }

    fn fields(&self, words: Words) -> Vec<FieldView> {
        let draft = &self.draft;
        let field = |which: UserField, name: &str, kind: FieldKind, value: &str| {
            FieldView::new(name, kind, words.t(name)).value(value).fault(self.fault_of(which, words))
        };
        let phone_help = match self.existing.as_ref().and_then(|user| user.phone_verified_by.as_ref()) {
            Some(title) => words.with("phone-verified-by", &[("title", title.clone().into())]),
            None => words.t("phone-help"),
        };
        vec![
            field(UserField::Username, input::USERNAME, FieldKind::Text(Some(64)), &draft.username)
                .required()
                .help(words.t("username-help")),
            field(UserField::Nickname, input::NICKNAME, FieldKind::Text(Some(64)), &draft.nickname),
            field(UserField::Email, input::EMAIL, FieldKind::Email, &draft.email),
            field(UserField::Phone, input::PHONE, FieldKind::Phone, &draft.phone).help(phone_help),
        ]
    }

    fn password_field(&self, words: Words) -> FieldView {
        let has_password = self.existing.as_ref().is_some_and(|user| user.has_password);
        let (label, help) = match (&self.existing, has_password) {
            (None, _) => ("password-initial", "password-initial-help"),
            (Some(_), false) => ("password-initial", "password-set-help"),
            (Some(_), true) => ("password-new", "password-reset-help"),
        };
        FieldView::new(input::PASSWORD, FieldKind::NewPassword, words.t(label))
            .help(words.with(help, &[("count", u64::from(SHORTEST_PASSWORD).into())]))
            .fault(self.fault_of(UserField::Password, words))
    }

    /// Stands for the group of roles in the summary of faults.
    fn roles_field(&self, words: Words) -> FieldView {
        FieldView::new(input::ROLE, FieldKind::Boolean, words.t("roles")).fault(self.fault_of(UserField::Roles, words))
    }

    fn roles(&self, words: Words, fault: Option<&str>) -> Markup {
        html! {
            fieldset.field #f-role tabindex="-1" {
                legend { (words.t("roles")) }
                @for role in Role::ALL {
                    @let id = format!("role-{}", role.name());
                    div.check {
                        input id=(id) type="checkbox" name=(input::ROLE) value=(role.name())
                            checked[self.draft.roles.contains(&role)] aria-describedby={ (id) "-help" };
                        div {
                            label for=(id) { (words.t(role.key())) }
                            div.help id={ (id) "-help" } { p { (words.t(&format!("{}-help", role.key()))) } }
                        }
                    }
                }
                @if let Some(fault) = fault { p.fault { (fault) } }
            }
        }
    }

    fn fault_of(&self, field: UserField, words: Words) -> Option<String> {
        let (_, fault) = self.faults.iter().find(|(which, _)| *which == field)?;
        Some(fault.sentence(words))
    }
}

impl ExistingUser {
    fn status(&self, frame: &Frame) -> Markup {
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
                        (confirm(&words.t("user-disable"), &words.t("user-disable-question"), &frame.urls.user_disable(&self.id), &words.t("user-disable-really")))
                    } @else {
                        p { (words.t("user-disabled-note")) }
                        (post_button(Look::Primary, &frame.urls.user_enable(&self.id), &[], &html! { (words.t("user-enable")) }))
                    }
                }
            }
        }
    }

    fn links(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            section.panel aria-labelledby="user-links" {
                div.panel-head { h2 #user-links { (words.t("ways")) } }
                ul.rows {
                    @if self.has_password { li { strong { (words.t("password")) } } }
                    @for binding in &self.bindings { (binding.markup(frame)) }
                    @if !self.has_password && self.bindings.is_empty() { li.muted { (words.t("user-no-ways")) } }
                }
            }
        }
    }
}

impl BindingView {
    fn markup(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            li {
                a href=(frame.urls.authenticator(&self.authenticator_uid)) { (self.authenticator_title) }
                p.muted { (words.t(self.origin.key())) " · " (moment(words, self.created_at)) }
                p.muted { (words.t("binding-used")) " " (moment(words, self.used_at)) }
            }
        }
    }
}
