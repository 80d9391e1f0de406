//! What administrators send about authenticators.

use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::api::values::Texts;
use crate::authenticators::service::Draft;
use crate::users::refresh::{Field, Fields};

/// A new authenticator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAuthenticator {
    /// Id of its type.
    #[serde(rename = "type")]
    #[schema(example = "oidc")]
    kind: String,
    /// Its identifier: letters without accents, digits, `-` and `_`, 64 at most. It is part of the Redirect URL and
    /// fixed from now on.
    #[schema(example = "head-office")]
    uid: String,
    /// Its title on the sign-in page.
    title: Texts,
    /// A note for administrators.
    #[serde(default)]
    description: Texts,
    /// Whether it is on the sign-in page.
    #[serde(default)]
    enabled: bool,
    /// Which fields of a user a sign-in brings up to date; all of them if absent.
    refresh: Option<Vec<Field>>,
    /// What its type asks for, secrets among it.
    #[schema(value_type = Object)]
    settings: Map<String, Value>,
    /// Enable it without asking the connection doctor.
    #[serde(default)]
    pub(super) despite_findings: bool,
}

/// What an authenticator shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AuthenticatorChange {
    /// Its title on the sign-in page.
    title: Texts,
    /// A note for administrators.
    #[serde(default)]
    description: Texts,
    /// Whether it is on the sign-in page.
    enabled: bool,
    /// Which fields of a user a sign-in brings up to date; absent leaves that as it is.
    refresh: Option<Vec<Field>>,
    /// What its type asks for. A secret that is absent keeps its value.
    #[schema(value_type = Object)]
    settings: Map<String, Value>,
    /// Enable it without asking the connection doctor.
    #[serde(default)]
    pub(super) despite_findings: bool,
    /// Replace credentials that are in use without proof that the provider accepts the new ones.
    #[serde(default)]
    pub(super) unproven: bool,
}

/// What may be said about enabling.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Enabling {
    /// Enable it without asking the connection doctor.
    #[serde(default)]
    pub(super) despite_findings: bool,
}

impl NewAuthenticator {
    /// The type, and the rest.
    pub(super) fn into_parts(self) -> (String, Draft) {
        let draft = Draft {
            uid: self.uid,
            title: self.title.into(),
            description: self.description.into(),
            enabled: self.enabled,
            refresh: self.refresh.map(Fields::of),
            settings: Value::Object(self.settings),
        };
        (self.kind, draft)
    }
}

impl AuthenticatorChange {
    /// The draft for the authenticator `uid`.
    pub(super) fn into_draft(self, uid: &str) -> Draft {
        Draft {
            uid: uid.to_owned(),
            title: self.title.into(),
            description: self.description.into(),
            enabled: self.enabled,
            refresh: self.refresh.map(Fields::of),
            settings: Value::Object(self.settings),
        }
    }
}
