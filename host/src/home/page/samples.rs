//! Every state of the person's page.

use super::*;

impl HomePage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let full = Self {
            name: "Ada Lovelace".into(),
            username: "ada".into(),
            email: Some("ada@example.com".into()),
            phone: Some("+8613800000000".into()),
            roles: vec![Role::Administrator, Role::Member],
            signed_in_with: "Password".into(),
            signed_in_at: 1_767_323_045_000,
            password: Some(PasswordChange::default()),
        };
        let wrong = PasswordChange {
            current_fault: Some(FieldFault::PasswordWrong),
            new_fault: Some(FieldFault::PasswordTooShort(SHORTEST)),
        };
        let plain = Self {
            name: "韩梅梅".into(),
            email: None,
            phone: None,
            roles: vec![Role::Member],
            password: None,
            ..full.clone()
        };
        vec![("full", full.clone()), ("wrong", Self { password: Some(wrong), ..full }), ("plain", plain)]
    }
}
