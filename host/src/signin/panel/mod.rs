//! The providers' own panels on the sign-in page, for example a code to scan.
//!
//! A panel is shown where an authenticator's [`Role::Embed`] field is on. The page then holds a section that is hidden
//! until our script finds room for it; the script lends `window.gatehousePanel` to the plug-in's scripts (see
//! [`plugin_api::Panel`]) and begins an attempt by the same `POST` that the button sends. What the provider answers goes
//! to the ordinary Redirect URL. Only a sign-in page with a panel may load the vendor's scripts and frames.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::ACCEPT;
use plugin_api::{AuthenticatorType, Panel};
use serde_json::{Map, Value, json};
use ui_schema::{Form, Role};

use super::Refused;
use super::handlers::recorded;
use super::policy::origin_of;
use crate::app::App;
use crate::authenticators::directory::Authenticator;
use crate::plugins::LoadedPlugin;
use crate::web::policy::Reach;
use crate::web::visitor::Visitor;

mod section;

pub use section::PanelSection;

/// The panel of an enabled authenticator, if it is to be shown.
pub(super) fn of(
    app: &App,
    one: &Authenticator,
    plugin: &LoadedPlugin,
    kind: &AuthenticatorType,
) -> Option<PanelSection> {
    let panel = shown(one, kind)?;
    Some(PanelSection {
        uid: one.uid.clone(),
        title: one.title.clone(),
        settings: settings(&kind.form, panel, &one.settings).to_string(),
        scripts: plugin.scripts().of_panel(&kind.id, &app.urls),
    })
}

/// How far the sign-in page reaches because of the panels on it.
pub(super) fn reach(app: &App) -> Reach {
    let mut reach = Reach::default();
    for one in app.authenticators.all().iter().filter(|one| one.enabled) {
        let Some((_, kind)) = app.registry.type_of(&one.kind) else { continue };
        let Some(panel) = shown(one, &kind) else { continue };
        let entered = entered_origins(&kind.form, panel, &one.settings);
        reach.scripts.extend(panel.script_origins.iter().chain(&entered).cloned());
        reach.frames.extend(panel.frame_origins.iter().chain(&entered).cloned());
        reach.calls = true;
    }
    reach
}

/// Whether the script asks, which cannot follow a redirect to the provider.
pub(super) fn asks(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).is_some_and(|media| media == "application/json")
}

/// The answer to the script: where the provider asks the person.
pub(super) fn started(authorize_url: &str) -> Response {
    Json(json!({"authorize_url": authorize_url})).into_response()
}

/// The answer to the script when there is no attempt; it takes the panel away, and the button stays.
pub(super) async fn refused(visitor: &Visitor, uid: &str, refused: &Refused) -> Response {
    let reference = recorded(visitor, uid, refused).await;
    (refused.reason.status(), Json(json!({"reason": refused.reason.name(), "reference": reference}))).into_response()
}

fn shown<'a>(one: &Authenticator, kind: &'a AuthenticatorType) -> Option<&'a Panel> {
    kind.panel.as_ref().filter(|_| one.enabled && kind.form.is_on(Role::Embed, &one.settings))
}

/// What the scripts may read: the named settings that are shown and no secrets.
fn settings(form: &Form, panel: &Panel, data: &Value) -> Value {
    let data = form.with_defaults(data.clone());
    let open = panel.settings.iter().filter_map(|name| {
        let field = form.field(name).filter(|field| !field.is_secret() && form.is_shown(field, &data))?;
        Some((name.clone(), data.get(&field.name)?.clone()))
    });
    Value::Object(open.collect::<Map<_, _>>())
}

/// The origins of the addresses that an administrator entered and that the panel needs.
fn entered_origins(form: &Form, panel: &Panel, data: &Value) -> Vec<String> {
    let data = form.with_defaults(data.clone());
    let fields = panel.upstreams.iter().filter_map(|name| form.field(name));
    let shown = fields.filter(|field| field.role == Some(Role::Upstream) && form.is_shown(field, &data));
    shown.filter_map(|field| origin_of(data.get(&field.name)?.as_str()?)).collect()
}
