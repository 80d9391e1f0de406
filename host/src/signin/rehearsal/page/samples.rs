//! Every state of the report.

use plugin_api::Provenance;

use super::*;
use crate::signin::explanation::page::samples::steps;
use crate::signin::explanation::{Calls, Person, Vouched};
use crate::signin::refusal::Refusal;

impl RehearsalPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let known = || Account::Known { id: "0199c0de".into(), username: "han.meimei".into() };
        let rules = ["link", "moved", "former", "realm", "phone", "password"];
        let mut samples: Vec<_> =
            rules.into_iter().map(|how| (how, Self::of(Verdict::Admitted(admission(how, known()))))).collect();
        samples.push(("sign-up", Self::of(Verdict::Admitted(admission("sign-up", Account::New)))));
        samples.push(("refused", Self::of(Verdict::Refused(refused()))));
        samples
    }

    fn of(verdict: Verdict) -> Self {
        let is_refused = matches!(verdict, Verdict::Refused(_));
        let person = Person {
            subject: "Gx8k…f7".into(),
            name: Some("韩梅梅".into()),
            phone: Some(Vouched { text: "•••8000".into(), by: Provenance::SelfDeclared }),
            ..Person::default()
        };
        let course = Calls { steps: steps(), took_ms: 8_331, person: (!is_refused).then_some(person) };
        let report = Report { authenticator: "partners".into(), enabled: is_refused, client: true, verdict, course };
        Self { id: "0199c0de".into(), at: 1_767_323_045_000, title: "Partners".into(), report }
    }
}

fn admission(how: &str, account: Account) -> Admission {
    let changes = vec![
        Change::Account,
        Change::Link,
        Change::Moved("userid".into()),
        Change::Field(Field::Name, "韩梅梅".into()),
        Change::Field(Field::Picture, String::new()),
        Change::Field(Field::Email, "h•••@example.com".into()),
        Change::Taken(Field::Phone),
    ];
    let roles = if how == "link" { Vec::new() } else { vec!["member".into(), "auditor".into()] };
    let changes = if how == "link" { Vec::new() } else { changes };
    Admission { how: how.into(), account, name: "韩梅梅".into(), roles, changes }
}

fn refused() -> Ending {
    Ending {
        reason: Refusal::SignUpOff.name().into(),
        provider_code: None,
        missing: Vec::new(),
        chain: vec!["sign-up-off".into()],
        finding: None,
    }
}
