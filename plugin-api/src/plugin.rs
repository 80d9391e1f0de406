//! The trait that a plug-in implements.

use std::collections::BTreeMap;
use std::future::Future;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ui_schema::Language;

use crate::{AuthenticatorType, Context, Fault, Identity};

/// Signing in at a provider, as a plug-in implements it.
///
/// A plug-in keeps nothing between calls: the settings of the authenticator come with each call through
/// [`Context::settings`], and what has to survive from [`begin`](Self::begin) to [`finish`](Self::finish) goes into
/// the memo. Whatever a method needs from the outside world is lent by the [`Context`].
pub trait AuthPlugin: Send + Sync + 'static {
    /// The manifest, as JSON text. It is also what the export macro places in the library file.
    const MANIFEST: &'static str;

    /// The plug-in; called once per loaded copy.
    fn new() -> Self;

    /// The authenticator types that the plug-in registers.
    fn authenticator_types(&self) -> Vec<AuthenticatorType>;

    /// A person clicked the button: where does their browser go?
    ///
    /// # Errors
    /// A [`Fault`] when the settings cannot work, or a provider that has to be asked first did not help.
    fn begin(&self, cx: &Context, request: BeginRequest) -> impl Future<Output = Result<BeginReply, Fault>> + Send;

    /// The provider sent the person back: who are they?
    ///
    /// # Errors
    /// A [`Fault`] of the kind that fits; the authorization code counts as spent afterwards, whatever happened.
    fn finish(&self, cx: &Context, callback: Callback) -> impl Future<Output = Result<Identity, Fault>> + Send;

    /// The connection doctor: do these settings work, as far as can be told without a person?
    ///
    /// # Errors
    /// A [`Fault`] only when nothing at all could be found out; what is wrong at the provider is a [`Finding`].
    fn check(&self, cx: &Context) -> impl Future<Output = Result<Vec<Finding>, Fault>> + Send;

    /// Which subjects belong to other identifiers that the provider gives people? Asked by an administrator who moves
    /// links to the subject; only for the kinds in [`AuthenticatorType::keys`]. One [`Resolution`] per value, in the
    /// order of [`ResolveRequest::values`].
    ///
    /// # Errors
    /// A [`Fault`] when none of them could be looked up. A plug-in that registers no keys need not implement this.
    fn resolve(
        &self,
        _cx: &Context,
        _request: ResolveRequest,
    ) -> impl Future<Output = Result<Vec<Resolution>, Fault>> + Send {
        async { Err(Fault::new(crate::FaultKind::Misconfigured, "the plug-in looks up no identifiers")) }
    }

    /// The settings of an authenticator that an earlier version of this plug-in saved, as settings of this version.
    /// Asked before a host goes over to this version, and only if the manifest names
    /// [`crate::Ability::MigrateSettings`]; what it answers must fit the form. Since 1.2.
    ///
    /// Settings that fit already come back as they are, and the same question has the same answer however often it is
    /// asked: a host may ask for a preview first. [`Context::settings`] reads the old settings, too.
    ///
    /// ```
    /// # use plugin_api::{Context, Fault, MigrateRequest};
    /// # use serde_json::{Value, json};
    /// # struct Example;
    /// # impl Example {
    /// // Version 1 knew the host's name only.
    /// async fn migrate(&self, _: &Context, request: MigrateRequest) -> Result<Value, Fault> {
    ///     let mut settings = request.settings;
    ///     if let Some(host) = settings.get("host").and_then(Value::as_str) {
    ///         settings = json!({ "server": format!("https://{host}") });
    ///     }
    ///     Ok(settings)
    /// }
    /// # }
    /// # let host = plugin_api::testing::FakeHost::offline();
    /// # let settings = json!({ "host": "id.example" });
    /// # let request = MigrateRequest {
    /// #     authenticator_type: "example".into(), from_version: "1.4.0".into(), settings: settings.clone(),
    /// # };
    /// # let new = host.run(Example.migrate(&host.context(settings), request)).unwrap().unwrap();
    /// # assert_eq!(new, json!({ "server": "https://id.example" }));
    /// ```
    ///
    /// # Errors
    /// A [`Fault`] when nothing sensible can be made of them; an administrator then has to enter them anew.
    fn migrate(&self, _cx: &Context, request: MigrateRequest) -> impl Future<Output = Result<Value, Fault>> + Send {
        async { Ok(request.settings) }
    }
}

/// What [`AuthPlugin::migrate`] is told.
#[derive(Clone, Serialize, Deserialize)]
pub struct MigrateRequest {
    /// Which authenticator type the settings are for.
    pub authenticator_type: String,
    /// The version of the plug-in that saved them, `MAJOR.MINOR.PATCH`.
    pub from_version: String,
    /// The settings as they were saved, with the secrets in clear.
    pub settings: Value,
}

impl std::fmt::Debug for MigrateRequest {
    /// Without the settings: some are secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MigrateRequest")
            .field("authenticator_type", &self.authenticator_type)
            .field("from_version", &self.from_version)
            .finish_non_exhaustive()
    }
}

/// What [`AuthPlugin::resolve`] is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResolveRequest {
    /// Which authenticator type the call is for.
    pub authenticator_type: String,
    /// What the values are: [`crate::KeyKind::id`], or [`Self::SUBJECT`].
    pub kind: String,
    /// The values; at most [`Self::VALUE_CAP`].
    pub values: Vec<String>,
}

impl ResolveRequest {
    /// The kind of values that are subjects already. What is asked then is whether the provider gave these people newer
    /// ones.
    pub const SUBJECT: &'static str = "subject";
    /// The most values in one request.
    pub const VALUE_CAP: usize = 50;
}

/// What became of one value of a [`ResolveRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// The person's subject.
    Subject(String),
    /// The provider knows nobody with this identifier (any more).
    Nobody,
    /// Several people have it.
    Ambiguous,
    /// It cannot be looked up without the person; the link moves when they sign in next.
    NeedsPerson,
    /// It could not be found out now; also what a later plug-in may say that this version has no word for.
    #[serde(other)]
    Unknown,
}

/// What [`AuthPlugin::check`] and the other methods can learn about the authenticator from [`Context::about`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Which authenticator type the call is for. Empty where the host says nothing about it (versions before 1.1 in a
    /// [`AuthPlugin::check`]).
    #[serde(default)]
    pub authenticator_type: String,
    /// The Redirect URL of the authenticator, as shown to the administrator. Empty as above.
    #[serde(default)]
    pub redirect_uri: String,
}

impl About {
    /// What a call for an authenticator of this type with this Redirect URL says.
    pub fn of(authenticator_type: &str, redirect_uri: &str) -> Self {
        Self { authenticator_type: authenticator_type.to_owned(), redirect_uri: redirect_uri.to_owned() }
    }
}

/// What [`AuthPlugin::begin`] is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BeginRequest {
    /// Which authenticator type the call is for.
    pub authenticator_type: String,
    /// The Redirect URL of the authenticator, exactly as shown to the administrator.
    pub redirect_uri: String,
    /// The one-time `state` to pass to the provider (RFC 6749 section 4.1.1).
    pub state: String,
    /// The person's language.
    pub language: Language,
}

/// What [`AuthPlugin::begin`] answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginReply {
    /// Where the person's browser goes: an address at one of the manifest's `redirect` hosts, or at an address from a
    /// field marked [`ui_schema::Role::Upstream`].
    pub authorize_url: String,
    /// Opaque bytes that come back in [`Callback::memo`]; at most [`Self::MEMO_CAP`]. Kept on the server, sealed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memo: Vec<u8>,
}

impl BeginReply {
    /// The largest memo, in bytes. A larger one makes the answer a fault of kind [`crate::FaultKind::Internal`].
    pub const MEMO_CAP: usize = 4096;

    /// The longest authorize address, in bytes. It is printable ASCII and begins with `https://`, or with `http://`
    /// where an administrator entered such an address; otherwise the answer is a fault of kind
    /// [`crate::FaultKind::Internal`].
    pub const URL_CAP: usize = 8192;
}

/// What [`AuthPlugin::finish`] is told: the whole callback, and the memo.
///
/// The host has already checked state, browser, age and grammar (each parameter at most once, lengths and characters
/// capped, one value of the code).
///
/// ```
/// use plugin_api::{Callback, Fault, FaultKind};
///
/// fn code(callback: &Callback) -> Result<&str, Fault> {
///     callback.param("code").ok_or_else(|| Fault::new(FaultKind::Denied, "no code came back"))
/// }
/// # let callback: Callback = serde_json::from_value(serde_json::json!({
/// #     "authenticator_type": "example", "redirect_uri": "https://host.example/cb", "language": "en",
/// #     "query": { "code": "", "state": "s" },
/// # })).unwrap();
/// // An empty parameter counts as absent.
/// assert_eq!(code(&callback).unwrap_err().kind, FaultKind::Denied);
/// ```
#[derive(Clone, Serialize, Deserialize)]
pub struct Callback {
    /// Which authenticator type the call is for.
    pub authenticator_type: String,
    /// The Redirect URL that the attempt began with.
    pub redirect_uri: String,
    /// Every query parameter, decoded.
    pub query: BTreeMap<String, String>,
    /// The memo of [`BeginReply`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memo: Vec<u8>,
    /// The person's language.
    pub language: Language,
    /// Which way the code came.
    #[serde(default)]
    pub channel: Channel,
}

/// Which way a code came to the host. Codes of different ways are different things, even where a provider gives them
/// the same name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// By the browser, from the provider's sign-in page to the Redirect URL.
    #[default]
    Redirect,
    /// By the scripts of [`crate::ClientSignIn`], from the provider's own client; the query is what they reported.
    Client,
}

impl Callback {
    /// The value of one query parameter; an empty one counts as absent.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

impl std::fmt::Debug for Callback {
    /// Names only: the values are one-time secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Callback").field("query", &self.query.keys().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

/// One finding of the connection doctor.
///
/// ```
/// use plugin_api::ui_schema::Text;
/// use plugin_api::{Finding, Severity};
///
/// let message = Text::new("The provider refuses the secret.", "提供方拒绝该密钥。");
/// let finding = Finding::new(Finding::CREDENTIALS, Severity::Error, message)
///     .remedy(Text::new("Copy it once more.", "请重新复制。"))
///     .link("https://console.id.example/clients");
/// assert_eq!(finding.severity, Severity::Error);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable identifier of what was examined, for example `credentials`.
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// What was found, in plain words.
    pub message: ui_schema::Text,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<ui_schema::Text>,
    /// The console page of the provider that helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What to search for there, for example the code of a permission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
}

impl Finding {
    /// A finding with a message alone.
    pub fn new(id: impl Into<String>, severity: Severity, message: ui_schema::Text) -> Self {
        Self { id: id.into(), severity, message, remedy: None, link: None, search: None }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn remedy(mut self, remedy: ui_schema::Text) -> Self {
        self.remedy = Some(remedy);
        self
    }

    /// Names the console page of the provider that helps.
    #[must_use]
    pub fn link(mut self, address: impl Into<String>) -> Self {
        self.link = Some(address.into());
        self
    }

    /// Names what to search for there.
    #[must_use]
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.search = Some(text.into());
        self
    }

    /// The well-known id of what says whether the provider accepts the credentials. A host that is to replace a secret
    /// in use first asks [`AuthPlugin::check`], and keeps the old one unless this finding is [`Severity::Good`].
    pub const CREDENTIALS: &'static str = "credentials";
}

/// How bad a [`Finding`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// As it should be.
    Good,
    /// Worth knowing; nothing is wrong.
    Info,
    /// People will not be able to sign in.
    Error,
    /// Could not be told, or might matter; also what a later plug-in may say that this version has no word for.
    #[serde(other)]
    Warning,
}
