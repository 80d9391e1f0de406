//! Every state of the plug-in manager.

use super::*;
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
