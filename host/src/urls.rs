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

    /// The journal.
    pub fn journal(&self) -> String {
        self.at(route::JOURNAL)
    }

    /// The journal, narrowed down by kind and words; `before` is the cursor of an older page.
    pub fn journal_page(&self, kind: &str, words: &str, before: &str) -> String {
        with_query(self.journal(), &[("kind", kind), ("q", words), ("before", before)])
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
mod tests {
    use super::*;

    #[test]
    fn addresses_and_routes_agree() {
        let urls = Urls::new("/gate/");
        for (address, pattern) in [
            (urls.home(), route::HOME.to_owned()),
            (urls.sign_in(None), route::SIGN_IN.to_owned()),
            (urls.sign_in_start("x"), route::SIGN_IN_START.replace("{uid}", "x")),
            (urls.sign_in_callback("x"), route::SIGN_IN_CALLBACK.replace("{uid}", "x")),
            (urls.plugin_enable("x"), route::PLUGIN_ENABLE.replace("{id}", "x")),
            (urls.plugin_disable("x"), route::PLUGIN_DISABLE.replace("{id}", "x")),
            (urls.authenticator("x"), route::AUTHENTICATOR.replace("{uid}", "x")),
            (
                urls.authenticator_action("x", AuthenticatorAction::Up),
                route::AUTHENTICATOR_ACTION.replace("{uid}", "x").replace("{action}", "up"),
            ),
            (urls.user("x"), route::USER.replace("{id}", "x")),
            (urls.user_enable("x"), route::USER_ENABLE.replace("{id}", "x")),
            (urls.user_disable("x"), route::USER_DISABLE.replace("{id}", "x")),
            (urls.asset("x"), route::ASSET.replace("{name}", "x")),
            (urls.icon("x"), route::ICON.replace("{name}", "x.svg")),
        ] {
            assert_eq!(address, format!("/gate{pattern}"));
        }
    }

    #[test]
    fn values_are_escaped_and_empty_ones_left_out() {
        let urls = Urls::new("");
        assert_eq!(urls.sign_in(Some("/a?b=c&d")), "/signin?redirect=%2Fa%3Fb%3Dc%26d");
        assert_eq!(urls.users_page("", 1), "/admin/users");
        assert_eq!(urls.users_page("李 雷", 3), "/admin/users?q=%E6%9D%8E+%E9%9B%B7&page=3");
        assert_eq!(urls.user("../x"), "/admin/users/..%2Fx");
        assert_eq!(with_query("/a?b=c".into(), &[("d", "e")]), "/a?b=c&d=e");
    }
}
