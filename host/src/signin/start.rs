//! The click: an attempt is made, and the plug-in says where the browser goes.

use plugin_api::BeginRequest;
use ui_schema::Language;

use super::Refused;
use super::attempt::{Attempt, Snapshot};
use super::refusal::Refusal;
use crate::app::App;
use crate::ids::Token;

/// Where the browser goes, and the cookie that it takes along.
pub(crate) struct Started {
    pub(crate) authorize_url: String,
    pub(crate) cookie: String,
}

/// Begins an attempt at the authenticator `uid`. `redirect` is a page of ours (see [`super::redirect`]).
pub(crate) async fn start(app: &App, uid: &str, redirect: String, language: Language) -> Result<Started, Refused> {
    let authenticator = app.authenticators.enabled(uid).ok_or(Refusal::AuthenticatorOff)?;
    let (plugin, kind) = app.registry.type_of(&authenticator.kind).ok_or(Refusal::PluginOff)?;
    let on = authenticator.on_behalf(authenticator.settings_in_clear(app, &kind.form)?, &kind.form);
    let state = Token::new(&*app.entropy);
    let request = BeginRequest {
        authenticator_type: kind.id.clone(),
        redirect_uri: app.redirect_url(uid),
        state: state.text().to_owned(),
        language,
    };
    let reply = plugin.begin(&on, request).await?;
    let attempt = Attempt {
        authenticator_id: authenticator.id.clone(),
        snapshot: Snapshot::new(on.settings, authenticator.fingerprint(&kind.form), &reply.memo),
        redirect,
        language,
    };
    let cookie = attempt.keep(app, &state).await?;
    Ok(Started { authorize_url: reply.authorize_url, cookie })
}
