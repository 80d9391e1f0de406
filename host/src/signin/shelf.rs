//! The plain sign-in page, ready-made.
//!
//! It is the page that everybody sees first and that changes least: it depends on the language, the theme, the
//! authenticators, the loaded plug-ins and which providers answer. So one of each language and theme is kept until one of the others changes.

use std::sync::Arc;

use http::HeaderValue;
use quick_cache::sync::Cache;
use ui_schema::Language;

use crate::app::App;
use crate::outage;
use crate::ui::frame::Theme;
use crate::web::packed::Packed;

/// A page as it is sent.
#[derive(Clone)]
pub(crate) struct Ready {
    pub(crate) body: Packed,
    pub(crate) policy: Option<HeaderValue>,
}

/// Ready-made pages, each with the state of affairs that it was made for.
pub(crate) struct Shelf(Cache<(Language, Theme), Arc<(Stamp, Ready)>>);

/// What a page depends on besides language and theme.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    authenticators: u64,
    plugins: u64,
    outage: u64,
}

impl Stamp {
    fn of(app: &App) -> Self {
        Self {
            authenticators: app.authenticators.generation(),
            plugins: app.registry.generation(),
            outage: outage::stamp(app),
        }
    }
}

impl Shelf {
    pub(crate) fn new() -> Self {
        Self(Cache::new(Language::ALL.len() * Theme::ALL.len()))
    }

    /// The page for a language and a theme; `make` makes it if there is none that is still true.
    pub(crate) fn page(&self, app: &App, language: Language, theme: Theme, make: impl FnOnce() -> Ready) -> Ready {
        let now = Stamp::of(app);
        if let Some(kept) = self.0.get(&(language, theme)).filter(|kept| kept.0 == now) {
            return kept.1.clone();
        }
        let ready = make();
        // Stamped with what was true before it was made: if something changed since, it is not used again.
        self.0.insert((language, theme), Arc::new((now, ready.clone())));
        ready
    }
}
