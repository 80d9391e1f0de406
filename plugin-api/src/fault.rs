//! How a plug-in says that something went wrong.

use serde::{Deserialize, Serialize};

/// A failed call. People never read it: the host picks a sentence for the kind and logs the rest under a reference
/// code.
///
/// Neither field may hold a secret, a code, a token or a telephone number.
///
/// ```
/// use plugin_api::{Fault, FaultKind};
///
/// let fault = Fault::new(FaultKind::CodeRejected, "status 400")
///     .with_provider_code("invalid_grant")
///     .during("the code was exchanged");
/// assert_eq!(fault.to_string(), "CodeRejected [invalid_grant]: the code was exchanged: status 400");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What went wrong, out of a closed set.
    pub kind: FaultKind,
    /// The provider's own error code, for example `invalidParameter.authCode.notFound`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_code: Option<String>,
    /// For the log: what was tried and what was seen, outermost cause first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<String>,
    /// For an administrator: permission or scope names that the provider reported as missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// How long to wait before another try, in milliseconds, if the provider said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// For an administrator: what the provider's code means and what to do, where the plug-in knows it. Boxed, because
    /// it is rare.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Box<crate::Finding>>,
}

/// What can go wrong in a sign-in, seen from the provider's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FaultKind {
    /// The person, or the provider on their behalf, declined.
    Denied,
    /// The code was used before, has expired, or was never issued: sign in again.
    CodeRejected,
    /// The provider does not accept the client id or secret.
    CredentialsRejected,
    /// The application lacks a permission at the provider.
    PermissionMissing,
    /// The provider allows calls from certain addresses only, and ours is not among them.
    AddressNotAllowed,
    /// The provider limits us; try again shortly.
    Busy,
    /// The provider failed or could not be reached.
    Unavailable,
    /// The provider did not answer in time.
    Slow,
    /// The provider answered something that its own rules do not allow.
    BadAnswer,
    /// The person is not a member of the organisation, or not any more.
    NotAMember,
    /// The person is known to the organisation from outside only, for example as a customer.
    ExternalContact,
    /// The person signed in for another organisation.
    OtherOrganisation,
    /// The provider did not say for which organisation the person signed in.
    OrganisationUnknown,
    /// The organisation has the person in its directory, but not as an active member.
    InactiveMember,
    /// Whether the person is a member could not be found out.
    MembershipUnproven,
    /// The settings cannot work.
    Misconfigured,
    /// The plug-in itself failed: it panicked, hung or broke the contract; also what a later plug-in may say that this
    /// version has no word for.
    #[serde(other)]
    Internal,
}

impl Fault {
    /// A fault of `kind` with one line for the log.
    pub fn new(kind: FaultKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            provider_code: None,
            chain: vec![detail.into()],
            missing: Vec::new(),
            retry_after_ms: None,
            explanation: None,
        }
    }

    /// Adds the provider's own error code.
    #[must_use]
    pub fn with_provider_code(mut self, code: impl Into<String>) -> Self {
        self.provider_code = Some(code.into());
        self
    }

    /// Adds an outer line that tells what was tried.
    #[must_use]
    pub fn during(mut self, what: impl Into<String>) -> Self {
        self.chain.insert(0, what.into());
        self
    }

    /// Adds what an administrator can do about it.
    #[must_use]
    pub fn explained(mut self, finding: crate::Finding) -> Self {
        self.explanation = Some(Box::new(finding));
        self
    }

    /// Adds the permissions that the provider reported as missing.
    #[must_use]
    pub fn with_missing(mut self, missing: Vec<String>) -> Self {
        self.missing = missing;
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.kind)?;
        if let Some(code) = &self.provider_code {
            write!(f, " [{code}]")?;
        }
        for line in &self.chain {
            write!(f, ": {line}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}
