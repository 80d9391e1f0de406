//! Every state of the plug-in manager.

use super::detail::{Health, PluginPage, ReleaseRow};
use super::install::{InstallPage, ReleasePage};
use super::*;
use crate::plugins::package::Trust;
use crate::plugins::service::{Evidence, Unfit, What};
use crate::signin::linking::fresh::Proof;
use crate::ui::icons::Picture;

const DIGEST: &str = "9f2c6b0d1e4a7c83552f0d9b6e18a3c4d7f0921b3c5e6a8890fd1e2c3b4a41ab";

impl PluginsPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let full = Self {
            folder: "/var/lib/gatehouse/plugins".into(),
            cards: vec![
                card("auth-example", "Auth: Example", PluginState::Enabled),
                card("auth-oidc", "Auth: OpenID Connect", PluginState::Available),
                card(
                    "auth-odd",
                    "Auth: Odd",
                    PluginState::Failed(reason("It was built for another version of the interface.", Some("2.0"))),
                ),
            ],
            unreadable: vec![UnreadableFile {
                file: "notes.txt.so".into(),
                reason: reason("This is not a library for Linux.", None),
            }],
            query: String::new(),
            filter: PluginFilter::All,
        };
        vec![
            ("full", full.clone()),
            ("filtered", Self { filter: PluginFilter::Failed, ..full.clone() }),
            ("nothing-found", Self { query: "zzz".into(), ..full.clone() }),
            ("empty", Self { cards: Vec::new(), unreadable: Vec::new(), ..full }),
        ]
    }
}

fn card(id: &str, name: &str, state: PluginState) -> PluginCard {
    let enabled = state == PluginState::Enabled;
    PluginCard {
        id: id.into(),
        name: name.into(),
        version: "1.0.0".into(),
        description: "Sign in with Example: matches users by phone number, can create them on first sign-in.".into(),
        api: "1.0".into(),
        signature: signature(id != "auth-odd"),
        happened: (id == "auth-oidc").then(|| Happened::of(evidence())),
        held_back: None,
        later: enabled.then(|| "1.1.0".into()),
        sha256: DIGEST.into(),
        file: format!("lib{}.so", id.replace('-', "_")),
        picture: if enabled { Picture::Served(id.into()) } else { Picture::Drawn(Icon::Plug) },
        calls: if id == "auth-odd" { Vec::new() } else { vec!["api.example.com".into(), "oapi.example.com".into()] },
        redirects: vec!["login.example.com".into()],
        caches: enabled,
        state,
        types: if enabled { vec![("example".into(), "Example".into())] } else { Vec::new() },
        authenticators: if enabled { 2 } else { 0 },
    }
}

fn reason(sentence: &str, detail: Option<&str>) -> Reason {
    Reason { sentence: sentence.into(), detail: detail.map(Into::into) }
}

fn signature(trusted: bool) -> Signature {
    Signature::of(&if trusted {
        Trust::Trusted { key: "example".into(), key_id: "7F3C11D2A94E06B8".into() }
    } else {
        Trust::Unsigned
    })
}

fn evidence() -> Evidence {
    Evidence {
        what: What::RolledBack,
        version: "1.1.0".into(),
        instead: "1.0.0".into(),
        at: 1_790_000_000_000,
        cause: String::new(),
        detail: String::new(),
        calls: 20,
        failed: 6,
    }
}

impl PluginPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let row = |version: &str, runs: bool| ReleaseRow {
            version: version.into(),
            sha256: DIGEST.into(),
            signature: signature(true),
            installed: (!runs).then(|| (1_790_000_000_000, "Ada Lovelace".to_owned())),
            runs,
            choosable: true,
        };
        let full = Self {
            card: PluginCard {
                happened: Some(Happened::of(evidence())),
                ..card("auth-example", "Auth: Example", PluginState::Enabled)
            },
            health: Some(Health { called: true, copy: 3, second: true }),
            retired: 2,
            releases: vec![row("1.1.0", false), row("1.0.0", true)],
            files: vec![("lib/x86_64-unknown-linux-gnu.so".into(), 1_278_112, DIGEST.into())],
            readme: Some("# Example\n\nSigns people in.".into()),
            changelog: Some("## 1.1.0\n\n* More.".into()),
            back: Some("1.1.0".into()),
            proof: Proof::Password,
            wrong: false,
            username: "ada".into(),
            removable: true,
        };
        let off = Self {
            card: card("auth-example", "Auth: Example", PluginState::Available),
            health: None,
            back: None,
            ..full.clone()
        };
        vec![("full", full.clone()), ("off", off), ("wrong", Self { wrong: true, ..full })]
    }
}

impl InstallPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let open = Self {
            open: true,
            keys: vec![("example".into(), "7F3C11D2A94E06B8".into())],
            refused: None,
            proof: Proof::Password,
            wrong: false,
            username: "ada".into(),
        };
        let refused = reason("It was changed after it was signed. Get it from its author again.", Some("README.md"));
        vec![
            ("open", open.clone()),
            ("refused", Self { refused: Some(refused), ..open.clone() }),
            ("wrong", Self { wrong: true, keys: Vec::new(), ..open.clone() }),
            ("sign-in", Self { proof: Proof::SignIn, ..open.clone() }),
            ("closed", Self { open: false, ..open }),
        ]
    }
}

impl ReleasePage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let asked = Self {
            card: card("auth-example", "Auth: Example", PluginState::Enabled),
            running: Some("1.0.0".into()),
            older_than: None,
            new_hosts: vec!["files.example.com".into()],
            unfit: Vec::new(),
            refused: None,
            proof: Proof::Password,
            wrong: false,
            username: "ada".into(),
        };
        let fault = ui_schema::FieldFault { field: Some("tenant".into()), kind: ui_schema::FaultKind::Required };
        let unfit = Unfit {
            uid: "example".into(),
            title: ui_schema::Text::new("Example", "示例"),
            goes_off: true,
            type_is_gone: false,
            faults: vec![(ui_schema::Text::new("Tenant", "租户"), fault)],
            said: Some("no tenant".into()),
        };
        let refused = reason("It crashed when it was tried out in a process of its own.", Some("signal: 11"));
        vec![
            ("asked", asked.clone()),
            ("unfit", Self { unfit: vec![unfit], older_than: Some("1.1.0".into()), ..asked.clone() }),
            ("refused", Self { refused: Some(refused), running: None, ..asked }),
        ]
    }
}
