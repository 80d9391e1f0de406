//! What explanations and rehearsals have in common: calls, the person, the refusal.

use plugin_api::{Finding, Provenance};
use serde::Serialize;
use utoipa::ToSchema;

use super::values::Texts;
use crate::plugins::{Step, StepOutcome};
use crate::signin::explanation::{Calls, Ending, Person, Stage, Vouched};

/// What was asked of the provider, and whom it named.
#[derive(Serialize, ToSchema)]
pub(super) struct CourseBody {
    /// The calls, in the order in which they ended.
    steps: Vec<StepBody>,
    /// How long it took in all, in milliseconds.
    took_ms: u64,
    /// Who the provider says the person is; absent if it did not come to that.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<PersonBody>,
}

/// One request to another server.
#[derive(Serialize, ToSchema)]
struct StepBody {
    /// What it was for.
    leg: String,
    /// Method and server.
    #[schema(example = "POST api.example.com")]
    target: String,
    /// When it began, in milliseconds since the first one.
    began_ms: u64,
    /// How long it took, in milliseconds.
    took_ms: u64,
    /// What came of it: `answered`, or why there was no answer.
    #[schema(example = "answered")]
    outcome: &'static str,
    /// HTTP status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
}

/// Who the provider says somebody is, so far that they can be recognised.
#[derive(Serialize, ToSchema)]
struct PersonBody {
    /// Beginning and end of the identifier.
    subject: String,
    /// The organisation, by the provider's identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<String>,
    /// Whether it was made sure, in this sign-in, that the person belongs to the organisation.
    member: bool,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The last digits of the telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<VouchedBody>,
    /// The first letter of the e-mail address, and its domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<VouchedBody>,
}

/// A masked value, and who vouches for the whole one: the provider (`account`), the organisation (`directory`), or
/// nobody (`self-declared`).
#[derive(Serialize, ToSchema)]
struct VouchedBody {
    /// The masked value.
    text: String,
    /// Who vouches for it.
    #[schema(value_type = String, example = "directory")]
    by: Provenance,
}

/// A refusal.
#[derive(Serialize, ToSchema)]
pub(super) struct EndingBody {
    /// Why, out of a closed set.
    #[schema(example = "sign-up-off")]
    reason: String,
    /// How far the sign-in came, out of a closed set.
    #[schema(example = "stage-account")]
    stage: &'static str,
    /// The provider's own error code.
    #[serde(skip_serializing_if = "Option::is_none")]
    provider_code: Option<String>,
    /// Permissions that the provider reported as missing.
    missing: Vec<String>,
    /// What was tried and what was seen, outermost cause first.
    chain: Vec<String>,
    /// What the provider's answer means, where the plug-in knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    meaning: Option<MeaningBody>,
}

/// What a provider's answer means.
#[derive(Serialize, ToSchema)]
struct MeaningBody {
    /// In plain words.
    message: Texts,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<Texts>,
    /// The page of the provider's console that helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    /// What to search for there.
    #[serde(skip_serializing_if = "Option::is_none")]
    search: Option<String>,
}

impl From<Calls> for CourseBody {
    fn from(course: Calls) -> Self {
        Self {
            steps: course.steps.into_iter().map(StepBody::from).collect(),
            took_ms: course.took_ms,
            person: course.person.map(PersonBody::from),
        }
    }
}

impl From<Step> for StepBody {
    fn from(step: Step) -> Self {
        let (outcome, status) = match step.outcome {
            StepOutcome::Status(status) => ("answered", Some(status)),
            StepOutcome::NotAllowed => ("not-allowed", None),
            StepOutcome::Connect => ("no-connection", None),
            StepOutcome::Timeout => ("timeout", None),
            StepOutcome::TooLarge => ("too-large", None),
            StepOutcome::Broken => ("broken-off", None),
            StepOutcome::Paused => ("paused", None),
        };
        let Step { leg, target, began_ms, took_ms, .. } = step;
        Self { leg, target, began_ms, took_ms, outcome, status }
    }
}

impl From<Person> for PersonBody {
    fn from(person: Person) -> Self {
        let vouched = |value: Vouched| VouchedBody { text: value.text, by: value.by };
        Self {
            subject: person.subject,
            tenant: person.tenant,
            member: person.member,
            name: person.name,
            phone: person.phone.map(vouched),
            email: person.email.map(vouched),
        }
    }
}

impl From<Ending> for EndingBody {
    fn from(ending: Ending) -> Self {
        Self {
            stage: Stage::of(ending.refusal()).key(),
            reason: ending.reason,
            provider_code: ending.provider_code,
            missing: ending.missing,
            chain: ending.chain,
            meaning: ending.finding.as_ref().map(MeaningBody::from),
        }
    }
}

impl From<&Finding> for MeaningBody {
    fn from(finding: &Finding) -> Self {
        Self {
            message: Texts::from(&finding.message),
            remedy: finding.remedy.as_ref().map(Texts::from),
            link: finding.link.clone(),
            search: finding.search.clone(),
        }
    }
}
