//! Every state of the page.

use super::*;

impl ConfirmPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let fresh = Self {
            title: "Example".into(),
            picture: Picture::Served("example".into()),
            their_name: Some("Ada Lovelace".into()),
            their_key: "Kd8f…Q2".into(),
            name: "Ada".into(),
            username: "ada".into(),
            proof: Proof::Nothing,
            wrong: false,
            redirect: Some("/admin/users".into()),
        };
        let stale = Self { proof: Proof::Password, ..fresh.clone() };
        vec![
            ("fresh", fresh.clone()),
            ("nameless", Self { their_name: None, ..fresh.clone() }),
            ("wrong", Self { wrong: true, ..stale.clone() }),
            ("stale", stale),
            ("sign-in", Self { proof: Proof::SignIn, ..fresh }),
        ]
    }
}
