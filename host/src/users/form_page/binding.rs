//! One link to an identity at a provider.

use maud::{Markup, html};

use crate::ui::Frame;
use crate::ui::components::confirm;
use crate::ui::i18n::Words;
use crate::ui::time::moment;

/// One link to an identity at a provider.
#[derive(Clone, Debug, Default)]
pub struct BindingView {
    /// What stands for it in its address.
    pub id: String,
    /// Title of the authenticator, in the page's language.
    pub authenticator_title: String,
    /// Its uid.
    pub authenticator_uid: String,
    /// How the link came about.
    pub origin: BindingOrigin,
    /// What the identifier is, in the page's language, if it is not the one that the provider's sign-in gives; such a
    /// link waits to be moved.
    pub key_title: Option<String>,
    /// The identifier, shortened.
    pub subject: String,
    /// The provider's organisation of the last sign-in.
    pub tenant: Option<String>,
    /// Within what the identifier means the same person at every authenticator of the type; empty if nobody made sure.
    pub realm: String,
    /// Name of who made it, if it was not the person's own sign-in.
    pub made_by: Option<String>,
    /// When, in milliseconds of Unix time.
    pub created_at: i64,
    /// When it was last used, in milliseconds of Unix time; `None` for never.
    pub used_at: Option<i64>,
}

/// How a link to an identity came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BindingOrigin {
    /// A verified telephone number matched.
    Phone,
    /// The account was created at the first sign-in.
    SignUp,
    /// Another authenticator of the same realm knew the person.
    Realm,
    /// It was by another identifier, and moved.
    Moved,
    /// It was by an identifier that the person had before, and moved.
    Former,
    /// The person confirmed it while signed in.
    Confirmed,
    /// It was brought along from another system.
    Imported,
    /// An administrator, or in some other way.
    #[default]
    Manual,
}

impl BindingOrigin {
    /// Every origin.
    pub const ALL: [Self; 8] = [
        Self::Phone,
        Self::SignUp,
        Self::Realm,
        Self::Moved,
        Self::Former,
        Self::Confirmed,
        Self::Imported,
        Self::Manual,
    ];

    /// The origin of a name in the store; anything unknown counts as made by hand.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|origin| origin.key().trim_start_matches("binding-") == name).unwrap_or_default()
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Phone => "binding-phone",
            Self::SignUp => "binding-sign-up",
            Self::Realm => "binding-realm",
            Self::Moved => "binding-moved",
            Self::Former => "binding-former",
            Self::Confirmed => "binding-confirmed",
            Self::Imported => "binding-imported",
            Self::Manual => "binding-manual",
        }
    }
}

impl BindingView {
    pub(super) fn markup(&self, frame: &Frame, user_id: &str) -> Markup {
        let words = frame.words();
        let address = frame.urls.user_link_remove(user_id, &self.id);
        let question = words.with("binding-remove-question", &[("title", self.authenticator_title.clone().into())]);
        html! {
            li {
                a href=(frame.urls.authenticator(&self.authenticator_uid)) { (self.authenticator_title) }
                p.muted { (words.t(self.origin.key())) " · " (moment(words, self.created_at)) }
                @if let Some(name) = &self.made_by {
                    p.muted { (words.with("binding-made-by", &[("name", name.clone().into())])) }
                }
                p.muted {
                    @match self.used_at {
                        Some(at) => { (words.t("binding-used")) " " (moment(words, at)) }
                        None => (words.t("binding-unused"))
                    }
                }
                (self.identifiers(words))
                (confirm(&words.t("binding-remove"), &question, &address, &words.t("binding-remove-really")))
            }
        }
    }

    fn identifiers(&self, words: Words) -> Markup {
        let key = self.key_title.clone().unwrap_or_else(|| words.t("binding-subject"));
        html! {
            p.muted { (key) " " code { (self.subject) } }
            @if self.key_title.is_some() { p.muted { (words.t("binding-waits")) } }
            @if let Some(tenant) = &self.tenant { p.muted { (words.t("binding-tenant")) " " code { (tenant) } } }
            @if !self.realm.is_empty() { p.muted { (words.t("binding-realm-of")) " " code { (self.realm) } } }
        }
    }
}
