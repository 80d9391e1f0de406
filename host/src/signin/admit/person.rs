//! The person of a case, by every key that a link can have.

use plugin_api::SubjectScope;

use super::Case;
use crate::ids;
use crate::signin::Refused;
use crate::signin::refusal::Refusal;
use crate::store::bindings::{BindingKey, Use};

/// Longest subject that is stored, in bytes.
const LONGEST_SUBJECT: usize = 255;
/// Between the kind of a key that is not a subject and the namespace, so that it never collides with a subject.
const JOINT: char = '\u{1f}';

/// Whom a case is about, with what is needed to find and write links.
pub(super) struct Person<'a> {
    pub(super) case: &'a Case,
    /// The key by the subject.
    pub(super) key: BindingKey,
    pub(super) now: i64,
}

/// A key that a link may have had before it is moved to the subject.
pub(super) struct OldKey {
    pub(super) key: BindingKey,
    /// The kind of the key; `subject` for a former subject.
    pub(super) kind: String,
}

impl<'a> Person<'a> {
    /// # Errors
    /// When the identity has no subject or tenant that a link could be stored under.
    pub(super) fn of(case: &'a Case, now: i64) -> Result<Self, Refused> {
        let subject = &case.identity.subject;
        if subject.trim().is_empty() || subject.len() > LONGEST_SUBJECT || subject.chars().any(char::is_control) {
            return Err(Refused::new(Refusal::ProviderBadAnswer, "the identity has no usable subject"));
        }
        let namespace = match (case.kind.subject_scope, &case.identity.tenant) {
            (SubjectScope::Authenticator, _) => String::new(),
            (SubjectScope::Tenant, Some(tenant)) if !tenant.is_empty() => tenant.clone(),
            (SubjectScope::Tenant, _) => {
                let why = "the identity has no tenant, but its type needs one";
                return Err(Refused::new(Refusal::ProviderBadAnswer, why));
            }
        };
        let authenticator_id = case.authenticator.id.clone();
        Ok(Self { case, key: BindingKey { authenticator_id, namespace, subject: subject.clone() }, now })
    }

    /// Within what the subject means the same person at every authenticator of the type; empty if nobody made sure.
    pub(super) fn realm(&self) -> &str {
        let identity = &self.case.identity;
        identity.realm.as_deref().filter(|_| identity.member).unwrap_or_default()
    }

    /// What a link keeps of this sign-in.
    pub(super) fn using(&self) -> Use<'_> {
        Use { tenant: self.case.identity.tenant.as_deref(), realm: self.realm(), now: self.now }
    }

    /// Former subjects, and other identifiers that belong to one person for good.
    pub(super) fn old_keys(&self) -> impl Iterator<Item = OldKey> + '_ {
        let identity = &self.case.identity;
        let with = |namespace: String, subject: &str| BindingKey {
            authenticator_id: self.key.authenticator_id.clone(),
            namespace,
            subject: subject.to_owned(),
        };
        let stable = |id: &str| self.case.kind.keys.iter().any(|kind| kind.stable && kind.id == id);
        let others = identity.also.iter().filter(move |other| stable(&other.kind)).map(move |other| OldKey {
            key: with(format!("{}{JOINT}{}", other.kind, self.key.namespace), &other.value),
            kind: other.kind.clone(),
        });
        let former = identity.former.iter().filter(|subject| **subject != self.key.subject).map(move |subject| {
            OldKey { key: with(self.key.namespace.clone(), subject), kind: OldKey::SUBJECT.to_owned() }
        });
        others.chain(former)
    }

    /// The name under which sign-ins of this person wait for each other, whichever authenticator of the type they use.
    pub(super) fn lock(&self) -> String {
        ids::hex(format!("subject\u{0}{}\u{0}{}", self.case.kind.id, self.key.subject).as_bytes())
    }
}

impl OldKey {
    const SUBJECT: &'static str = "subject";

    /// Whether it was the person's subject, says the provider itself.
    pub(super) fn was_subject(&self) -> bool {
        self.kind == Self::SUBJECT
    }
}
