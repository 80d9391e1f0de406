//! What the pages show of authenticators, made from what is stored and what is loaded.

use plugin_api::AuthenticatorType;
use serde_json::Value;
use ui_schema::Language;

use super::PASSWORD;
use super::directory::Authenticator;
use super::doctor::Examination;
use super::doctor::told::{FindingBody, SeverityName, Told};
use super::form_page::{CheckView, FindingSeverity, FindingView, Question};
use super::page::{AuthenticatorRow, AuthenticatorState, Origin, TypeOption};
use super::service;
use crate::app::App;
use crate::outage;
use crate::plugins::State;
use crate::ui::i18n::Words;
use crate::ui::icons::{Icon, Picture};

/// A row of the table.
pub(super) fn row(app: &App, language: Language, one: &Authenticator, sign_ins: u64) -> AuthenticatorRow {
    AuthenticatorRow {
        uid: one.uid.clone(),
        title: one.title.get(language).to_owned(),
        type_title: type_title(app, language, &one.kind),
        origin: origin(app, one),
        picture: picture(app, &one.kind),
        state: state(app, one),
        sign_ins,
        enabled: one.enabled,
    }
}

/// The types that "Add new" offers.
pub(super) fn types(app: &App, language: Language) -> Vec<TypeOption> {
    let option = |kind: &AuthenticatorType| TypeOption {
        id: kind.id.clone(),
        title: kind.title.get(language).to_owned(),
        description: kind.description.get(language).to_owned(),
        picture: picture(app, &kind.id),
    };
    app.registry.types().iter().map(|(_, kind)| option(kind)).collect()
}

/// The name of a type; its id while its plug-in is not there.
pub(super) fn type_title(app: &App, language: Language, kind: &str) -> String {
    if kind == PASSWORD {
        return Words::new(language).t("type-password");
    }
    app.registry.type_of(kind).map_or_else(|| kind.to_owned(), |(_, kind)| kind.title.get(language).to_owned())
}

/// The picture of a type.
pub(crate) fn picture(app: &App, kind: &str) -> Picture {
    let known = app.registry.type_of(kind);
    let has_icon = known.is_some_and(|(plugin, kind)| kind.icon.is_some() || plugin.manifest().icon.is_some());
    match (kind, has_icon) {
        (PASSWORD, _) => Picture::Drawn(Icon::Key),
        (_, true) => Picture::Served(kind.to_owned()),
        (_, false) => Picture::Drawn(Icon::Door),
    }
}

/// The link for the provider's own client, of types that sign people in there.
pub(crate) fn client_url(app: &App, kind: &str, uid: &str, settings: &Value) -> Option<String> {
    let (_, kind) = app.registry.type_of(kind)?;
    let client = kind.client.as_ref()?;
    let landing = kind.form.landing(settings);
    Some(app.client_url(uid, client.link_query.as_deref(), landing.as_deref()))
}

fn origin(app: &App, one: &Authenticator) -> Origin {
    if one.kind == PASSWORD {
        return Origin::BuiltIn;
    }
    let version = app.registry.plugin(&one.plugin).map(|plugin| plugin.manifest().version.clone());
    Origin::Plugin(one.plugin.clone(), version)
}

/// Whether people could sign in with it, and if not, why.
pub(crate) fn state(app: &App, one: &Authenticator) -> AuthenticatorState {
    if one.kind == PASSWORD {
        return AuthenticatorState::Ready;
    }
    if let Some((_, kind)) = app.registry.type_of(&one.kind) {
        return match service::is_configured(&kind.form, one) {
            false => AuthenticatorState::NotConfigured,
            true if one.enabled && outage::is_down(app, one) => AuthenticatorState::NotAnswering,
            true => AuthenticatorState::Ready,
        };
    }
    let listing = app.registry.list();
    match listing.plugins.iter().find(|entry| entry.id == one.plugin).map(|entry| &entry.state) {
        Some(State::Available) => AuthenticatorState::PluginDisabled,
        Some(State::Failed(_) | State::Quarantined(_)) => AuthenticatorState::PluginFailed,
        Some(State::Enabled(_)) | None => AuthenticatorState::PluginMissing,
    }
}

/// What the connection doctor found.
pub(super) fn check(language: Language, found: &Examination, question: Option<Question>) -> CheckView {
    let told = Told::of(found, Words::new(language));
    let finding = |finding: FindingBody| FindingView {
        severity: match finding.severity {
            SeverityName::Good => FindingSeverity::Good,
            SeverityName::Info => FindingSeverity::Info,
            SeverityName::Warning => FindingSeverity::Warning,
            SeverityName::Error => FindingSeverity::Error,
        },
        message: finding.message,
        remedy: finding.remedy,
        link: finding.link,
        search: finding.search,
    };
    CheckView {
        findings: told.findings.into_iter().map(finding).collect(),
        failed: told.failed.map(|failure| failure.message),
        question,
    }
}
