//! What a plug-in registers: authenticator types.

#[cfg(any(feature = "host", feature = "testing"))]
mod rules;

use serde::{Deserialize, Serialize};
use ui_schema::{Form, Text};

/// One type of authenticator, as it appears under "Add new" on the Authentication page.
///
/// ```
/// use plugin_api::AuthenticatorType;
/// use plugin_api::ui_schema::{Form, JsonSchema, Text, schemars};
///
/// #[derive(JsonSchema)]
/// struct Settings {
///     #[schemars(title = "Client ID", extend("x-zh-CN" = { "title": "客户端 ID" }))]
///     client_id: String,
/// }
///
/// let mut example = AuthenticatorType::new(
///     "example",
///     Text::new("Example", "示例"),
///     Text::new("Sign in with Example.", "使用示例账号登录。"),
///     Text::new("Continue with {title}", "使用{title}登录"),
///     Form::of::<Settings>(),
/// );
/// // A provider that does not use the names of RFC 6749.
/// example.callback.code = vec!["authCode".into()];
/// assert_eq!(example.form.validate_definition(), Ok(()));
/// ```
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
    /// How people are signed in without a click inside the provider's own client, if they can be. The form then has a
    /// field with [`ui_schema::Role::Client`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientSignIn>,
    /// The provider's own panel on the sign-in page, if there is one. The form then has a field with
    /// [`ui_schema::Role::Embed`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<Panel>,
    /// Other identifiers of people that [`crate::AuthPlugin::resolve`] can turn into subjects, or that come along in
    /// [`crate::Identity::also`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<KeyKind>,
}

impl AuthenticatorType {
    /// A type that signs people in by a redirect, with the parameter names of RFC 6749. Everything else is in public
    /// fields.
    pub fn new(id: impl Into<String>, title: Text, description: Text, caption: Text, form: Form) -> Self {
        Self {
            id: id.into(),
            title,
            description,
            icon: None,
            login_button: LoginButton { caption },
            form,
            guide: Text::default(),
            callback: CallbackGrammar::default(),
            subject_scope: SubjectScope::default(),
            client: None,
            panel: None,
            keys: Vec::new(),
        }
    }
}

/// A kind of identifier beside the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyKind {
    /// Identifier: `[a-z][a-z0-9-]{1,63}`, but not `subject`; for example `userid`.
    pub id: String,
    /// What an administrator calls it.
    pub title: Text,
    /// Whether a value belongs to one person for good. Only then does a link by this key sign anybody in before it is
    /// moved to the subject; a telephone number does not qualify.
    #[serde(default)]
    pub stable: bool,
}

/// Signing in inside the provider's own client.
///
/// The host serves a page of its own with the scripts. On it, `window.gatehouse` is an object with `settings` (the
/// named values), `query` (a `URLSearchParams` of what came with the link), `done(parameters)`, which sends the
/// parameters to the host and becomes [`crate::Callback::query`] with [`crate::Channel::Client`], and `fail(reason)`
/// with one of `not-in-client`, `wrong-organisation`, `untrusted-domain`, `cancelled`, `failed`, which leads to the
/// ordinary sign-in page with a sentence. The first of these calls counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientSignIn {
    /// Parts of the client's `User-Agent`, in lower case; one is enough. Only a hint where silent sign-in is worth
    /// trying: nothing is granted because of it.
    pub user_agents: Vec<String>,
    /// Names of the settings that the scripts may read; no secrets.
    pub settings: Vec<String>,
    /// The scripts, in the order in which they run. Served from the host's own origin.
    pub scripts: Vec<Script>,
    /// What the link for the client carries as its query, as the provider's client fills it in, for example
    /// `org=$ORG$`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_query: Option<String>,
}

/// The provider's own panel on the sign-in page, for example a code to scan.
///
/// The scripts find `window.gatehousePanel`, an object with `element` (where to draw, an HTML element with an id),
/// `settings` (the named values), `start()`, which begins an attempt and resolves to the authorize address that
/// [`crate::AuthPlugin::begin`] answered, `done(query)`, which takes the browser to the Redirect URL with that query,
/// once, and `fail()`, which takes the panel away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// Names of the settings that the scripts may read; no secrets.
    pub settings: Vec<String>,
    /// The scripts, in the order in which they run. Served from the host's own origin.
    pub scripts: Vec<Script>,
    /// Origins that scripts may come from beside the host's own, for example `https://cdn.example.com`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub script_origins: Vec<String>,
    /// Origins that frames may show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frame_origins: Vec<String>,
    /// Names of shown fields with [`ui_schema::Role::Upstream`] whose origins count among both as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub upstreams: Vec<String>,
}

/// A script that a plug-in brings.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// Name for the address, `[a-z][a-z0-9-]{1,63}`.
    pub name: String,
    /// ECMAScript, at most [`Self::CAP`] bytes; a classic script, no module.
    pub body: String,
}

impl Script {
    /// The largest script, in bytes.
    pub const CAP: usize = 512 * 1024;
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Script").field("name", &self.name).field("bytes", &self.body.len()).finish()
    }
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
