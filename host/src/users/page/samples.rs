//! Every state of the list of users.

use super::*;

impl UsersPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let rows = vec![
            row("Ada Lovelace", "ada", &[Role::Administrator, Role::Member], &["Password", "Example"]),
            row("韩梅梅", "hanmeimei", &[Role::Member], &["Example"]),
            row("nobody", "nobody", &[], &[]),
        ];
        let full = Self { rows, query: String::new(), page: 2, page_size: 20, total: 128 };
        let alone = Self { page: 1, total: 3, ..full.clone() };
        let nothing = Self { rows: Vec::new(), query: "zzz".into(), page: 1, total: 0, ..full.clone() };
        vec![("full", full), ("one-page", alone), ("nothing", nothing)]
    }
}

fn row(name: &str, username: &str, roles: &[Role], ways: &[&str]) -> UserRow {
    let known = username != "nobody";
    UserRow {
        id: "0199c0de-0000-7000-8000-000000000001".into(),
        name: name.into(),
        username: username.into(),
        email: known.then(|| format!("{username}@example.com")),
        phone: known.then(|| "+8613800000000".into()),
        roles: roles.to_vec(),
        ways: ways.iter().map(|&way| way.into()).collect(),
        enabled: known,
        created_at: 1_767_323_045_000,
    }
}
