//! What a plug-in that breaks every promise could give away: nothing.

use std::time::Duration;

use plugin_api::{Claim, Fault, FaultKind, Finding, Identity, PhoneNumber, Severity};
use ui_schema::Text;

use super::*;
use crate::plugins::StepOutcome;

/// The code of the browser, the secret of the authenticator; words alone, which no pattern would find.
const KNOWN: [&str; 2] = ["justsomecodeinletters", "correct horse battery staple"];
/// What only its shape gives away.
const SHAPED: [&str; 4] = ["13800138000", "+86 13800138000", "ada.lovelace@example.com", "4f9a1c7be2d05836af1c"];

fn everything() -> String {
    KNOWN.iter().chain(&SHAPED).copied().collect::<Vec<_>>().join(" | ")
}

fn chatty() -> Refused {
    let (all, link) = (everything(), format!("https://console.example.com/?code={}", KNOWN[0]));
    let both = || Text::new(everything(), everything());
    let finding = Finding::new("x", Severity::Error, both()).remedy(both()).link(link).search(all.clone());
    let fault = Fault::new(FaultKind::BadAnswer, all.clone()).with_provider_code(all.clone());
    let mut refused = Refused::from(fault.with_missing(vec![all.clone()]).explained(finding));
    refused.background.steps = vec![Step {
        leg: all,
        target: "GET api.example.com".into(),
        began_ms: 0,
        took_ms: 1,
        outcome: StepOutcome::Status(200),
    }];
    refused.about(person())
}

fn person() -> Person {
    let phone = PhoneNumber { number: "13800138000".into(), country_code: Some("86".into()) };
    Person::of(&Identity {
        phone: Some(Claim::account(phone)),
        email: Some(Claim::account("ada.lovelace@example.com".into())),
        name: Some(Claim::account(format!("Ada {}", everything()))),
        ..Identity::new("4f9a1c7be2d05836af1c")
    })
}

#[test]
fn sc_3_a_chatty_plug_in_gives_nothing_away() {
    let known = KNOWN.map(str::to_owned);
    let refused = chatty().without(&known);
    let report = serde_json::to_string(&Report::of(&refused, "partners")).expect("a report");
    let code = refused.provider_code.clone().unwrap_or_default();
    // A name is shown in full; that a provider would put a code there is for the provider to answer for.
    let report = report.replace(&serde_json::to_string(&person().name).expect("a name"), "null");
    for canary in KNOWN.iter().chain(&SHAPED) {
        assert!(!report.contains(canary), "{canary}: {report}");
        assert!(!code.contains(canary), "{canary}: {code}");
    }
    for canary in KNOWN {
        assert!(!refused.detail.contains(canary), "{canary} in the log: {}", refused.detail);
    }
}

#[test]
fn what_is_harmless_stays() {
    let finding = Finding::new("x", Severity::Error, Text::new("Grant “Contact.User.Read”.", "请授予权限。"));
    let finding = finding.link("https://console.example.com/permissions").search("Contact.User.Read");
    let fault = Fault::new(FaultKind::PermissionMissing, "GET api.example.com: status 403").explained(finding.clone());
    let fault = fault.with_provider_code("Forbidden.AccessDenied.60011").with_missing(vec!["qyapi_get_member".into()]);
    let mut refused = Refused::from(fault).without(&["what-the-browser-brought".into()]);
    refused.background.took = Duration::from_millis(1_500);
    let report = Report::of(&refused, "partners");
    assert_eq!(report.ending.provider_code.as_deref(), Some("Forbidden.AccessDenied.60011"));
    assert_eq!(report.ending.missing, ["qyapi_get_member"]);
    assert_eq!(report.ending.chain, ["GET api.example.com: status 403"]);
    assert_eq!((report.ending.finding, report.course.took_ms), (Some(finding), 1_500));
}
