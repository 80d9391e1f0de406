//! A page as a person reads it.

use scraper::{Html, Selector};

/// A parsed page.
pub struct Page(Html);

impl Page {
    /// Parses `html`.
    pub fn new(html: &str) -> Self {
        Self(Html::parse_document(html))
    }

    /// The visible text, blanks folded.
    pub fn text(&self) -> String {
        let body = self.0.select(&selector("body")).next().expect("a page has a body");
        body.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    }

    /// The texts of all elements that match.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.0
            .select(&selector(css))
            .map(|found| found.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// An attribute of the first element that matches.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.0.select(&selector(css)).next()?.value().attr(name).map(str::to_owned)
    }

    /// Names and values of all elements that match, as a form posts them.
    pub fn pairs(&self, css: &str) -> Vec<(String, String)> {
        let attribute = |found: &scraper::ElementRef<'_>, name| found.value().attr(name).unwrap_or_default().to_owned();
        self.0.select(&selector(css)).map(|found| (attribute(&found, "name"), attribute(&found, "value"))).collect()
    }

    /// Whether any element matches.
    pub fn has(&self, css: &str) -> bool {
        self.0.select(&selector(css)).next().is_some()
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a valid selector")
}
