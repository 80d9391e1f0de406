//! Every state of the assistant's page.

use super::*;

impl KeysPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let start = Self {
            uid: "example".into(),
            title: "Example".into(),
            kinds: vec![("userid".into(), "User ID".into()), ("phone".into(), "Telephone number".into())],
            inventory: vec![("Subject".into(), 12), ("User ID".into(), 3)],
            ..Self::default()
        };
        let row = |username: &str, fate: &'static str, target: &str| PlanRowView {
            username: username.into(),
            kind: "User ID".into(),
            value: "0150…0001".into(),
            fate,
            target: target.into(),
        };
        let plan = PlanView {
            counts: vec![("move", 1), ("merge", 0), ("conflict", 1), ("nobody", 1), ("needs-person", 1)],
            rows: vec![
                row("ada", "move", "aBcD…iEiE"),
                row("hanmeimei", "conflict", "ada"),
                row("lilei", "nobody", ""),
                row("wei", "needs-person", ""),
            ],
            changes: 1,
            fingerprint: "00".into(),
            also_subjects: true,
        };
        let refused = Self {
            faults: vec!["Line 2: nobody has this username.".into()],
            entered: "ada,1\nnobody,2".into(),
            ..start.clone()
        };
        vec![
            ("start", start.clone()),
            ("plan", Self { plan: Some(plan), ..start.clone() }),
            ("nothing", Self { plan: Some(PlanView::default()), ..start.clone() }),
            ("done", Self { done: Some("1 link was moved.".into()), ..start.clone() }),
            ("too-many", Self { too_many: Some("There are too many links for this page.".into()), ..start }),
            ("refused", refused),
        ]
    }
}
