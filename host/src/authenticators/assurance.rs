//! What is made sure of before an authenticator is enabled, or before credentials in use are replaced.
//!
//! Enabling asks the connection doctor: if people could not sign in, the administrator hears of it first. New
//! credentials of an enabled authenticator have to be accepted by the provider before they replace the old ones, so that
//! a slip of the hand locks nobody out. Both can be insisted on, and the journal tells.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use ui_schema::Form;

use super::directory::{self, Authenticator};
use super::doctor::approach::Approach;
use super::doctor::{self, Examination};
use super::draft::Prepared;
use super::service::Refused;
use super::{PASSWORD, seal};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;

/// Whose doing a change is, and on what they insist.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mandate<'a> {
    /// A user's id, or the name of a command.
    pub(crate) actor: &'a str,
    /// Which way the request came, if one did.
    pub(crate) approach: Option<&'a Approach>,
    /// Enable it whatever the doctor would find.
    pub(crate) despite_findings: bool,
    /// Replace credentials in use without proof that the new ones work.
    pub(crate) unproven: bool,
}

impl<'a> Mandate<'a> {
    /// Of somebody who insists on nothing.
    pub(crate) const fn of(actor: &'a str) -> Self {
        Self { actor, approach: None, despite_findings: false, unproven: false }
    }
}

/// What was made sure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assurance {
    /// Nothing had to be.
    NotNeeded,
    /// The doctor found nothing grave.
    Examined,
    /// The doctor was not asked.
    Despite,
    /// The provider accepts the new credentials.
    Proven,
    /// Nobody asked the provider.
    Unproven,
}

impl Assurance {
    /// Says so in the details of a journal entry.
    pub(super) fn note(self, mut detail: Map<String, Value>) -> Value {
        let said = match self {
            Self::NotNeeded => None,
            Self::Examined => Some(("doctor", "passed")),
            Self::Despite => Some(("doctor", "ignored")),
            Self::Proven => Some(("credentials", "proven")),
            Self::Unproven => Some(("credentials", "unproven")),
        };
        detail.extend(said.map(|(name, value)| (name.to_owned(), json!(value))));
        Value::Object(detail)
    }
}

/// An authenticator as it would be.
pub(super) struct WouldBe<'a> {
    pub(super) one: &'a Authenticator,
    pub(super) form: &'a Form,
    /// What was entered; nothing, if it is only switched on.
    pub(super) prepared: Option<&'a Prepared>,
}

/// Makes sure of what the step from `before` needs. A refusal is an entry in the journal.
pub(super) async fn assure(
    app: &App,
    mandate: &Mandate<'_>,
    before: Option<&Authenticator>,
    after: &WouldBe<'_>,
) -> Result<Assurance, Refused> {
    if after.one.kind == PASSWORD || !after.one.enabled {
        return Ok(Assurance::NotNeeded);
    }
    let in_use = before.filter(|before| before.enabled);
    match in_use {
        None if mandate.despite_findings => Ok(Assurance::Despite),
        None => {
            let found = after.examine(app, mandate, before).await?;
            if !found.is_grave() {
                return Ok(Assurance::Examined);
            }
            refuse(app, mandate, "authenticator.enabled", after, &found).await?;
            Err(Refused::Findings(Box::new(found)))
        }
        Some(before) if !after.replaces_credentials(app, before) => Ok(Assurance::NotNeeded),
        Some(_) if mandate.unproven => Ok(Assurance::Unproven),
        Some(_) => {
            let found = after.examine(app, mandate, before).await?;
            if found.proves_credentials() {
                return Ok(Assurance::Proven);
            }
            refuse(app, mandate, "authenticator.changed", after, &found).await?;
            Err(Refused::Unproven(Box::new(found)))
        }
    }
}

impl WouldBe<'_> {
    async fn examine(
        &self,
        app: &App,
        mandate: &Mandate<'_>,
        before: Option<&Authenticator>,
    ) -> Result<Examination, Failure> {
        let settings = self.in_clear(app, before)?;
        Ok(doctor::examine_draft(app, self.one, self.form, settings, mandate.approach).await)
    }

    /// What was entered, with the stored secrets that it does not replace.
    fn in_clear(&self, app: &App, before: Option<&Authenticator>) -> Result<Value, Failure> {
        let mut secrets = BTreeMap::new();
        for (field, stored) in before.iter().flat_map(|before| &before.secrets) {
            secrets.insert(field.clone(), seal::open(&app.vault, stored)?);
        }
        secrets.extend(self.prepared.iter().flat_map(|prepared| prepared.secrets.clone()));
        Ok(self.form.join(self.one.settings.clone(), &secrets))
    }

    /// Whether the plug-in would introduce itself to the provider differently. A form without secrets has nothing that
    /// could be proven.
    fn replaces_credentials(&self, app: &App, before: &Authenticator) -> bool {
        let is_new = |(field, clear): (&String, &String)| {
            let stored = before.secrets.get(field).and_then(|row| seal::open(&app.vault, row).ok());
            stored.as_ref() != Some(clear)
        };
        let moved = directory::fingerprint(self.form, &self.one.settings) != before.fingerprint(self.form);
        let secrets = self.prepared.iter().flat_map(|prepared| &prepared.secrets);
        !self.form.secret_fields().is_empty() && (moved || secrets.into_iter().any(is_new))
    }
}

async fn refuse(
    app: &App,
    mandate: &Mandate<'_>,
    kind: &'static str,
    after: &WouldBe<'_>,
    found: &Examination,
) -> Result<(), Failure> {
    let entry = Entry::new(kind).refused().actor(mandate.actor).subject(&after.one.uid).detail(found.detail());
    audit::record(app, entry).await
}
