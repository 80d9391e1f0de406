//! Why a sign-in was refused, for the administrator who opens its reference code.
//!
//! The person reads one sentence and the code. Under that code stands the course of events: what was asked of whom and
//! how long it took, what the provider answered and what that means, and how far the decision came. It is kept for
//! thirty days; the journal's entry stays. Nothing in it is of use to a thief: no code, token or secret, and of
//! telephone numbers, e-mail addresses and identifiers only enough to recognise them by (see [`mask`]).

pub(crate) mod handlers;
pub(crate) mod mask;
pub(crate) mod page;
pub(crate) mod parts;
mod person;
pub(crate) mod steps;
#[cfg(test)]
mod tests;

pub(crate) use person::{Person, Vouched};

use std::time::Duration;

use plugin_api::Finding;
use serde::{Deserialize, Serialize};
use ui_schema::Text;

use super::Refused;
use super::refusal::Refusal;
use crate::plugins::Step;

/// How long an explanation is kept, in milliseconds.
pub(crate) const KEPT: i64 = 30 * 24 * 3_600_000;

/// What led to one refused sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Report {
    /// Uid of the authenticator; empty if the address named none.
    pub(crate) authenticator: String,
    pub(crate) ending: Ending,
    pub(crate) course: Calls,
}

/// In which refusal it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ending {
    /// Name of a [`Refusal`].
    pub(crate) reason: String,
    /// The provider's own error code.
    pub(crate) provider_code: Option<String>,
    /// Permissions that the provider reported as missing.
    pub(crate) missing: Vec<String>,
    /// What was tried and what was seen, outermost cause first.
    pub(crate) chain: Vec<String>,
    /// What the plug-in says that the provider's answer means.
    pub(crate) finding: Option<Finding>,
}

/// What was asked of others, and whom they named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Calls {
    pub(crate) steps: Vec<Step>,
    /// From the callback to the refusal, in milliseconds.
    pub(crate) took_ms: u64,
    /// Who the provider said the person is.
    pub(crate) person: Option<Person>,
}

impl Report {
    pub(crate) fn of(refused: &Refused, authenticator: &str) -> Self {
        let background = &refused.background;
        Self {
            authenticator: authenticator.to_owned(),
            ending: Ending::of(refused),
            course: Calls::of(&background.steps, background.took, background.person.clone()),
        }
    }
}

impl Calls {
    pub(crate) fn of(steps: &[Step], took: Duration, person: Option<Person>) -> Self {
        Self { steps: steps.iter().map(steps::masked).collect(), took_ms: steps::millis(took), person }
    }
}

impl Ending {
    pub(crate) fn of(refused: &Refused) -> Self {
        let masked = |text: &String| mask::line(text, &[]);
        Self {
            reason: refused.reason.name().to_owned(),
            provider_code: refused.provider_code.as_ref().map(masked),
            missing: refused.missing.iter().map(masked).collect(),
            chain: refused.background.chain.iter().map(masked).collect(),
            finding: refused.background.explanation.as_ref().map(|finding| finding_without(finding, &[])),
        }
    }

    pub(crate) fn refusal(&self) -> Refusal {
        Refusal::from_name(&self.reason).unwrap_or(Refusal::Internal)
    }
}

impl Refused {
    /// The same, with nothing left of the values in `known`: what the browser brought along, and what is secret about
    /// the authenticator. A plug-in should not repeat them; this does not depend on it.
    #[must_use]
    pub(crate) fn without(mut self, known: &[String]) -> Self {
        let clean = |text: &mut String| {
            if known.iter().any(|value| value.len() >= 4 && text.contains(value.as_str())) {
                *text = mask::line(text, known);
            }
        };
        clean(&mut self.detail);
        self.provider_code.iter_mut().chain(&mut self.missing).for_each(clean);
        let background = &mut self.background;
        background.chain.iter_mut().for_each(clean);
        background.steps.iter_mut().for_each(|step| clean(&mut step.leg));
        background.explanation = background.explanation.take().map(|finding| finding_without(&finding, known));
        self
    }
}

fn finding_without(finding: &Finding, known: &[String]) -> Finding {
    let text = |text: &Text| Text::new(mask::line(&text.en, known), mask::line(&text.zh_cn, known));
    let web = |link: &&String| link.starts_with("https://") && !known.iter().any(|value| link.contains(value.as_str()));
    Finding {
        id: finding.id.clone(),
        severity: finding.severity,
        message: text(&finding.message),
        remedy: finding.remedy.as_ref().map(text),
        link: finding.link.as_ref().filter(web).cloned(),
        search: finding.search.as_ref().map(|search| mask::line(search, known)),
    }
}

/// How far a sign-in came before it was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It could not begin.
    Begin,
    /// The way back from the provider.
    Return,
    /// The provider was asked who the person is.
    Provider,
    /// Whether the person belongs to the organisation.
    Membership,
    /// Whose account it is: by link or by telephone number.
    Account,
    /// Whether an account may be created.
    SignUp,
}

impl Stage {
    /// Where a sign-in that is refused for this reason ends.
    pub(crate) const fn of(refusal: Refusal) -> Self {
        use Refusal as R;
        match refusal {
            R::AuthenticatorOff | R::PluginOff | R::Misconfigured | R::Internal => Self::Begin,
            R::AttemptUnknown
            | R::AttemptExpired
            | R::BadCallback
            | R::AuthenticatorChanged
            | R::LinkSession
            | R::Denied => Self::Return,
            R::CodeRejected
            | R::ProviderCredentials
            | R::ProviderPermission
            | R::ProviderAddress
            | R::ProviderBusy
            | R::ProviderUnavailable
            | R::ProviderSlow
            | R::ProviderBadAnswer
            | R::PluginFailed => Self::Provider,
            R::NotAMember
            | R::ExternalContact
            | R::OtherOrganisation
            | R::OrganisationUnknown
            | R::InactiveMember
            | R::MembershipUnproven => Self::Membership,
            R::LinkTaken
            | R::NoPhone
            | R::PhoneUnusable
            | R::PhoneAmbiguous
            | R::PhoneTaken
            | R::PrivilegedAccount
            | R::AccountDisabled => Self::Account,
            R::SignUpOff => Self::SignUp,
        }
    }

    /// The message in the language files.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Begin => "stage-begin",
            Self::Return => "stage-return",
            Self::Provider => "stage-provider",
            Self::Membership => "stage-membership",
            Self::Account => "stage-account",
            Self::SignUp => "stage-sign-up",
        }
    }
}
