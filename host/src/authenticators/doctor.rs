//! The connection doctor: what stands between an authenticator and the people who want to sign in, found out without a
//! person signing in.
//!
//! The host first says what it knows by itself (see [`surroundings`]): the address that people use, the Redirect URL,
//! the proxy in front. Then the plug-in examines the settings, and asks the provider for that. Nothing is written but an
//! entry in the journal. It never takes longer than one call of a plug-in may.

pub(crate) mod approach;
mod surroundings;
pub(crate) mod told;

use plugin_api::{Fault, Finding, Severity};
use serde_json::{Value, json};
use ui_schema::{Form, Text};

use super::PASSWORD;
use super::directory::Authenticator;
use super::draft::check_settings;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::plugins::OnBehalf;
use crate::ui::i18n::{self, Words};
use approach::Approach;

/// What the doctor found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Examination {
    /// The host's findings, then the plug-in's.
    pub(crate) findings: Vec<Finding>,
    /// Why the plug-in found out nothing, if so.
    pub(crate) failed: Option<Fault>,
}

impl Examination {
    /// Whether people will not be able to sign in, or nobody could tell whether they will.
    pub(crate) fn is_grave(&self) -> bool {
        self.failed.is_some() || self.count(Severity::Error) > 0
    }

    /// How many findings are so bad.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether the provider accepts the credentials; a plug-in that says nothing about them proves nothing.
    pub(crate) fn proves_credentials(&self) -> bool {
        let mut about = self.findings.iter().filter(|finding| finding.id == Finding::CREDENTIALS).peekable();
        self.failed.is_none() && about.peek().is_some() && about.all(|finding| finding.severity == Severity::Good)
    }

    /// Adds the plug-in's findings to the host's. About what both speak of, the host knows better how it is, and the
    /// plug-in what to do.
    fn add(&mut self, findings: Vec<Finding>) {
        let own = self.findings.len();
        for finding in findings {
            match self.findings.iter_mut().take(own).find(|host| host.id == finding.id) {
                Some(host) => {
                    host.remedy = finding.remedy.or_else(|| host.remedy.take());
                    host.link = finding.link.or_else(|| host.link.take());
                }
                None => self.findings.push(finding),
            }
        }
    }

    /// For the journal: what was examined and found wrong, by its identifiers.
    pub(super) fn detail(&self) -> Value {
        let ids = |severity| {
            let such = self.findings.iter().filter(|finding| finding.severity == severity);
            such.map(|finding| finding.id.as_str()).collect::<Vec<_>>().join(", ")
        };
        let failed = self.failed.as_ref().map(|fault| fault.kind);
        json!({"errors": ids(Severity::Error), "warnings": ids(Severity::Warning), "failed": failed})
    }
}

/// Examines an authenticator as it is stored, and says so in the journal.
pub(crate) async fn examine(
    app: &App,
    actor: &str,
    one: &Authenticator,
    approach: Option<&Approach>,
) -> Result<Examination, Failure> {
    let found = match app.registry.type_of(&one.kind) {
        Some((_, kind)) => {
            let on = one.on_behalf(app, one.settings_in_clear(app, &kind.form)?, &kind.form);
            look(app, one, &kind.form, on, approach).await
        }
        None if one.kind == PASSWORD => only("built-in", Severity::Good, "doctor-built-in"),
        None => only("plug-in", Severity::Error, "doctor-plugin-off"),
    };
    let entry = Entry::new("authenticator.checked").actor(actor).subject(&one.uid).detail(found.detail());
    audit::record(app, entry).await?;
    Ok(found)
}

/// Examines an authenticator as it would be, with `settings` in clear.
pub(crate) async fn examine_draft(
    app: &App,
    would_be: &Authenticator,
    form: &Form,
    settings: Value,
    approach: Option<&Approach>,
) -> Examination {
    look(app, would_be, form, would_be.on_behalf(app, settings, form), approach).await
}

async fn look(app: &App, one: &Authenticator, form: &Form, on: OnBehalf, approach: Option<&Approach>) -> Examination {
    let mut found = Examination { findings: surroundings::findings(app, &one.uid, approach), failed: None };
    let missing = check_settings(form, &on.settings, &Default::default());
    let Some((plugin, _)) = app.registry.type_of(&one.kind).filter(|_| missing.is_empty()) else {
        found.findings.push(incomplete(form, &missing));
        return found;
    };
    match plugin.check(&on).await {
        Ok(findings) => found.add(findings),
        Err(fault) => {
            found.findings.extend(fault.explanation.as_deref().cloned());
            found.failed = Some(fault);
        }
    }
    found
}

fn only(id: &str, severity: Severity, key: &str) -> Examination {
    Examination { findings: vec![Finding::new(id, severity, text(key, &[]))], failed: None }
}

/// Settings that cannot be are not shown to the plug-in.
fn incomplete(form: &Form, faults: &[ui_schema::FieldFault]) -> Finding {
    let named = |words: Words| {
        let fields = faults.iter().filter_map(|fault| form.field(fault.field.as_deref()?));
        words.list(&fields.map(|field| field.title.get(words.language())).collect::<Vec<_>>())
    };
    let message = in_both(|words| words.with("doctor-incomplete", &[("fields", named(words).into())]));
    Finding::new("settings", Severity::Error, message)
}

/// A message of the language files in both languages.
fn text(key: &str, values: &[(&'static str, i18n::Value)]) -> Text {
    in_both(|words| words.with(key, values))
}

fn in_both(say: impl Fn(Words) -> String) -> Text {
    use ui_schema::Language::{En, ZhCn};
    Text::new(say(Words::new(En)), say(Words::new(ZhCn)))
}
