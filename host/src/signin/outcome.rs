//! How a sign-in that did not succeed is told: a sentence and a reference code to the person, the chain to the log,
//! one row to the journal.

use plugin_api::{Fault, FaultKind};
use serde_json::json;

use super::refusal::Refusal;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::ids;
use crate::store::StoreError;
use crate::web::peer::Caller;

/// A sign-in that was refused or failed.
#[derive(Debug)]
pub(crate) struct Refused {
    /// What the person is told.
    pub(crate) reason: Refusal,
    /// What the log is told. No code, token, secret or telephone number.
    pub(crate) detail: String,
    /// The provider's own error code.
    pub(crate) provider_code: Option<String>,
    /// Permissions that the provider reported as missing.
    pub(crate) missing: Vec<String>,
}

impl Refused {
    pub(crate) fn new(reason: Refusal, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into(), provider_code: None, missing: Vec::new() }
    }

    /// Writes log and journal, and returns the reference code under which both can be found.
    pub(crate) async fn record(&self, app: &App, authenticator: &str, caller: &Caller) -> String {
        let reference = ids::reference(&*app.entropy);
        let name = self.reason.name();
        tracing::warn!(
            target: "gatehouse::signin",
            %reference, authenticator, reason = name, provider_code = self.provider_code, detail = %self.detail,
            "sign-in refused"
        );
        let entry = Entry::new("signin.refused").refused().subject(authenticator).reference(&reference).detail(json!({
            "reason": name,
            "provider_code": self.provider_code,
            "missing": self.missing,
            "address": caller.address_text(),
        }));
        if let Err(failure) = audit::record(app, entry).await {
            tracing::error!(%reference, error = %failure, "a refused sign-in was not written to the journal");
        }
        reference
    }
}

impl From<Refusal> for Refused {
    fn from(reason: Refusal) -> Self {
        Self::new(reason, reason.name())
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::new(Refusal::Internal, failure.chain())
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl From<Fault> for Refused {
    /// A plug-in's fault: its kind picks the sentence, the rest is for the log and the administrator.
    fn from(fault: Fault) -> Self {
        Self {
            reason: sentence_of(fault.kind),
            detail: fault.to_string(),
            provider_code: fault.provider_code,
            missing: fault.missing,
        }
    }
}

const fn sentence_of(kind: FaultKind) -> Refusal {
    match kind {
        FaultKind::Denied => Refusal::Denied,
        FaultKind::CodeRejected => Refusal::CodeRejected,
        FaultKind::CredentialsRejected => Refusal::ProviderCredentials,
        FaultKind::PermissionMissing => Refusal::ProviderPermission,
        FaultKind::AddressNotAllowed => Refusal::ProviderAddress,
        FaultKind::Busy => Refusal::ProviderBusy,
        FaultKind::Unavailable => Refusal::ProviderUnavailable,
        FaultKind::Slow => Refusal::ProviderSlow,
        FaultKind::BadAnswer => Refusal::ProviderBadAnswer,
        FaultKind::NotAMember => Refusal::NotAMember,
        FaultKind::Misconfigured => Refusal::Misconfigured,
        _ => Refusal::PluginFailed,
    }
}
