//! Every state of the journal.

use super::*;

const AT: i64 = 1_767_323_045_000;

impl JournalPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let entries = KINDS.iter().enumerate().map(|(position, kind)| entry(position, kind)).collect();
        vec![
            ("empty", Self::default()),
            (
                "nothing-found",
                Self { kind: "plugin".into(), query: "7F3K-9QWD".into(), paged: true, ..Self::default() },
            ),
            ("full", Self { entries, older: Some("0199c0de".into()), ..Self::default() }),
        ]
    }
}

fn entry(position: usize, kind: &str) -> JournalEntry {
    let refused = kind == "signin.refused";
    let details = if refused {
        [("reason", "sign-up-off"), ("provider_code", "Forbidden.AccessDenied")]
            .map(|(k, v)| (k.into(), v.into()))
            .into()
    } else {
        BTreeMap::new()
    };
    JournalEntry {
        at: AT - 3_333_000 * i64::try_from(position).unwrap(),
        kind: kind.into(),
        actor: (!refused).then(|| "Ada Lovelace".into()),
        subject: Some(if kind.starts_with("user") { "韩梅梅" } else { "partners" }.into()),
        outcome: Outcome::from_name(match kind {
            "signin.refused" => "refused",
            "plugin.failed" => "failed",
            _ => "done",
        }),
        reference: (refused || kind == "plugin.failed").then(|| "7F3K-9QWD".into()),
        details,
    }
}
