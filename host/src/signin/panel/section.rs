//! The place of a panel on the sign-in page.

use maud::{Markup, html};
use ui_schema::Text;

use crate::ui::Frame;

/// The place of a panel: hidden until the script has found room for it.
#[derive(Clone, Debug)]
pub struct PanelSection {
    /// The authenticator.
    pub uid: String,
    /// Its title.
    pub title: Text,
    /// What the scripts may read, as a JSON object.
    pub settings: String,
    /// Addresses of the scripts, in the order in which they run.
    pub scripts: Vec<String>,
}

impl PanelSection {
    /// The section. `redirect` is where the person goes afterwards: a path of this site, already checked.
    pub(crate) fn markup(&self, frame: &Frame, redirect: Option<&str>) -> Markup {
        let words = frame.words();
        let id = format!("panel-{}", self.uid);
        let label = words.with("panel-label", &[("title", self.title.get(frame.language).to_owned().into())]);
        html! {
            section.login-panel aria-label=(label) hidden data-panel
                data-start=(frame.urls.sign_in_start(&self.uid)) data-back=(frame.urls.sign_in_callback(&self.uid))
                data-settings=(self.settings) data-scripts=(self.scripts.join(" "))
                data-redirect=[redirect] {
                div id=(id) {}
                div.over hidden {
                    p { (words.t("panel-over")) }
                    button.button type="button" { (words.t("panel-again")) }
                }
            }
        }
    }
}
