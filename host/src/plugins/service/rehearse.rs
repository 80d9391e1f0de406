//! A release is called once before anybody is sent to it.

use std::sync::Arc;

use plugin_api::{BeginRequest, FaultKind};
use ui_schema::{Form, Language};

use super::ChangeRefused;
use super::carry::Carried;
use crate::app::App;
use crate::ids::Token;
use crate::plugins::refused::brief;
use crate::plugins::{LoadedPlugin, OnBehalf};

/// Lets `fresh` begin a sign-in for every enabled authenticator with the settings that it would have. Nobody is sent
/// anywhere. What the release that runs cannot do either is held against nobody.
pub(super) async fn rehearse(
    app: &App,
    fresh: &Arc<LoadedPlugin>,
    running: Option<&Arc<LoadedPlugin>>,
    carried: &Carried,
) -> Result<(), ChangeRefused> {
    for part in carried.parts.iter().filter(|part| part.stays_enabled()) {
        let Some(kind) = fresh.types().iter().find(|kind| kind.id == part.one.kind) else { continue };
        let on = part.one.on_behalf(app, part.in_clear.clone(), &kind.form);
        let Err(fault) = begin(app, fresh, &on).await else { continue };
        let graver = fault.kind == FaultKind::Internal || does_better(app, running, part, &kind.id).await;
        if graver {
            return Err(ChangeRefused::Rehearsal { uid: part.one.uid.clone(), said: brief(&fault.to_string()) });
        }
    }
    Ok(())
}

/// Whether the release that runs begins a sign-in here.
async fn does_better(app: &App, running: Option<&Arc<LoadedPlugin>>, part: &super::carry::Part, kind: &str) -> bool {
    let Some(running) = running else { return false };
    let Some(form) = form_of(running, kind) else { return false };
    let Ok(settings) = part.one.settings_in_clear(app, &form) else { return false };
    begin(app, running, &part.one.on_behalf(app, settings, &form)).await.is_ok()
}

fn form_of(plugin: &LoadedPlugin, kind: &str) -> Option<Form> {
    plugin.types().iter().find(|one| one.id == kind).map(|one| one.form.clone())
}

async fn begin(app: &App, plugin: &LoadedPlugin, on: &OnBehalf) -> Result<(), plugin_api::Fault> {
    let request = BeginRequest {
        authenticator_type: on.about.authenticator_type.clone(),
        redirect_uri: on.about.redirect_uri.clone(),
        state: Token::new(&*app.entropy).text().to_owned(),
        language: Language::En,
    };
    plugin.begin(on, request).await.map(drop)
}
