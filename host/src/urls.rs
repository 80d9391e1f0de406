//! Every address of the site, built by typed functions.
//!
//! Nothing else puts an address together from strings: pages, redirects and tests ask [`Urls`]. The patterns that the
//! router is given stand beside them in [`route`], and a test holds the two together.

use std::sync::Arc;

use url::form_urlencoded::{Serializer, byte_serialize};

pub mod route;

/// The addresses below one base path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urls {
    base: Arc<str>,
}

impl Urls {
    /// Addresses below `base`: empty, or a path like `/gate`. A trailing slash is dropped.
    pub fn new(base: &str) -> Self {
        Self { base: base.trim_end_matches('/').into() }
    }

    /// The base path itself, without a trailing slash; the `Path` of cookies is this or `/`.
    pub fn base(&self) -> &str {
        &self.base
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The page of the person who is signed in.
    pub fn home(&self) -> String {
        self.at("/")
    }

    /// The sign-in page; `redirect` is where the person goes afterwards.
    pub fn sign_in(&self, redirect: Option<&str>) -> String {
        with_query(self.at(route::SIGN_IN), &[("redirect", redirect.unwrap_or_default())])
    }

    /// Where the password form goes.
    pub fn sign_in_password(&self) -> String {
        self.at(route::SIGN_IN_PASSWORD)
    }

    /// Where the button of an authenticator goes.
    pub fn sign_in_start(&self, uid: &str) -> String {
        self.at(&format!("/signin/{}/start", segment(uid)))
    }

    /// Where the provider sends people back to; with the public origin before it, this is the Redirect URL.
    pub fn sign_in_callback(&self, uid: &str) -> String {
        self.at(&format!("/signin/{}/callback", segment(uid)))
    }

    /// The page that signs in inside the provider's client; what its scripts found out is posted here as well.
    pub fn sign_in_client(&self, uid: &str) -> String {
        self.at(&format!("/signin/{}/client", segment(uid)))
    }

    /// Asks whether to link the person whom a provider just named.
    pub fn link_confirm(&self) -> String {
        self.at(route::LINK_CONFIRM)
    }

    /// Goes to the provider to link the account that is signed in.
    pub fn link_start(&self, uid: &str) -> String {
        self.at(&format!("/account/links/{}", segment(uid)))
    }

    /// Removes a link of the account that is signed in.
    pub fn link_remove(&self, uid: &str) -> String {
        format!("{}/remove", self.link_start(uid))
    }

    /// Ends the session.
    pub fn sign_out(&self) -> String {
        self.at(route::SIGN_OUT)
    }

    /// Where the language and theme buttons go.
    pub fn preferences(&self) -> String {
        self.at(route::PREFERENCES)
    }

    /// Where the change-password form goes.
    pub fn account_password(&self) -> String {
        self.at(route::ACCOUNT_PASSWORD)
    }

    /// The plug-in manager.
    pub fn plugins(&self) -> String {
        self.at(route::PLUGINS)
    }

    /// The plug-in manager, narrowed down by a state and by words.
    pub fn plugins_filtered(&self, state: &str, words: &str) -> String {
        with_query(self.plugins(), &[("state", state), ("q", words)])
    }

    /// Switches a plug-in on.
    pub fn plugin_enable(&self, id: &str) -> String {
        self.at(&format!("/admin/plugins/{}/enable", segment(id)))
    }

    /// Switches a plug-in off.
    pub fn plugin_disable(&self, id: &str) -> String {
        self.at(&format!("/admin/plugins/{}/disable", segment(id)))
    }

    /// The form that installs a package.
    pub fn plugin_install(&self) -> String {
        self.at(route::PLUGIN_INSTALL)
    }

    /// Everything about one plug-in.
    pub fn plugin(&self, id: &str) -> String {
        self.at(&format!("/admin/plugins/{}", segment(id)))
    }

    /// Removes the packages of a plug-in.
    pub fn plugin_remove(&self, id: &str) -> String {
        format!("{}/remove", self.plugin(id))
    }

    /// Goes back to the release before.
    pub fn plugin_back(&self, id: &str) -> String {
        format!("{}/back", self.plugin(id))
    }

    /// Asks whether a release of a plug-in is to run; the answer is posted there.
    pub fn plugin_release(&self, id: &str, sha256: &str) -> String {
        format!("{}/releases/{}", self.plugin(id), segment(sha256))
    }

    /// Removes one package of a plug-in.
    pub fn plugin_release_remove(&self, id: &str, sha256: &str) -> String {
        format!("{}/remove", self.plugin_release(id, sha256))
    }

    /// The Authentication page; a new authenticator is posted here.
    pub fn authenticators(&self) -> String {
        self.at(route::AUTHENTICATORS)
    }

    /// The form of a new authenticator of a type.
    pub fn authenticator_new(&self, type_id: &str) -> String {
        with_query(self.at(route::AUTHENTICATOR_NEW), &[("type", type_id)])
    }

    /// The form of an authenticator; it is saved here as well.
    pub fn authenticator(&self, uid: &str) -> String {
        self.at(&format!("/admin/authentication/{}", segment(uid)))
    }

    /// The identity-key assistant of an authenticator.
    pub fn authenticator_keys(&self, uid: &str) -> String {
        format!("{}/keys", self.authenticator(uid))
    }

    /// The report of a rehearsal.
    pub fn rehearsal(&self, id: &str) -> String {
        self.at(&format!("/admin/rehearsals/{}", segment(id)))
    }

    /// One of the buttons of an authenticator.
    pub fn authenticator_action(&self, uid: &str, action: AuthenticatorAction) -> String {
        format!("{}/{}", self.authenticator(uid), action.segment())
    }

    /// The list of users; a new user is posted here.
    pub fn users(&self) -> String {
        self.at(route::USERS)
    }

    /// The list of users, narrowed down by words; pages count from 1.
    pub fn users_page(&self, words: &str, page: u64) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        with_query(self.users(), &[("q", words), ("page", &page)])
    }

    /// The form of a new user.
    pub fn user_new(&self) -> String {
        self.at(route::USER_NEW)
    }

    /// The form of a user; it is saved here as well.
    pub fn user(&self, id: &str) -> String {
        self.at(&format!("/admin/users/{}", segment(id)))
    }

    /// Lets a user in again.
    pub fn user_enable(&self, id: &str) -> String {
        format!("{}/enable", self.user(id))
    }

    /// Locks a user out.
    pub fn user_disable(&self, id: &str) -> String {
        format!("{}/disable", self.user(id))
    }

    /// Removes a link of a user.
    pub fn user_link_remove(&self, id: &str, link: &str) -> String {
        format!("{}/links/{}/remove", self.user(id), segment(link))
    }

    /// The journal.
    pub fn journal(&self) -> String {
        self.at(route::JOURNAL)
    }

    /// The journal, narrowed down by kind and words; `before` is the cursor of an older page.
    pub fn journal_page(&self, kind: &str, words: &str, before: &str) -> String {
        with_query(self.journal(), &[("kind", kind), ("q", words), ("before", before)])
    }

    /// What happened in a refused sign-in.
    pub fn explanation(&self, reference: &str) -> String {
        self.at(&format!("/admin/journal/{}", segment(reference)))
    }

    /// A script that the authenticator type `kind` brings, by its hashed name.
    pub fn script(&self, kind: &str, hashed_name: &str) -> String {
        self.at(&format!("/scripts/{}/{}", segment(kind), segment(hashed_name)))
    }

    /// A file of ours, by its hashed name (see [`crate::ui::assets`]).
    pub fn asset(&self, hashed_name: &str) -> String {
        self.at(&format!("/assets/{hashed_name}"))
    }

    /// The icon of a plug-in or of an authenticator type.
    pub fn icon(&self, id: &str) -> String {
        self.at(&format!("/icons/{}.svg", segment(id)))
    }
}

/// The buttons that an authenticator has beside its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthenticatorAction {
    /// Show it on the sign-in page.
    Enable,
    /// Take it off the sign-in page.
    Disable,
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// Remove it.
    Delete,
    /// Examine the connection.
    Check,
    /// Go through a sign-in without signing in.
    Rehearse,
}

impl AuthenticatorAction {
    /// The last segment of the address.
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Enable => "enable",
            Self::Disable => "disable",
            Self::Up => "up",
            Self::Down => "down",
            Self::Delete => "delete",
            Self::Check => "check",
            Self::Rehearse => "rehearse",
        }
    }
}

/// Adds the parameters that are not empty, and keeps those that are there.
pub fn with_query(mut address: String, parameters: &[(&str, &str)]) -> String {
    let mut query = Serializer::new(String::new());
    let mut any = false;
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
        any = true;
    }
    if any {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(&query.finish());
    }
    address
}

/// One segment of a path. Identifiers hold nothing that needs escaping; anything else cannot leave its segment.
fn segment(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests;
