//! What an administrator enters about an authenticator, and what can be wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use ui_schema::{FaultKind, Form, Language, Text};

use super::directory::{self, Authenticator};
use super::form_page::DraftField;
use super::one_client::OtherClient;
use super::service::Refused;
use crate::ui::fault::FieldFault;
use crate::users::refresh::Fields;

/// Longest uid, title and description, in characters.
const LONGEST_UID: u32 = 64;
const LONGEST_TITLE: u32 = 64;
const LONGEST_DESCRIPTION: u32 = 500;

/// Uids that addresses need for themselves.
const RESERVED: [&str; 2] = ["new", "order"];

/// What is entered about an authenticator.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) uid: String,
    pub(crate) title: Text,
    pub(crate) description: Text,
    pub(crate) enabled: bool,
    /// Which fields of a user a sign-in refreshes. `None` leaves that as it is; a new authenticator refreshes all.
    pub(crate) refresh: Option<Fields>,
    /// Settings, new secrets among them. A secret that is absent keeps its value.
    pub(crate) settings: Value,
}

/// What is wrong with a draft.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftFaults {
    pub(crate) own: Vec<(DraftField, FieldFault)>,
    pub(crate) settings: Vec<ui_schema::FieldFault>,
    /// Another one that signs people in inside the provider's client.
    pub(crate) other_client: Option<Box<OtherClient>>,
}

impl DraftFaults {
    fn is_empty(&self) -> bool {
        self.own.is_empty() && self.settings.is_empty()
    }
}

/// Settings and secrets apart, checked.
pub(crate) struct Prepared {
    pub(super) settings: Value,
    pub(super) secrets: BTreeMap<String, String>,
}

/// Checks a draft. `before` is the authenticator that it changes.
pub(crate) fn prepare(form: &Form, draft: &Draft, before: Option<&Authenticator>) -> Result<Prepared, Refused> {
    let mut faults = DraftFaults { own: check_own(draft), ..DraftFaults::default() };
    let data = form.prepare(draft.settings.clone());
    let stored: BTreeSet<String> = before.map(|one| one.secrets.keys().cloned().collect()).unwrap_or_default();
    faults.settings = check_settings(form, &data, &stored);
    let (settings, secrets) = form.split(data);
    // A stored secret goes nowhere else: whoever changes the address or the client id enters it again.
    let moved = before.is_some_and(|one| directory::fingerprint(form, &settings) != one.fingerprint(form));
    for field in stored.iter().filter(|field| moved && !secrets.contains_key(*field)) {
        faults.settings.push(ui_schema::FieldFault { field: Some(field.clone()), kind: FaultKind::Required });
    }
    if faults.is_empty() { Ok(Prepared { settings, secrets }) } else { Err(Refused::Invalid(faults)) }
}

/// What is wrong with settings. The built-in authenticator asks for nothing, so there is nothing to check.
pub(crate) fn check_settings(form: &Form, data: &Value, stored: &BTreeSet<String>) -> Vec<ui_schema::FieldFault> {
    if form.fields().is_empty() { Vec::new() } else { form.check(data, stored) }
}

fn check_own(draft: &Draft) -> Vec<(DraftField, FieldFault)> {
    let mut faults = Vec::new();
    let uid = draft.uid.trim();
    let plain = uid.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if uid.is_empty() {
        faults.push((DraftField::Uid, FieldFault::Required));
    } else if uid.len() > LONGEST_UID as usize {
        faults.push((DraftField::Uid, FieldFault::TooLong(LONGEST_UID)));
    } else if !plain || RESERVED.contains(&uid) {
        faults.push((DraftField::Uid, FieldFault::BadIdentifier));
    }
    let too_long = |text: &str, longest: u32| text.chars().count() > longest as usize;
    for language in Language::ALL {
        if text_in(&draft.title, language).trim().is_empty() {
            faults.push((DraftField::Title(language), FieldFault::Required));
        } else if too_long(text_in(&draft.title, language), LONGEST_TITLE) {
            faults.push((DraftField::Title(language), FieldFault::TooLong(LONGEST_TITLE)));
        }
        if too_long(text_in(&draft.description, language), LONGEST_DESCRIPTION) {
            faults.push((DraftField::Description(language), FieldFault::TooLong(LONGEST_DESCRIPTION)));
        }
    }
    faults
}

/// The text of exactly this language.
fn text_in(text: &Text, language: Language) -> &str {
    match language {
        Language::En => &text.en,
        Language::ZhCn => &text.zh_cn,
    }
}

/// What an administrator reads in the journal: which fields, never their values.
pub(super) fn changed_fields(before: &Authenticator, draft: &Draft, prepared: &Prepared) -> String {
    let mut names: Vec<String> = Vec::new();
    let own = [
        ("title", before.title != draft.title),
        ("description", before.description != draft.description),
        ("enabled", before.enabled != draft.enabled),
        ("refresh", draft.refresh.as_ref().is_some_and(|refresh| *refresh != before.refresh)),
    ];
    names.extend(own.iter().filter(|(_, changed)| *changed).map(|(name, _)| (*name).to_owned()));
    let empty = serde_json::Map::new();
    let (old, new) = (before.settings.as_object().unwrap_or(&empty), prepared.settings.as_object().unwrap_or(&empty));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    names.extend(keys.into_iter().filter(|key| old.get(*key) != new.get(*key)).cloned());
    names.extend(prepared.secrets.keys().cloned());
    names.join(", ")
}
