//! Signing in with DingTalk (钉钉), the reference plug-in of Gatehouse.
//!
//! A person clicks the button and [`authorize`] writes the address of DingTalk's sign-in page. DingTalk sends the
//! person back with a one-time code; [`callback`] takes it out of the query, [`exchange`] swaps it for a user token,
//! and [`profile`] asks with that token who the person is. The token lives for those two calls and is dropped; what
//! remains is an [`Identity`], whose account that is decides the host. Whatever DingTalk refuses on the way is
//! sorted into the host's closed set of faults by [`refusal`]. The administrator's side is [`catalogue`] (what the
//! Authentication page shows), [`settings`] (the form) and [`doctor`] (do these settings work?).
//!
//! The facts about DingTalk are those of its developer documents; a page is cited by its slug below
//! <https://open.dingtalk.com/document/development/>.

use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, Finding, Identity,
};

mod app_token;
mod authorize;
mod callback;
mod catalogue;
mod doctor;
mod exchange;
mod profile;
mod refusal;
mod servers;
mod settings;
mod wire;

use servers::Servers;
pub use settings::{Region, Settings};

/// The plug-in. It holds nothing: settings come with each call, and two people never share a thing.
pub struct DingTalk;

impl AuthPlugin for DingTalk {
    const MANIFEST: &'static str = include_str!("../manifest.json");

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        vec![catalogue::dingtalk()]
    }

    async fn begin(&self, cx: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        let settings: Settings = cx.settings()?;
        let servers = Servers::of(&settings)?;
        Ok(BeginReply { authorize_url: authorize::url(&settings, &servers, &request), memo: Vec::new() })
    }

    async fn finish(&self, cx: &Context, callback: Callback) -> Result<Identity, Fault> {
        let settings: Settings = cx.settings()?;
        let servers = Servers::of(&settings)?;
        let code = callback::code(&callback)?;
        let grant = exchange::user_token(cx, &settings, &servers, code).await?;
        let profile = profile::fetch(cx, &servers, &grant).await?;
        profile::identity(cx, profile, grant.corp_id)
    }

    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        let settings: Settings = cx.settings()?;
        Ok(vec![doctor::credentials(cx, &settings).await])
    }
}

plugin_api::export_auth_plugin!(DingTalk);
