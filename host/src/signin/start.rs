//! The click: an attempt is made, and the plug-in says where the browser goes.

use plugin_api::BeginRequest;
use ui_schema::Language;

use super::Refused;
use super::attempt::{Attempt, Purpose, Snapshot};
use super::callback::open_to;
use super::outcome::Course;
use super::refusal::Refusal;
use crate::app::App;
use crate::ids::Token;

/// Where the browser goes, and the cookie that it takes along.
pub(crate) struct Started {
    pub(crate) authorize_url: String,
    pub(crate) cookie: String,
}

/// Begins an attempt at the authenticator `uid`. `redirect` is a page of ours (see [`super::redirect`]).
pub(crate) async fn start(
    app: &App,
    uid: &str,
    purpose: Purpose,
    redirect: String,
    language: Language,
) -> Result<Started, Refused> {
    let course = Course::begin();
    let started = begin(app, uid, purpose, redirect, language, &course).await;
    started.map_err(|refused| course.ended(refused))
}

async fn begin(
    app: &App,
    uid: &str,
    purpose: Purpose,
    redirect: String,
    language: Language,
    course: &Course,
) -> Result<Started, Refused> {
    let authenticator = open_to(app, uid, &purpose).ok_or(Refusal::AuthenticatorOff)?;
    let (plugin, kind) = app.registry.type_of(&authenticator.kind).ok_or(Refusal::PluginOff)?;
    let mut on = authenticator.on_behalf(app, authenticator.settings_in_clear(app, &kind.form)?, &kind.form);
    on.trace = course.trace.clone();
    let state = Token::new(&*app.entropy);
    let request = BeginRequest {
        authenticator_type: kind.id.clone(),
        redirect_uri: app.redirect_url(uid),
        state: state.text().to_owned(),
        language,
    };
    let reply = plugin.begin(&on, request).await?;
    let attempt = Attempt {
        purpose,
        authenticator_id: authenticator.id.clone(),
        snapshot: Snapshot::new(on.settings, authenticator.fingerprint(&kind.form), &reply.memo),
        redirect,
        language,
    };
    let cookie = attempt.keep(app, &state).await?;
    Ok(Started { authorize_url: reply.authorize_url, cookie })
}
