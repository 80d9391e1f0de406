//! What becomes of the settings of authenticators when another release of their plug-in takes over.
//!
//! A release may declare that it migrates settings; then it is asked. Whatever comes of it is checked against the
//! release's form. What does not fit is told to the administrator before anything is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use plugin_api::Ability;
use serde_json::{Map, Value};
use ui_schema::{FaultKind, FieldFault, Form, Text};

use crate::app::App;
use crate::authenticators::directory::Authenticator;
use crate::authenticators::draft::check_settings;
use crate::authenticators::seal;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::store::authenticators::SecretRow;

/// The authenticators of a plug-in, as they would be with another release.
pub(super) struct Carried {
    pub(super) parts: Vec<Part>,
}

/// One of them.
pub(super) struct Part {
    pub(super) one: Arc<Authenticator>,
    /// With secrets, for a call.
    pub(super) in_clear: Value,
    /// What would be stored, if that is something else than now.
    pub(super) changed: Option<Changed>,
    pub(super) unfit: Option<Unfit>,
}

/// Settings that a release would have otherwise.
pub(super) struct Changed {
    pub(super) settings: Value,
    pub(super) secrets: Vec<SecretRow>,
}

/// What does not fit, for the administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unfit {
    pub(crate) uid: String,
    pub(crate) title: Text,
    /// People could not use it: it would be switched off.
    pub(crate) goes_off: bool,
    /// The release has no such type any more.
    pub(crate) type_is_gone: bool,
    /// What is wrong with which field: its title where it has one, otherwise its name.
    pub(crate) faults: Vec<(Text, FieldFault)>,
    /// What the plug-in said when it was to migrate them.
    pub(crate) said: Option<String>,
}

impl Part {
    /// Whether people could still use it.
    pub(super) fn stays_enabled(&self) -> bool {
        self.one.enabled && self.unfit.as_ref().is_none_or(|unfit| !unfit.goes_off)
    }
}

impl Part {
    /// Whether it would be switched off.
    pub(super) fn goes_off(&self) -> bool {
        self.one.enabled && !self.stays_enabled()
    }
}

impl Carried {
    /// What does not fit, told.
    pub(super) fn unfit(&self) -> Vec<Unfit> {
        self.parts.iter().filter_map(|part| part.unfit.clone()).collect()
    }
}

/// Tries the settings of every authenticator of the plug-in on `fresh`; `from` is the version that they were saved
/// with.
pub(super) async fn try_on(app: &App, fresh: &Arc<LoadedPlugin>, from: &str) -> Result<Carried, Failure> {
    app.authenticators.reload(&app.store).await?;
    let all = app.authenticators.all();
    let mut parts = Vec::new();
    for one in all.iter().filter(|one| one.plugin == fresh.manifest().id) {
        parts.push(part(app, fresh, from, one).await?);
    }
    Ok(Carried { parts })
}

async fn part(app: &App, fresh: &Arc<LoadedPlugin>, from: &str, one: &Arc<Authenticator>) -> Result<Part, Failure> {
    let stored = stored(app, one)?;
    let nothing = |unfit| Part { one: Arc::clone(one), in_clear: stored.clone(), changed: None, unfit: Some(unfit) };
    let Some(kind) = fresh.types().iter().find(|kind| kind.id == one.kind) else {
        return Ok(nothing(Unfit { type_is_gone: true, ..Unfit::of(one) }));
    };
    let migrates = fresh.manifest().abilities.contains(&Ability::MigrateSettings);
    let settings = if migrates && from != fresh.manifest().version && !from.is_empty() {
        let on = one.on_behalf(app, stored.clone(), &kind.form);
        match fresh.migrate(&on, from).await {
            Ok(settings) => settings,
            Err(fault) => return Ok(nothing(Unfit { said: Some(fault.to_string()), ..Unfit::of(one) })),
        }
    } else {
        stored.clone()
    };
    let (settings, forgotten) = known_only(&kind.form, kind.form.prepare(settings));
    let faults = faults(&kind.form, &settings);
    let goes_off = one.enabled && !faults.is_empty();
    let faults: Vec<_> = faults.into_iter().chain(forgotten).collect();
    let unfit = (!faults.is_empty()).then(|| Unfit { faults, goes_off, ..Unfit::of(one) });
    let is_new = settings != kind.form.prepare(stored);
    let changed = if is_new { Some(sealed(app, one, &kind.form, &settings)?) } else { None };
    Ok(Part { one: Arc::clone(one), in_clear: settings, changed, unfit })
}

/// The settings that the form knows; the others would be forgotten.
fn known_only(form: &Form, settings: Value) -> (Value, Vec<(Text, FieldFault)>) {
    let Value::Object(settings) = settings else { return (settings, Vec::new()) };
    let (known, unknown): (Map<String, Value>, Map<String, Value>) =
        settings.into_iter().partition(|(name, _)| form.field(name).is_some());
    let fault = |name: String| FieldFault { field: Some(name), kind: FaultKind::UnknownField };
    let unknown = unknown.into_iter().map(|(name, _)| (Text::new(name.clone(), name.clone()), fault(name)));
    (Value::Object(known), unknown.collect())
}

/// All that is stored, whatever form it was stored for.
fn stored(app: &App, one: &Authenticator) -> Result<Value, Failure> {
    let mut settings = one.settings.clone();
    if let Some(object) = settings.as_object_mut() {
        for (field, secret) in &one.secrets {
            object.insert(field.clone(), seal::open(&app.vault, secret)?.into());
        }
    }
    Ok(settings)
}

fn faults(form: &Form, settings: &Value) -> Vec<(Text, FieldFault)> {
    let titled = |fault: FieldFault| {
        let name = fault.field.clone().unwrap_or_default();
        let title = form.field(&name).map(|field| field.title.clone());
        (title.unwrap_or_else(|| Text::new(name.clone(), name)), fault)
    };
    // The secrets are among the settings here.
    check_settings(form, settings, &BTreeSet::new()).into_iter().map(titled).collect()
}

fn sealed(app: &App, one: &Authenticator, form: &Form, settings: &Value) -> Result<Changed, Failure> {
    let (settings, secrets): (Value, BTreeMap<String, String>) = form.split(settings.clone());
    let seal_one = |(field, clear): (String, String)| seal::seal(&app.vault, &*app.entropy, &one.id, &field, &clear);
    let secrets = secrets.into_iter().map(seal_one).collect::<Result<_, _>>()?;
    Ok(Changed { settings, secrets })
}

impl Unfit {
    fn of(one: &Authenticator) -> Self {
        Self {
            uid: one.uid.clone(),
            title: one.title.clone(),
            goes_off: one.enabled,
            type_is_gone: false,
            faults: Vec::new(),
            said: None,
        }
    }
}
