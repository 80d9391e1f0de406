//! Every state of the form of a user.

use super::*;

impl UserFormPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let draft = UserDraft {
            username: "ada".into(),
            nickname: "Ada Lovelace".into(),
            email: "ada@example.com".into(),
            phone: "+8613800000000".into(),
            roles: vec![Role::Administrator, Role::Member],
        };
        let full = Self { existing: Some(existing()), draft: draft.clone(), faults: Vec::new() };
        let wrong = Self { existing: None, draft, faults: faults() };
        let disabled = ExistingUser { enabled: false, has_password: false, bindings: Vec::new(), ..existing() };
        let oneself = ExistingUser { is_self: true, ..existing() };
        let others = Origins { nickname: Some(Origin::Directory), email: None, phone: Some(Origin::Account) };
        let elsewhere = ExistingUser { origins: others, ..existing() };
        vec![
            ("new", Self::default()),
            ("full", full.clone()),
            ("wrong", wrong),
            ("disabled", Self { existing: Some(disabled), ..full.clone() }),
            ("oneself", Self { existing: Some(oneself), ..full.clone() }),
            ("elsewhere", Self { existing: Some(elsewhere), ..full }),
        ]
    }
}

fn faults() -> Vec<(UserField, FieldFault)> {
    vec![
        (UserField::Username, FieldFault::Taken),
        (UserField::Email, FieldFault::BadEmail),
        (UserField::Phone, FieldFault::BadPhone),
        (UserField::Roles, FieldFault::BadChoice),
        (UserField::Password, FieldFault::PasswordTooShort(SHORTEST)),
    ]
}

fn existing() -> ExistingUser {
    ExistingUser {
        id: "0199c0de-0000-7000-8000-000000000001".into(),
        name: "Ada Lovelace".into(),
        enabled: true,
        is_self: false,
        has_password: true,
        origins: Origins {
            nickname: Some(Origin::Administrator),
            email: Some(Origin::Account),
            phone: Some(Origin::Directory),
        },
        created_at: 1_767_323_045_000,
        bindings: BindingOrigin::ALL.map(binding).into(),
    }
}

fn binding(origin: BindingOrigin) -> BindingView {
    let by_itself = matches!(origin, BindingOrigin::Phone | BindingOrigin::SignUp | BindingOrigin::Realm);
    let waits = origin == BindingOrigin::Imported;
    BindingView {
        id: "c0ffee".into(),
        authenticator_title: "Example".into(),
        authenticator_uid: "example".into(),
        origin,
        key_title: waits.then(|| "Staff number".into()),
        subject: "abcd…wxyz".into(),
        tenant: (!waits).then(|| "example-corp".into()),
        realm: if by_itself { "https://api.example.com/example-corp".into() } else { String::new() },
        made_by: (!by_itself).then(|| "grace".into()),
        created_at: 1_767_323_045_000,
        used_at: (!waits).then_some(1_767_823_045_000),
    }
}
