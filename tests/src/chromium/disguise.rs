//! Passing for another browser, for example the web view inside an app.

use serde_json::json;

use super::Browser;

/// A script that runs in every page before the page's own scripts, until it is taken back.
pub struct Script(String);

impl Browser {
    /// From here on, requests and scripts are told this `User-Agent`.
    pub async fn call_itself(&self, agent: &str) {
        self.cdp("Emulation.setUserAgentOverride", json!({"userAgent": agent})).await;
    }

    /// Runs `source` in every page from here on, before the page's own scripts, as an app does that brings objects of
    /// its own into its web view. The pages' policies do not concern it.
    pub async fn before_every_page(&self, source: &str) -> Script {
        let added = self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await;
        Script(added["identifier"].as_str().unwrap().to_owned())
    }

    /// Takes a script back.
    pub async fn take_back(&self, script: Script) {
        self.cdp("Page.removeScriptToEvaluateOnNewDocument", json!({"identifier": script.0})).await;
    }
}
