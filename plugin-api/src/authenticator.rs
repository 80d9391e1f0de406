//! What a plug-in registers: authenticator types.

use serde::{Deserialize, Serialize};
use ui_schema::{Form, Text};

/// One type of authenticator, as it appears under "Add new" on the Authentication page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AuthenticatorType {
    /// Identifier, unique in a host: `[a-z][a-z0-9-]{1,63}`, for example `oidc`.
    pub id: String,
    /// Name of the type; also the title that a new authenticator starts with.
    pub title: Text,
    /// One sentence for the "Add new" menu.
    pub description: Text,
    /// Icon as an SVG document, for the menu, the table and the sign-in button.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The button below the form on the sign-in page. `{title}` stands for the authenticator's own title.
    pub login_button: LoginButton,
    /// The settings form, made from the plug-in's settings struct.
    pub form: Form,
    /// Set-up guide, Markdown: what the administrator does in the provider's console, step by step.
    /// `{redirect_url}` stands for the authenticator's Redirect URL.
    pub guide: Text,
    /// How the provider answers to the Redirect URL.
    #[serde(default)]
    pub callback: CallbackGrammar,
    /// Within what a subject is unique.
    #[serde(default)]
    pub subject_scope: SubjectScope,
}

/// The sign-in button as data; the host draws it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginButton {
    /// Caption, for example "Continue with {title}".
    pub caption: Text,
}

/// What the host demands of a callback before the plug-in sees it (RFC 6749 section 4.1.2, RFC 9700 section 2.1.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallbackGrammar {
    /// Names under which the provider sends the authorization code. Several may come at once, then with one value.
    pub code: Vec<String>,
    /// Name under which the provider sends the reason when there is no code.
    pub error: String,
}

impl Default for CallbackGrammar {
    /// `code` and `error`, the names of RFC 6749.
    fn default() -> Self {
        Self { code: vec!["code".into()], error: "error".into() }
    }
}

/// Within what a provider's subject identifier is unique; it decides the key of the stored link to a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectScope {
    /// One subject is one person, whichever tenant they chose: the link is (authenticator, subject).
    #[default]
    Authenticator,
    /// The same subject may be another person in another tenant: the link is (authenticator, tenant, subject).
    Tenant,
}
