//! Signing in with DingTalk (钉钉), the reference plug-in of Gatehouse.
//!
//! A person clicks the button and [`authorize`] writes the address of DingTalk's sign-in page. DingTalk sends the
//! person back with a one-time code; [`callback`] takes it out of the query, [`exchange`] swaps it for a user token,
//! and [`profile`] asks with that token who the person is. Inside the DingTalk client there is no page: the client
//! gives our script a code of another kind, and [`client_code`] asks which member it belongs to.
//!
//! Where only members may come in, [`membership`] asks the organisation, as the application with its own
//! [`app_token`]: is this one of yours, and active? What the directory says ([`staff`]) goes over what the account
//! says, [`former`] finds the identifier from before an account was changed, and [`identity`] puts it together. Whose
//! account that is decides the host.
//!
//! Every question goes through [`wire`], by its [`leg`]; [`backoff`] knows when to ask again. Whatever DingTalk refuses
//! is sorted into the host's closed set of faults by [`refusal`], and [`explain`] tells the administrator what it
//! means. Theirs are also [`catalogue`] (what the Authentication page shows), [`settings`] (the form), [`doctor`] (do
//! these settings work?) and [`keys`] (which person is that?).
//!
//! The facts about DingTalk are those of its developer documents; a page is cited by its slug below
//! <https://open.dingtalk.com/document/development/>.

use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Channel, Context, Fault, Finding, Identity,
    Resolution, ResolveRequest,
};

mod app;
mod app_token;
mod authorize;
mod backoff;
mod callback;
mod catalogue;
mod client_code;
mod doctor;
mod exchange;
mod explain;
mod former;
mod identity;
mod keys;
mod leg;
mod legacy;
mod membership;
mod profile;
mod refusal;
mod servers;
mod settings;
mod staff;
mod wire;

use app::App;
use servers::Servers;
pub use settings::{Membership, Region, Settings};

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
        let app = App::of(cx)?;
        let address = authorize::url(&app.settings, &app.servers, &request);
        let authorize_url = address.map_err(|fault| explain::explained(fault, &app.settings.client_id, None))?;
        Ok(BeginReply { authorize_url, memo: Vec::new() })
    }

    async fn finish(&self, cx: &Context, callback: Callback) -> Result<Identity, Fault> {
        let app = App::of(cx)?;
        let identity = match callback.channel {
            Channel::Redirect => from_sign_in_page(&app, &callback).await,
            Channel::Client => from_client(&app, &callback).await,
        };
        identity.map_err(|fault| explain::explained(fault, &app.settings.client_id, None))
    }

    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        doctor::examine(cx).await
    }

    async fn resolve(&self, cx: &Context, request: ResolveRequest) -> Result<Vec<Resolution>, Fault> {
        keys::resolve(&App::of(cx)?, &request).await
    }
}

/// Who came back from DingTalk's sign-in page.
async fn from_sign_in_page(app: &App<'_>, callback: &Callback) -> Result<Identity, Fault> {
    let code = callback::code(callback)?;
    let grant = exchange::user_token(app, code).await?;
    let checked = app.settings.checks_members();
    if checked {
        membership::chose_ours(app, &grant)?;
    }
    let profile = profile::fetch(app, &grant).await?;
    let subject = profile.subject()?.to_owned();
    if !checked {
        return Ok(identity::of_account(app, &subject, profile, grant.corp_id));
    }
    let corp_id = app.settings.organisation()?;
    let member = membership::prove(app, &subject).await?;
    let former = former::subjects(app, &member, &subject).await?;
    Ok(Identity { former, ..identity::of_member(app, corp_id, &subject, Some(profile), member) })
}

/// Whose client gave our script a code. DingTalk names members of the application's own organisation only.
async fn from_client(app: &App<'_>, callback: &Callback) -> Result<Identity, Fault> {
    let code = callback::client_code(callback)?;
    let corp_id = app.settings.organisation()?;
    let client_code::Owner { userid, union_id } = client_code::owner(app, code).await?;
    let member = membership::active(app, userid, &union_id).await?;
    let former = former::subjects(app, &member, &union_id).await?;
    Ok(Identity { former, ..identity::of_member(app, corp_id, &union_id, None, member) })
}

plugin_api::export_auth_plugin!(DingTalk);
