//! The scripts that authenticator types bring along, served from our own origin.
//!
//! As with our own files, an address holds the hash of the content, so browsers may keep a script for ever. What is
//! served is what a loaded plug-in registered; once it is disabled, nothing is.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use plugin_api::{AuthenticatorType, Script};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::ids;
use crate::urls::{Urls, route};
use crate::web::packed::Packed;
use crate::web::problem::Problem;

pub(crate) fn routes() -> Router<App> {
    Router::new().route(route::SCRIPT, get(serve))
}

/// `GET /scripts/{kind}/{name}`.
async fn serve(
    State(app): State<App>,
    Path((kind, name)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let (plugin, _) = app.registry.type_of(&kind).ok_or(Problem::NotFound)?;
    let script = plugin.scripts().find(&kind, &name).ok_or(Problem::NotFound)?;
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, script.response(&asked)).into_response())
}

/// The scripts of all types of one plug-in, compressed once.
pub(crate) struct Scripts(Vec<Entry>);

struct Entry {
    kind: String,
    part: Part,
    hashed_name: String,
    content: Packed,
}

/// What a type brings scripts for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Client,
    Panel,
}

impl Scripts {
    /// The scripts of these types.
    pub(super) fn of(types: &[AuthenticatorType]) -> Self {
        let mut entries = Vec::new();
        for kind in types {
            let client = kind.client.iter().flat_map(|client| &client.scripts);
            entries.extend(client.map(|script| Entry::of(kind, Part::Client, script)));
            let panel = kind.panel.iter().flat_map(|panel| &panel.scripts);
            entries.extend(panel.map(|script| Entry::of(kind, Part::Panel, script)));
        }
        Self(entries)
    }

    /// The addresses of the scripts that sign in inside the client, in the order in which they run.
    pub(crate) fn of_client(&self, kind: &str, urls: &Urls) -> Vec<String> {
        self.addresses(kind, Part::Client, urls)
    }

    /// The addresses of the scripts of the panel, in the order in which they run.
    pub(crate) fn of_panel(&self, kind: &str, urls: &Urls) -> Vec<String> {
        self.addresses(kind, Part::Panel, urls)
    }

    fn addresses(&self, kind: &str, part: Part, urls: &Urls) -> Vec<String> {
        let wanted = self.0.iter().filter(|entry| entry.kind == kind && entry.part == part);
        wanted.map(|entry| urls.script(kind, &entry.hashed_name)).collect()
    }

    fn find(&self, kind: &str, hashed_name: &str) -> Option<&Packed> {
        let entry = self.0.iter().find(|entry| entry.kind == kind && entry.hashed_name == hashed_name)?;
        Some(&entry.content)
    }
}

impl Entry {
    fn of(kind: &AuthenticatorType, part: Part, script: &Script) -> Self {
        let hash = ids::hex(&Sha256::digest(script.body.as_bytes()));
        Self {
            kind: kind.id.clone(),
            part,
            hashed_name: format!("{}.{:.16}.js", script.name, hash),
            content: Packed::new(script.body.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use plugin_api::ui_schema::{Form, Text};
    use plugin_api::{ClientSignIn, Panel};

    use super::*;

    #[test]
    fn every_script_has_an_address_that_changes_with_it() {
        let script = |name: &str, body: &str| Script { name: name.into(), body: body.into() };
        let text = || Text::new("Example", "示例");
        let mut kind = AuthenticatorType::new(
            "example",
            text(),
            text(),
            text(),
            serde_json::from_str::<Form>(r#"{"fields":[]}"#).unwrap(),
        );
        kind.client = Some(ClientSignIn {
            user_agents: Vec::new(),
            settings: Vec::new(),
            scripts: vec![script("bridge", "one"), script("sign-in", "two")],
            link_query: None,
        });
        kind.panel = Some(Panel {
            settings: Vec::new(),
            scripts: vec![script("bridge", "three")],
            script_origins: Vec::new(),
            frame_origins: Vec::new(),
            upstreams: Vec::new(),
        });
        let (scripts, urls) = (Scripts::of(&[kind]), Urls::new("/gate"));
        let (client, panel) = (scripts.of_client("example", &urls), scripts.of_panel("example", &urls));
        assert_eq!((client.len(), panel.len(), scripts.of_client("other", &urls).len()), (2, 1, 0));
        assert!(client[0].starts_with("/gate/scripts/example/bridge.") && client[1].contains("/sign-in."));
        assert_ne!(client[0], panel[0]);
        for address in client.iter().chain(&panel) {
            let name = address.rsplit('/').next().unwrap();
            assert!(scripts.find("example", name).is_some() && scripts.find("other", name).is_none(), "{name}");
        }
    }
}
