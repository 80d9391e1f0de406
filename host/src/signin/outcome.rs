//! How a sign-in that did not succeed is told: a sentence and a reference code to the person, the chain to the log,
//! one row to the journal, and the [steps](super::explanation) to the administrator who opens the code.

use std::time::{Duration, Instant};

use plugin_api::{Fault, FaultKind, Finding};
use serde_json::json;

use super::explanation::{Person, Report, mask};
use super::refusal::Refusal;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::ids;
use crate::plugins::{Step, Trace};
use crate::store::{StoreError, explanations};
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
    /// The cookie with which the person may connect the account that the provider named, once they have signed in
    /// another way (see [`super::linking`]).
    pub(crate) pending: Option<String>,
    /// What an administrator may read besides. Boxed, because refusals travel through every step.
    pub(crate) background: Box<Background>,
}

/// What led to a refusal, for an administrator.
#[derive(Debug, Default)]
pub(crate) struct Background {
    /// The calls of the plug-in, timed.
    pub(crate) steps: Vec<Step>,
    /// What was tried and what was seen, outermost cause first.
    pub(crate) chain: Vec<String>,
    /// How long it took in all.
    pub(crate) took: Duration,
    /// What the plug-in says that the provider's answer means.
    pub(crate) explanation: Option<Finding>,
    /// Who the provider said the person is, masked.
    pub(crate) person: Option<Person>,
}

/// The way that a sign-in goes, for whoever explains it later: when it began, and what was asked of others.
pub(crate) struct Course {
    began: Instant,
    /// Where the calls are noted.
    pub(crate) trace: Trace,
}

impl Course {
    /// It begins now.
    pub(crate) fn begin() -> Self {
        Self { began: Instant::now(), trace: Trace::default() }
    }

    /// How long it has taken so far.
    pub(crate) fn took(&self) -> Duration {
        self.began.elapsed()
    }

    /// The refusal in which it ended, with what led there.
    pub(crate) fn ended(&self, refused: impl Into<Refused>) -> Refused {
        let mut refused = refused.into();
        refused.background.steps = self.trace.steps();
        refused.background.took = self.took();
        refused
    }
}

impl Refused {
    pub(crate) fn new(reason: Refusal, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let background = Background { chain: vec![detail.clone()], ..Background::default() };
        Self {
            reason,
            detail,
            provider_code: None,
            missing: Vec::new(),
            pending: None,
            background: Box::new(background),
        }
    }

    /// Says whom it concerns.
    #[must_use]
    pub(crate) fn about(mut self, person: Person) -> Self {
        self.background.person = Some(person);
        self
    }

    /// Writes log, journal and explanation, and returns the reference code under which all three can be found.
    pub(crate) async fn record(&self, app: &App, authenticator: &str, caller: &Caller) -> String {
        let reference = ids::reference(&*app.entropy);
        let name = self.reason.name();
        app.metrics.sign_ins.refused(authenticator, name);
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
            "channel": caller.channel,
        }));
        if let Err(failure) = keep(app, entry, reference.clone(), Report::of(self, authenticator)).await {
            tracing::error!(%reference, error = %failure, "a refused sign-in was not written to the journal");
        }
        reference
    }
}

/// Writes the journal and the explanation, or neither.
async fn keep(app: &App, entry: Entry, reference: String, report: Report) -> Result<(), Failure> {
    let report = serde_json::to_string(&report)?;
    let app = app.clone();
    let store = app.store.clone();
    store
        .write(move |conn| {
            Box::pin(async move {
                audit::insert(conn, &app, entry).await?;
                Ok(explanations::insert(conn, &reference, app.clock.now_ms(), &report).await?)
            })
        })
        .await
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
    /// A plug-in's fault: its kind picks the sentence, the rest is for the log and the administrator. The provider wrote
    /// the code, so it is taken for one only as far as it looks like one.
    fn from(mut fault: Fault) -> Self {
        fault.provider_code = fault.provider_code.map(|code| mask::line(&code, &[]));
        Self {
            reason: sentence_of(fault.kind),
            detail: fault.to_string(),
            provider_code: fault.provider_code,
            missing: fault.missing,
            pending: None,
            background: Box::new(Background {
                chain: fault.chain,
                explanation: fault.explanation.map(|finding| *finding),
                ..Background::default()
            }),
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
        FaultKind::ExternalContact => Refusal::ExternalContact,
        FaultKind::OtherOrganisation => Refusal::OtherOrganisation,
        FaultKind::OrganisationUnknown => Refusal::OrganisationUnknown,
        FaultKind::InactiveMember => Refusal::InactiveMember,
        FaultKind::MembershipUnproven => Refusal::MembershipUnproven,
        FaultKind::Misconfigured => Refusal::Misconfigured,
        _ => Refusal::PluginFailed,
    }
}
