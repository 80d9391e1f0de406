//! Signing in without a click, inside a provider's own client.
//!
//! A browser that says it is such a client is sent to a [page](page) of ours with the scripts of the authenticator's
//! type: when nobody is signed in, and, before anything of a session is shown, whenever it comes from outside the site
//! ([`entry`]), because the client may belong to somebody else by now. The scripts ask the client who the person is
//! and post what they got to the page's own address; [`complete`] has the plug-in turn it into an identity, which is
//! admitted like every other. The same person keeps their session, another one gets a new one in its place, and a
//! stranger ends it, unless the two were seen together before.
//!
//! What the client calls itself is only a hint where this is worth trying. Whatever goes wrong leads to the ordinary
//! sign-in page with a sentence ([`told`], [`inside`]), and from there nobody is sent back: no loop.

mod complete;
pub(crate) mod entry;
pub(crate) mod handlers;
pub mod inside;
mod mark;
pub mod page;
pub mod told;

use std::sync::Arc;

use http::HeaderMap;
use http::header::USER_AGENT;
use plugin_api::{AuthenticatorType, ClientSignIn};
use ui_schema::Role;

use super::refusal::Refusal;
use crate::app::App;
use crate::authenticators::directory::Authenticator;
use crate::plugins::LoadedPlugin;

/// An authenticator that signs people in inside its provider's client, and what that takes.
pub(crate) struct Way {
    pub(crate) authenticator: Arc<Authenticator>,
    plugin: Arc<LoadedPlugin>,
    kind: Arc<AuthenticatorType>,
}

impl Way {
    /// The way of the authenticator `uid`, if it is open.
    fn find(app: &App, uid: &str) -> Result<Self, Refusal> {
        let authenticator = app.authenticators.enabled(uid).ok_or(Refusal::AuthenticatorOff)?;
        if app.registry.type_of(&authenticator.kind).is_none() {
            return Err(Refusal::PluginOff);
        }
        Self::of(app, &authenticator).ok_or(Refusal::AuthenticatorOff)
    }

    /// The way that this browser may try: the first in the administrator's order, if the browser calls itself its
    /// client.
    pub(crate) fn of_browser(app: &App, headers: &HeaderMap) -> Option<Self> {
        let all = app.authenticators.all();
        let way = all.iter().filter(|one| one.enabled).find_map(|one| Self::of(app, one))?;
        way.is_meant_for(headers).then_some(way)
    }

    fn of(app: &App, authenticator: &Arc<Authenticator>) -> Option<Self> {
        let (plugin, kind) = app.registry.type_of(&authenticator.kind)?;
        let is_on = kind.client.is_some() && kind.form.is_on(Role::Client, &authenticator.settings);
        is_on.then(|| Self { authenticator: Arc::clone(authenticator), plugin, kind })
    }

    /// What the type says about its client; never absent.
    fn client(&self) -> Option<&ClientSignIn> {
        self.kind.client.as_ref()
    }

    /// Whether the browser calls itself this provider's client.
    fn is_meant_for(&self, headers: &HeaderMap) -> bool {
        let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let agent = agent.to_ascii_lowercase();
        self.client().is_some_and(|client| client.user_agents.iter().any(|part| agent.contains(part.as_str())))
    }
}
