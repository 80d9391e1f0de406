//! One field of a form, as a renderer and the checker see it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Text;

/// One field of a form. Plain data: it crosses the plug-in boundary, so a host trusts none of it before
/// [`Form::validate_definition`](crate::Form::validate_definition).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// The key in the stored settings and the name of the HTML control: `[A-Za-z][A-Za-z0-9_]{0,63}`.
    pub name: String,
    /// Caption, at most [`Field::MAX_TITLE`] characters.
    pub title: Text,
    /// Help below the field as Markdown, at most [`Field::MAX_DESCRIPTION`] characters. Raw HTML in it is not trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Example inside the empty field, at most [`Field::MAX_TITLE`] characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<Text>,
    /// What the field takes.
    pub kind: Kind,
    /// Whether a value is needed while the field is shown.
    #[serde(default)]
    pub required: bool,
    /// The value when nothing was entered. Never present on secrets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// What the field means to the host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// When the field is shown; always, if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// When an optional field needs a value all the same: whenever all conditions of one of these lists hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needed_when: Vec<Vec<When>>,
}

impl Field {
    /// The longest title, placeholder or option label, in characters.
    pub const MAX_TITLE: usize = 200;
    /// The longest description, in characters.
    pub const MAX_DESCRIPTION: usize = 4_000;

    /// Whether the value is sealed when stored and never shown again.
    pub fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret(_))
    }

    /// Whether the host fills the field and nobody enters anything.
    pub fn is_copyable(&self) -> bool {
        matches!(self.kind, Kind::Copyable)
    }

    /// The most characters (Unicode scalar values) that a text may have.
    pub fn max_length(&self) -> Option<u32> {
        match &self.kind {
            Kind::Text(rules) | Kind::Url(rules) | Kind::Secret(rules) => Some(rules.max_length),
            _ => None,
        }
    }
}

/// What a field takes, and how it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Kind {
    /// One line of text, without control characters.
    Text(TextRules),
    /// The base address of a server: absolute, `http` or `https`, without user name, query or fragment.
    Url(TextRules),
    /// One line of text that is stored sealed, never served, and kept when left empty on a later edit.
    Secret(TextRules),
    /// A check box.
    Boolean,
    /// A whole number.
    Integer {
        /// The smallest value.
        min: i64,
        /// The largest value.
        max: i64,
    },
    /// One of several options.
    Choice {
        /// The options in the order in which they are offered.
        options: Vec<ChoiceOption>,
    },
    /// A read-only text that the host fills and a person copies. It is never stored.
    Copyable,
}

/// What a text has to be like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRules {
    /// The fewest characters (Unicode scalar values). An empty text counts as no value, whatever stands here.
    #[serde(default)]
    pub min_length: u32,
    /// The most characters, at most [`TextRules::LENGTH_LIMIT`].
    pub max_length: u32,
    /// A regular expression that means the same in ECMA-262 (flag `u`) and in the `regex` crate, so without
    /// look-around and back-references. It is not anchored: write `^…$`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
}

impl TextRules {
    /// The largest `max_length` that a form may allow, in characters.
    pub const LENGTH_LIMIT: u32 = 16_384;
    /// The `max_length` of a field that names none.
    pub const DEFAULT_MAX_LENGTH: u32 = 2_048;
}

/// One option of a [`Kind::Choice`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// The stored value.
    pub value: String,
    /// What a person reads.
    pub label: Text,
}

/// The condition under which a field is shown: another field has this value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct When {
    /// Name of a [`Kind::Choice`] or [`Kind::Boolean`] that is always shown itself.
    pub field: String,
    /// The value that it has to have.
    pub equals: Value,
}

/// What a field means to the host, beyond its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A [`Kind::Boolean`]: whether people who match no user become new users. At most one in a form.
    SignUp,
    /// A [`Kind::Copyable`]: the host fills in the authenticator's Redirect URL. At most one in a form.
    RedirectUrl,
    /// A [`Kind::Url`]: a base address that the plug-in may call and send browsers to.
    Upstream,
    /// A [`Kind::Boolean`]: whether people are signed in without a click inside the provider's own client. At most one
    /// in a form, and on in at most one authenticator of a host.
    Client,
    /// A [`Kind::Text`]: the path at which people land who come by the link of [`Role::ClientUrl`]. At most one.
    Landing,
    /// A [`Kind::Copyable`]: the host fills in the link for the provider's own client. At most one in a form.
    ClientUrl,
    /// A [`Kind::Boolean`]: whether the sign-in page shows the provider's own panel. At most one in a form.
    Embed,
    /// Neither with whom the plug-in speaks nor as whom, only whom it lets in: when it changes, stored secrets stay, and
    /// attempts under way end by the new rule. Not for secrets, addresses and what the host fills.
    Policy,
    /// A role of a later version; it means nothing here.
    #[serde(other)]
    Unknown,
}

impl Role {
    /// Whether at most one field of a form may have it.
    pub(crate) const fn is_unique(self) -> bool {
        !matches!(self, Self::Upstream | Self::Policy | Self::Unknown)
    }

    /// Whether the host fills fields of this role.
    pub(crate) const fn is_filled(self) -> bool {
        matches!(self, Self::RedirectUrl | Self::ClientUrl)
    }

    /// Whether fields of this role decide about people only, not about the connection; see [`Role::Policy`].
    pub const fn is_policy(self) -> bool {
        matches!(self, Self::SignUp | Self::Client | Self::Landing | Self::Embed | Self::Policy)
    }
}
