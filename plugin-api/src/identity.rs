//! What a plug-in says about a person who signed in at the provider.
//!
//! A plug-in only reports; whose account it is, and whether there is one, is decided by the host.

use serde::{Deserialize, Serialize};

/// A person as the provider described them in this very sign-in.
///
/// A subject that is empty, longer than [`Self::KEY_CAP`] or has control characters, or texts beyond the other caps,
/// make the whole answer a fault of kind [`crate::FaultKind::Internal`].
///
/// ```
/// use plugin_api::{Claim, Identity, PhoneNumber};
///
/// let mut identity = Identity::new("u-1");
/// identity.name = Some(Claim::account("Ada".to_owned()));
/// identity.phone = Some(Claim::directory(PhoneNumber { number: "13900000001".into(), country_code: Some("86".into()) }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The provider's stable identifier of the person. Never empty, compared byte by byte.
    pub subject: String,
    /// The provider's organisation the person signed in for, if the provider said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// Telephone number as the provider gave it. The host turns it into E.164 or refuses to use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Claim<PhoneNumber>>,
    /// E-mail address. Shown and stored, never used to find an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Claim<String>>,
    /// Display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Claim<String>>,
    /// Address of a picture. The host stores it as text and never fetches it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<Claim<String>>,
    /// Groups or departments, by the provider's identifiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Claim<String>>,
    /// Whether the plug-in made sure, in this very sign-in, that the person belongs to the organisation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub member: bool,
    /// Within what the subject means the same person at every authenticator of this type, for example
    /// `https://api.example.com/org-1`. Only for an identity whose [`Self::member`] is true; the host links the person at
    /// once to whom another authenticator of the same realm knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub realm: Option<String>,
    /// Other identifiers of the person, of the kinds in [`crate::AuthenticatorType::keys`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<OtherKey>,
    /// Subjects that the same person had before, as the provider itself says, newest first; at most
    /// [`Self::FORMER_CAP`]. A link of one of them moves to [`Self::subject`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
}

/// An identifier of a person beside the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherKey {
    /// What it is: [`crate::KeyKind::id`].
    pub kind: String,
    /// Its value, with the rules of a subject.
    pub value: String,
}

impl Identity {
    /// The longest subject or tenant, in bytes.
    pub const KEY_CAP: usize = 255;

    /// The longest e-mail address, name, picture address or group, in bytes.
    pub const TEXT_CAP: usize = 2048;

    /// The most former subjects, and the most other keys.
    pub const FORMER_CAP: usize = 16;

    /// The most groups.
    pub const GROUP_CAP: usize = 1000;

    /// A person known by `subject` alone.
    pub fn new(subject: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            tenant: None,
            phone: None,
            email: None,
            name: None,
            avatar_url: None,
            groups: Vec::new(),
            member: false,
            realm: None,
            also: Vec::new(),
            former: Vec::new(),
        }
    }
}

/// A value together with who vouches for it.
///
/// ```
/// use plugin_api::{Claim, Provenance};
///
/// // What the person typed in there and nobody verified.
/// let typed_in = Claim { value: "ada@example.com".to_owned(), provenance: Provenance::SelfDeclared };
/// assert_ne!(typed_in, Claim::account("ada@example.com".to_owned()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim<T> {
    /// The value.
    pub value: T,
    /// Who vouches for it.
    pub provenance: Provenance,
}

impl<T> Claim<T> {
    /// A value of the person's own account at the provider.
    pub fn account(value: T) -> Self {
        Self { value, provenance: Provenance::Account }
    }

    /// A value of the organisation's directory.
    pub fn directory(value: T) -> Self {
        Self { value, provenance: Provenance::Directory }
    }
}

/// Who vouches for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// The provider, from the person's own account; verified by the provider.
    Account,
    /// The organisation's directory, kept by its administrators.
    Directory,
    /// The person, unverified. Never used to find an account; also what a later plug-in may say that this version has
    /// no word for.
    #[serde(other)]
    SelfDeclared,
}

/// A telephone number, not yet normalised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneNumber {
    /// The number: national digits, or international with a leading `+`.
    pub number: String,
    /// Country calling code without `+`, for example `86`, when the provider gave it apart from the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
}
