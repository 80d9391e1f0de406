//! An examination for programs: what the JSON API answers and `gatehouse doctor --json` writes.

use plugin_api::{Finding, Severity};
use serde::Serialize;
use utoipa::ToSchema;

use super::Examination;
use crate::signin::Refused;
use crate::signin::refusal::Refusal;
use crate::ui::i18n::Words;

/// What the connection doctor found.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(as = Examination)]
pub(crate) struct Told {
    /// Findings, in the order in which they were made.
    pub(crate) findings: Vec<FindingBody>,
    /// Why the plug-in could find out nothing, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failed: Option<CheckFailure>,
}

/// One finding.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FindingBody {
    /// What was examined.
    #[schema(example = "credentials")]
    pub(crate) id: String,
    /// How bad it is.
    pub(crate) severity: SeverityName,
    /// What was found, in the language of the request.
    pub(crate) message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) remedy: Option<String>,
    /// A page of the provider that helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) link: Option<String>,
    /// What to look for there, or to copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) search: Option<String>,
}

/// As it should be; worth knowing; might matter; people will not be able to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SeverityName {
    Good,
    Info,
    Warning,
    Error,
}

/// Why the plug-in could find out nothing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct CheckFailure {
    /// For programs, out of a closed set.
    #[schema(example = "refusal-provider-unavailable")]
    pub(crate) code: String,
    /// For people, in the language of the request.
    pub(crate) message: String,
}

impl Told {
    pub(crate) fn of(found: &Examination, words: Words) -> Self {
        let failed = found.failed.clone().map(|fault| {
            let reason = Refused::from(fault).reason;
            let message = match reason {
                // What a person reads who signs in speaks of signing in.
                Refusal::PluginFailed => words.t("doctor-plugin-failed"),
                reason => words.t(&reason.sentence_key()),
            };
            CheckFailure { code: reason.key().to_owned(), message }
        });
        Self { findings: found.findings.iter().map(|finding| FindingBody::of(finding, words)).collect(), failed }
    }
}

impl FindingBody {
    fn of(finding: &Finding, words: Words) -> Self {
        let language = words.language();
        Self {
            id: finding.id.clone(),
            severity: finding.severity.into(),
            message: finding.message.get(language).to_owned(),
            remedy: finding.remedy.as_ref().map(|text| text.get(language).to_owned()),
            link: finding.link.clone().filter(|link| link.starts_with("https://")),
            search: finding.search.clone(),
        }
    }
}

impl From<Severity> for SeverityName {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Good => Self::Good,
            Severity::Info => Self::Info,
            Severity::Warning => Self::Warning,
            Severity::Error => Self::Error,
        }
    }
}
