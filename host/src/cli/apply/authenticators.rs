//! `[[authenticators]]`, in the order in which they are to be shown.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};
use ui_schema::{Field, Form, Kind, Text};

use super::given::Given;
use super::{ACTOR, Change, Run};
use crate::authenticators::directory::{self, Authenticator};
use crate::authenticators::doctor::told::{FindingBody, SeverityName, Told};
use crate::authenticators::service::{self, Draft};
use crate::authenticators::{doctor, order, seal};
use crate::cli::Problem;
use crate::cli::terminal::{tame, warn, words};
use crate::users::refresh::{self, Fields};

/// What the file says about one authenticator. What it does not say stays; a new one takes its title from its type,
/// and is enabled. `settings` are said as a whole, but a secret may be left out once it is stored.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuthenticatorSpec {
    pub(super) uid: String,
    #[serde(rename = "type")]
    kind: String,
    title: Option<Text>,
    description: Option<Text>,
    enabled: Option<bool>,
    refresh: Option<Vec<refresh::Field>>,
    settings: Option<BTreeMap<String, Given>>,
}

impl AuthenticatorSpec {
    pub(super) async fn apply(&self, run: &Run<'_>) -> Result<Change, Problem> {
        let form = service::form_of(run.app, &self.kind).ok_or_else(|| self.no_such_type())?;
        let settings = self.settings.as_ref().map(|settings| in_clear(run, &form, settings)).transpose()?;
        match run.app.authenticators.find(&self.uid) {
            None => self.create(run, &form, settings).await,
            Some(before) => self.update(run, &form, settings, &before).await,
        }
    }

    fn no_such_type(&self) -> Problem {
        Problem::other(format!(
            "no enabled plug-in registers the type {:?}; enable the plug-in, for example under [[plugins]]",
            self.kind
        ))
    }

    async fn create(&self, run: &Run<'_>, form: &Form, settings: Option<Value>) -> Result<Change, Problem> {
        let title = || run.app.registry.type_of(&self.kind).map(|(_, kind)| kind.title.clone());
        let draft = Draft {
            uid: self.uid.clone(),
            title: self.title.clone().or_else(title).unwrap_or_default(),
            description: self.description.clone().unwrap_or_default(),
            enabled: self.enabled.unwrap_or(true),
            refresh: self.refresh.clone().map(Fields::of),
            settings: settings.unwrap_or_else(|| Value::Object(Map::new())),
        };
        service::prepare(form, &draft, None)?;
        if !run.dry {
            let enabled = draft.enabled;
            service::create(run.app, &run.mandate(), &self.kind, draft).await?;
            self.warn(run, enabled).await?;
        }
        Ok(Change::Created)
    }

    async fn update(
        &self,
        run: &Run<'_>,
        form: &Form,
        settings: Option<Value>,
        before: &Authenticator,
    ) -> Result<Change, Problem> {
        if before.kind != self.kind {
            let why = format!("it is of the type {}; delete it first, or choose another uid", before.kind);
            return Err(Problem::other(why));
        }
        let told = settings.unwrap_or_else(|| before.settings.clone());
        let draft = Draft {
            uid: self.uid.clone(),
            title: self.title.clone().unwrap_or_else(|| before.title.clone()),
            description: self.description.clone().unwrap_or_else(|| before.description.clone()),
            enabled: self.enabled.unwrap_or(before.enabled),
            refresh: self.refresh.clone().map(Fields::of),
            settings: without_known_secrets(run, form, told, before)?,
        };
        service::prepare(form, &draft, Some(before))?;
        if is_the_same(form, &draft, before) {
            return Ok(Change::Unchanged);
        }
        if !run.dry {
            let enables = draft.enabled && !before.enabled;
            service::update(run.app, &run.mandate(), &self.uid, draft).await?;
            self.warn(run, enables).await?;
        }
        Ok(Change::Changed)
    }
}

impl AuthenticatorSpec {
    /// What stands in the way of people is told once the authenticator is enabled; the file's word counts all the same.
    async fn warn(&self, run: &Run<'_>, enabled: bool) -> Result<(), Problem> {
        let Some(one) = run.app.authenticators.find(&self.uid).filter(|_| enabled) else { return Ok(()) };
        let found = doctor::examine(run.app, ACTOR, &one, None).await?;
        let told = Told::of(&found, words());
        let grave = |finding: &FindingBody| finding.severity == SeverityName::Error;
        let findings =
            told.findings.into_iter().filter(grave).map(|finding| {
                [Some(finding.message), finding.remedy].into_iter().flatten().collect::<Vec<_>>().join(" ")
            });
        for sentence in findings.chain(told.failed.map(|failure| failure.message)) {
            warn(format_args!("authenticator {}: {}", tame(&self.uid), tame(&sentence)));
        }
        Ok(())
    }
}

/// The settings with what they refer to, in the types of the form.
fn in_clear(run: &Run<'_>, form: &Form, settings: &BTreeMap<String, Given>) -> Result<Value, Problem> {
    let mut clear = Map::new();
    for (name, given) in settings {
        let fail = |why: &str| Problem::configuration(format!("settings.{name}: {why}"));
        let field = form.field(name);
        if given.is_here() && field.is_some_and(Field::is_secret) {
            return Err(fail("a secret does not belong in this file; write { env = \"NAME\" } or { file = \"PATH\" }"));
        }
        let value = given.value(run.folder).map_err(|why| fail(&why))?;
        let value = if given.is_here() { value } else { typed(field, value) };
        clear.insert(name.clone(), value);
    }
    Ok(Value::Object(clear))
}

/// What comes from a variable or a file is text; a check box or a number is meant where the form has one.
fn typed(field: Option<&Field>, value: Value) -> Value {
    let text = value.as_str().unwrap_or_default();
    let meant = match field.map(|field| &field.kind) {
        Some(Kind::Boolean) => text.parse::<bool>().ok().map(Value::from),
        Some(Kind::Integer { .. }) => text.parse::<i64>().ok().map(Value::from),
        _ => None,
    };
    meant.unwrap_or(value)
}

/// Leaves out the secrets that are stored already, unless they have to be entered again because the addressee changes.
fn without_known_secrets(
    run: &Run<'_>,
    form: &Form,
    settings: Value,
    before: &Authenticator,
) -> Result<Value, Problem> {
    let (public, secrets) = form.split(form.prepare(settings));
    let moved = directory::fingerprint(form, &public) != before.fingerprint(form);
    let mut fresh = BTreeMap::new();
    for (field, secret) in secrets {
        let known = match before.secrets.get(&field) {
            Some(row) if !moved => seal::open(&run.app.vault, row)? == secret,
            _ => false,
        };
        if !known {
            fresh.insert(field, secret);
        }
    }
    Ok(form.join(public, &fresh))
}

/// Whether saving `draft`, from which known secrets were left out, would change nothing.
fn is_the_same(form: &Form, draft: &Draft, before: &Authenticator) -> bool {
    let (settings, secrets) = form.split(form.prepare(draft.settings.clone()));
    secrets.is_empty()
        && settings == before.settings
        && draft.title == before.title
        && draft.description == before.description
        && draft.enabled == before.enabled
        && draft.refresh.as_ref().is_none_or(|refresh| *refresh == before.refresh)
}

/// Puts the authenticators of the file into its order, among themselves; others keep their places.
pub(super) async fn put_in_order(run: &Run<'_>, specs: &[AuthenticatorSpec]) -> Result<Change, Problem> {
    let now: Vec<String> = run.app.authenticators.all().iter().map(|one| one.uid.clone()).collect();
    let mut named = specs.iter().map(|spec| &spec.uid).filter(|uid| now.contains(uid));
    let is_named = |uid: &String| specs.iter().any(|spec| spec.uid == *uid);
    let wanted: Vec<String> =
        now.iter().map(|uid| if is_named(uid) { named.next().unwrap_or(uid).clone() } else { uid.clone() }).collect();
    if wanted == now {
        return Ok(Change::Unchanged);
    }
    if !run.dry {
        let moved = wanted.iter().zip(&now).find(|(wanted, now)| wanted != now).map_or("", |(wanted, _)| wanted);
        order::reorder(run.app, ACTOR, moved, &wanted).await?;
    }
    Ok(Change::Changed)
}
