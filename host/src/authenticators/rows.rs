//! From authenticators to what is stored of them.

use serde_json::Value;

use super::directory::Authenticator;
use super::draft::Draft;
use crate::app::App;
use crate::store::authenticators::AuthenticatorRow;
use crate::users::refresh::Fields;

/// An authenticator as it is stored.
pub(super) fn of(one: &Authenticator) -> AuthenticatorRow {
    AuthenticatorRow {
        id: one.id.clone(),
        uid: one.uid.clone(),
        kind: one.kind.clone(),
        plugin: one.plugin.clone(),
        title_en: one.title.en.clone(),
        title_zh: one.title.zh_cn.clone(),
        description_en: one.description.en.clone(),
        description_zh: one.description.zh_cn.clone(),
        enabled: one.enabled,
        position: one.position,
        settings: one.settings.to_string(),
        refresh: one.refresh.to_string(),
        created_at: one.created_at,
        updated_at: one.updated_at,
    }
}

/// A new one; its plug-in and its position are still to be said.
pub(super) fn of_draft(app: &App, id: String, kind: &str, draft: &Draft, settings: &Value) -> AuthenticatorRow {
    let now = app.clock.now_ms();
    AuthenticatorRow {
        id,
        uid: draft.uid.trim().to_owned(),
        kind: kind.to_owned(),
        plugin: String::new(),
        title_en: draft.title.en.trim().to_owned(),
        title_zh: draft.title.zh_cn.trim().to_owned(),
        description_en: draft.description.en.trim().to_owned(),
        description_zh: draft.description.zh_cn.trim().to_owned(),
        enabled: draft.enabled,
        position: 0,
        settings: settings.to_string(),
        refresh: draft.refresh.clone().unwrap_or_else(Fields::all).to_string(),
        created_at: now,
        updated_at: now,
    }
}

/// `before`, as somebody changed it.
pub(super) fn of_change(app: &App, before: &Authenticator, draft: &Draft, settings: &Value) -> AuthenticatorRow {
    AuthenticatorRow {
        plugin: before.plugin.clone(),
        position: before.position,
        refresh: draft.refresh.as_ref().unwrap_or(&before.refresh).to_string(),
        created_at: before.created_at,
        ..of_draft(app, before.id.clone(), &before.kind, draft, settings)
    }
}
