//! What a browser loads to show the sign-in page, and from where.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use url::Url;

use crate::Outcome;
use crate::browser::{Browser, Coding};

/// Everything that the sign-in page makes a browser load.
pub(crate) struct Weight {
    /// Path and bytes on the wire (compressed where the server does that), without header fields.
    pub(crate) files: Vec<(String, usize)>,
    /// Origins other than the page's own.
    pub(crate) foreign: BTreeSet<String>,
}

impl Weight {
    pub(crate) fn total(&self) -> usize {
        self.files.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// Loads the page at `site` as a browser does.
pub(crate) async fn measure(site: SocketAddr, provider: SocketAddr) -> Outcome<Weight> {
    let page = Url::parse(&format!("http://{site}/signin"))?;
    let mut simple = Browser::open(site, provider, Coding::Plain).await?;
    let mut browser = Browser::open(site, provider, Coding::Gzip).await?;
    let mut weight = Weight { files: Vec::new(), foreign: BTreeSet::new() };
    let mut wanted = vec![page.clone()];
    let mut next = 0;
    while let Some(url) = wanted.get(next).cloned() {
        next += 1;
        if url.origin() != page.origin() {
            weight.foreign.insert(url.origin().ascii_serialization());
            continue;
        }
        let text = simple.page(url.path()).await?;
        let kind = text.header("content-type")?.to_owned();
        for reference in references(&kind, &String::from_utf8_lossy(&text.body)) {
            let found = url.join(&reference)?;
            if !wanted.contains(&found) && found.scheme().starts_with("http") {
                wanted.push(found);
            }
        }
        weight.files.push((url.path().to_owned(), browser.page(url.path()).await?.body.len()));
    }
    Ok(weight)
}

/// What a document makes a browser load without being asked: links of the head, images, scripts, what styles import.
fn references(kind: &str, text: &str) -> Vec<String> {
    if kind.starts_with("text/html") {
        let links = tags(text, "<link ").filter_map(|tag| attribute(tag, "href"));
        let sources = text.split('<').filter_map(|tag| attribute(tag.split('>').next()?, "src"));
        return links.chain(sources).collect();
    }
    if kind.starts_with("text/css") {
        let inside = |rest: &str| Some(rest.split(')').next()?.trim_matches(['"', '\'', ' ']).to_owned());
        return text.split("url(").skip(1).filter_map(inside).filter(|url| !url.starts_with("data:")).collect();
    }
    Vec::new()
}

fn tags<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split('>').next())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_loaded_is_found_and_what_is_linked_is_not() {
        let page = r#"<link rel="icon" href="/a.svg"><script src="https://cdn.example/b.js"></script>
            <img alt="" src="c.png?x=1&amp;y=2"><a href="/elsewhere">src</a><form action="/d">"#;
        assert_eq!(
            references("text/html; charset=utf-8", page),
            ["/a.svg", "https://cdn.example/b.js", "c.png?x=1&y=2"]
        );
        let style = "a{background:url('e.png')} b{background:url(data:image/png;base64,x)}";
        assert_eq!(references("text/css", style), ["e.png"]);
    }
}
