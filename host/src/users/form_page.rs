//! The form of one user, and the links through which they sign in.

use maud::{Markup, html};

use crate::ui::Frame;
use crate::ui::components::{Look, link_button, page_head, submit};
use crate::ui::fault::FieldFault;
use crate::ui::form::{FieldKind, FieldView, fault_summary};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;
use crate::ui::layout::{self, Place};
use crate::ui::role::Role;
use crate::urls::Urls;
use crate::users::passwords::SHORTEST;

mod binding;
mod existing;
mod origins;
#[cfg(test)]
mod samples;

pub use binding::{BindingOrigin, BindingView};
pub use existing::ExistingUser;
pub use origins::{Origin, Origins};

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
        let origins = self.existing.as_ref().map(|user| user.origins).unwrap_or_default();
        let origin = |which: UserField| origins.sentence(which, words);
        vec![
            field(UserField::Username, input::USERNAME, FieldKind::Text(Some(64)), &draft.username)
                .required()
                .help(words.t("username-help")),
            field(UserField::Nickname, input::NICKNAME, FieldKind::Text(Some(64)), &draft.nickname)
                .help(origin(UserField::Nickname).unwrap_or_default()),
            field(UserField::Email, input::EMAIL, FieldKind::Email, &draft.email)
                .help(origin(UserField::Email).unwrap_or_default()),
            field(UserField::Phone, input::PHONE, FieldKind::Phone, &draft.phone)
                .help(origin(UserField::Phone).unwrap_or_else(|| words.t("phone-help"))),
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
            .help(words.with(help, &[("count", u64::from(SHORTEST).into())]))
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
