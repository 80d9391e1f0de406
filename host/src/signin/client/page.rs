//! The page inside a provider's client, on which the scripts of an authenticator type find out who is there.

use maud::{Markup, html};
use serde_json::Value;

use crate::ui::Frame;
use crate::ui::assets::Asset;
use crate::ui::components::{Look, link_button};
use crate::ui::icons::logo;
use crate::ui::layout;
use crate::ui::notice::Notice;
use crate::urls::with_query;

#[cfg(test)]
mod samples;

/// The page inside a provider's client. It says nothing about a session that is there.
#[derive(Clone, Debug)]
pub struct ClientPage {
    /// The authenticator.
    pub uid: String,
    /// Its title, in the page's language.
    pub title: String,
    /// The settings that the scripts may read: an object.
    pub settings: Value,
    /// The addresses of the scripts, in the order in which they run.
    pub scripts: Vec<String>,
    /// Where the person goes afterwards: a path of this site, already checked.
    pub redirect: Option<String>,
}

impl ClientPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let redirect = self.redirect.as_deref().unwrap_or_default();
        let here = with_query(frame.urls.sign_in_client(&self.uid), &[("redirect", redirect)]);
        let ordinary = frame.urls.sign_in(self.redirect.as_deref());
        let other_way = Notice::ClientCancelled.on(ordinary.clone());
        // A reason out of the closed set is appended to it.
        let failed = with_query(ordinary, &[(Notice::PARAMETER, Notice::OF_CLIENT)]);
        let frame = &frame.at(here.clone());
        let words = frame.words();
        let title = words.with("client-title", &[("title", self.title.clone().into())]);
        let content = html! {
            (logo())
            h1 { (title) }
            p.lead role="status" { (words.t("client-lead")) }
            noscript { p { (words.t("client-noscript")) } }
            div.stack { (link_button(Look::Quiet, &other_way, &html! { (words.t("client-other-way")) })) }
            script defer src=(Asset::ClientScript.url(&frame.urls)) data-settings=(self.settings) data-post=(here)
                data-failed=(failed) {}
            @for script in &self.scripts { script defer src=(script) {} }
        };
        layout::card(frame, &title, &content)
    }
}
