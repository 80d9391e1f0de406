//! Every state of the person's page.

use super::ways::Way;
use super::*;
use crate::ui::icons::Picture;

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
            ways: Ways {
                has_password: true,
                ways: vec![way("example", true, Some(1_767_323_045_000)), way("partners", true, None)],
            },
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
            ways: Ways { has_password: false, ways: vec![way("example", false, Some(1_767_323_045_000))] },
            ..full.clone()
        };
        let bare = Self { ways: Ways::default(), ..full.clone() };
        vec![
            ("bare", bare),
            ("full", full.clone()),
            ("wrong", Self { password: Some(wrong), ..full }),
            ("plain", plain),
        ]
    }
}

fn way(uid: &str, runs: bool, since: Option<i64>) -> Way {
    let (title, picture) = match uid {
        "example" => ("Example", Picture::Served("example".into())),
        _ => ("Partners of the International Society", Picture::Drawn(Icon::Door)),
    };
    Way { uid: uid.into(), title: title.into(), picture, runs, since, used: since.map(|at| at + 86_400_000) }
}
