//! Every state of the explanation.

use plugin_api::{Finding, Provenance, Severity};
use ui_schema::Text;

use super::*;
use crate::plugins::{Step, StepOutcome};
use crate::signin::explanation::{Calls, Ending, Person, Vouched};

impl ExplanationPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let refusals = Refusal::ALL.map(|reason| (reason.name(), Self::of(reason, Some(plain(reason)))));
        let explained = [
            ("explained", Self::of(Refusal::ProviderPermission, Some(permission()))),
            ("unknown-person", Self::of(Refusal::SignUpOff, Some(unknown_person()))),
            ("gone", Self { address: None, authenticator: None, ..Self::of(Refusal::ProviderSlow, None) }),
        ];
        refusals.into_iter().chain(explained).collect()
    }

    fn of(reason: Refusal, report: Option<Report>) -> Self {
        Self {
            reference: "7F3K-9QWD".into(),
            at: 1_767_323_045_000,
            reason,
            address: Some("203.0.113.7".into()),
            authenticator: Some(("partners".into(), "Partners".into())),
            report,
        }
    }
}

fn plain(reason: Refusal) -> Report {
    let ending = Ending {
        reason: reason.name().into(),
        provider_code: None,
        missing: Vec::new(),
        chain: Vec::new(),
        finding: None,
    };
    Report { authenticator: "partners".into(), ending, course: Calls { took_ms: 3, ..Calls::default() } }
}

fn permission() -> Report {
    let finding = Finding::new(
        "permission",
        Severity::Error,
        Text::new("The application may not read people’s profiles.", "应用没有读取个人信息的权限。"),
    )
    .remedy(Text::new("Grant the permission, then publish a new version.", "请授予该权限，然后发布新版本。"))
    .link("https://console.example.com/permissions")
    .search("Contact.User.Read");
    let report = plain(Refusal::ProviderPermission);
    let ending = Ending {
        provider_code: Some("Forbidden.AccessDenied".into()),
        missing: vec!["Contact.User.Read".into(), "Contact.User.Mobile".into()],
        chain: vec!["asking for the profile".into(), "status 403".into()],
        finding: Some(finding),
        ..report.ending
    };
    Report { ending, course: Calls { steps: steps(), took_ms: 4_871, person: None }, ..report }
}

fn unknown_person() -> Report {
    let person = Person {
        subject: "Gx8k…f7".into(),
        tenant: Some("org-1".into()),
        member: true,
        name: Some("韩梅梅".into()),
        phone: Some(Vouched { text: "•••8000".into(), by: Provenance::Directory }),
        email: Some(Vouched { text: "h•••@example.com".into(), by: Provenance::Account }),
    };
    let report = plain(Refusal::SignUpOff);
    Report { course: Calls { person: Some(person), ..report.course }, ..report }
}

pub(in crate::signin) fn steps() -> Vec<Step> {
    let outcomes = [
        StepOutcome::Status(200),
        StepOutcome::Status(403),
        StepOutcome::NotAllowed,
        StepOutcome::Connect,
        StepOutcome::Timeout,
        StepOutcome::TooLarge,
        StepOutcome::Broken,
        StepOutcome::Paused,
    ];
    let step = |(position, outcome): (usize, StepOutcome)| Step {
        leg: "profile".into(),
        target: "GET api.example.com".into(),
        began_ms: 1_040 * position as u64,
        took_ms: 1_012,
        outcome,
    };
    outcomes.into_iter().enumerate().map(step).collect()
}
