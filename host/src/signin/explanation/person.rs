//! Who the provider said the person is, masked.

use plugin_api::{Claim, Identity, Provenance};
use serde::{Deserialize, Serialize};

use super::mask;

/// A person as the provider named them: recognisable, and not more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    /// The beginning and the end of the subject.
    pub(crate) subject: String,
    /// The organisation, by the provider's identifier.
    pub(crate) tenant: Option<String>,
    /// Whether the plug-in made sure that the person belongs to the organisation.
    pub(crate) member: bool,
    /// The name, in full.
    pub(crate) name: Option<String>,
    /// The last digits of the telephone number.
    pub(crate) phone: Option<Vouched>,
    /// The beginning of the e-mail address, and its domain.
    pub(crate) email: Option<Vouched>,
}

/// A masked value, and who vouches for the whole one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Vouched {
    pub(crate) text: String,
    pub(crate) by: Provenance,
}

impl Person {
    pub(crate) fn of(identity: &Identity) -> Self {
        let email = |claim: &Claim<String>| Vouched { text: mask::email(&claim.value), by: claim.provenance };
        Self {
            subject: mask::key(&identity.subject),
            tenant: identity.tenant.clone(),
            member: identity.member,
            name: identity.name.as_ref().map(|claim| mask::line(&crate::users::names::tame(&claim.value), &[])),
            phone: identity
                .phone
                .as_ref()
                .map(|claim| Vouched { text: mask::phone(&claim.value.number), by: claim.provenance }),
            email: identity.email.as_ref().map(email),
        }
    }
}

impl Vouched {
    /// Who vouches for it; a message in the language files.
    pub(crate) const fn key(&self) -> &'static str {
        match self.by {
            Provenance::Account => "vouched-account",
            Provenance::Directory => "vouched-directory",
            Provenance::SelfDeclared => "vouched-nobody",
        }
    }
}
