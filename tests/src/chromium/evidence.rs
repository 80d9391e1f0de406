//! What a browser did, and what it kept.

use serde_json::{Value, json};

use super::Browser;

/// Everything a page could keep, and everything a script in it could read.
const KEPT: &str = "return JSON.stringify({
    cookie: document.cookie,
    local: {...localStorage},
    session: {...sessionStorage},
    referrer: document.referrer,
    address: location.href,
    state: history.state,
    performance: performance.getEntries().map(entry => entry.name),
    page: document.documentElement.outerHTML,
    fields: [...document.querySelectorAll('input')].map(input => input.value),
})";

/// A request that the browser sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Where to.
    pub address: String,
    /// The header fields that the page could influence, as JSON.
    pub headers: Value,
}

impl Browser {
    /// The requests since the last time this was asked, redirects included.
    pub async fn requests(&self) -> Vec<Sent> {
        let events = self.log("performance").await;
        events
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
            .filter(|event| event["message"]["method"] == "Network.requestWillBeSent")
            .map(|event| event["message"]["params"]["request"].clone())
            // The browser's own pages and what is part of the address are no requests.
            .filter(|request| {
                request["url"].as_str().is_some_and(|url| !url.starts_with("chrome") && !url.starts_with("data:"))
            })
            .map(|request| Sent {
                address: request["url"].as_str().unwrap().into(),
                headers: request["headers"].clone(),
            })
            .collect()
    }

    /// What pages and the browser complained about since the last time: scripts, policies, files that are not there.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.log("browser").await;
        entries.iter().map(|entry| entry["message"].to_string()).collect()
    }

    /// All cookies, those included that scripts cannot read.
    pub async fn cookies(&self) -> Vec<Value> {
        self.cdp("Network.getAllCookies", json!({})).await["cookies"].as_array().unwrap().clone()
    }

    /// The addresses in the tab's history.
    pub async fn history(&self) -> Vec<String> {
        let history = self.cdp("Page.getNavigationHistory", json!({})).await;
        let entries = history["entries"].as_array().unwrap();
        entries.iter().map(|entry| entry["url"].as_str().unwrap().to_owned()).collect()
    }

    /// Everything that a script in this page could read, as one text.
    pub async fn readable(&self) -> String {
        self.script(KEPT, &[]).await.as_str().unwrap().to_owned()
    }

    /// A picture of what is in the window, PNG in Base64.
    pub async fn picture(&self) -> String {
        self.get("/screenshot").await.as_str().unwrap().to_owned()
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        self.post("/se/log", json!({"type": kind})).await.as_array().unwrap().clone()
    }
}
