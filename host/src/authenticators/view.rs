//! What the pages show of authenticators, made from what is stored and what is loaded.

use plugin_api::{AuthenticatorType, Fault, Finding, Severity};
use ui_schema::Language;

use super::PASSWORD;
use super::directory::Authenticator;
use super::form_page::{CheckView, FindingSeverity, FindingView};
use super::page::{AuthenticatorRow, AuthenticatorState, Origin, TypeOption};
use super::service;
use crate::app::App;
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
        let ready = service::is_configured(&kind.form, one);
        return if ready { AuthenticatorState::Ready } else { AuthenticatorState::NotConfigured };
    }
    let listing = app.registry.list();
    match listing.plugins.iter().find(|entry| entry.id == one.plugin).map(|entry| &entry.state) {
        Some(State::Available) => AuthenticatorState::PluginDisabled,
        Some(State::Failed(_) | State::Quarantined) => AuthenticatorState::PluginFailed,
        Some(State::Enabled(_)) | None => AuthenticatorState::PluginMissing,
    }
}

/// What the connection doctor found.
pub(crate) fn check(language: Language, outcome: Result<Vec<Finding>, Fault>) -> CheckView {
    let words = Words::new(language);
    let finding = |finding: Finding| FindingView {
        severity: match finding.severity {
            Severity::Good => FindingSeverity::Good,
            Severity::Warning => FindingSeverity::Warning,
            Severity::Error => FindingSeverity::Error,
        },
        message: finding.message.get(language).to_owned(),
        remedy: finding.remedy.map(|text| text.get(language).to_owned()),
        link: finding.link.filter(|link| link.starts_with("https://")),
    };
    match outcome {
        Ok(findings) => CheckView { findings: findings.into_iter().map(finding).collect(), failed: None },
        Err(fault) => {
            let reason = crate::signin::Refused::from(fault).reason;
            CheckView { findings: Vec::new(), failed: Some(words.t(&reason.sentence_key())) }
        }
    }
}
