//! What can be seen wrong with a page without a browser.

use std::collections::{BTreeMap, BTreeSet};

const VOID: [&str; 8] = ["meta", "link", "img", "input", "br", "hr", "path", "circle"];

/// One start tag.
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

/// What is wrong with a page; empty if nothing is.
pub(super) fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut tags = Vec::new();
    for piece in html.split('<').skip(1) {
        let Some((tag, _text)) = piece.split_once('>') else {
            faults.push(format!("a tag is not closed: {piece}"));
            continue;
        };
        if let Some(name) = tag.strip_prefix('/') {
            let opened = open.pop();
            if opened.as_deref() != Some(name) {
                faults.push(format!("</{name}> closes {opened:?}"));
            }
        } else if !tag.starts_with('!') {
            let parsed = parse(tag.trim_end_matches('/'));
            if !VOID.contains(&parsed.name.as_str()) {
                open.push(parsed.name.clone());
            }
            tags.push(parsed);
        }
    }
    if !open.is_empty() {
        faults.push(format!("never closed: {open:?}"));
    }
    if html.contains('⟦') {
        faults.push(html[html.find('⟦').unwrap_or(0)..].chars().take(60).collect());
    }
    check_attributes(&tags, &mut faults);
    check_references(&tags, &mut faults);
    check_labels(&tags, html, &mut faults);
    faults
}

fn parse(tag: &str) -> Tag {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Tag { name: name.to_owned(), attributes };
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        let (value, after) = match rest[end..].strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => ("", &rest[end..]),
        };
        attributes.insert(key, value.to_owned());
        rest = after;
    }
}

/// Nothing that the content security policy would block, and pictures with a text.
fn check_attributes(tags: &[Tag], faults: &mut Vec<String>) {
    for Tag { name, attributes } in tags {
        for (key, value) in attributes {
            if key == "style" || key.starts_with("on") {
                faults.push(format!("<{name}> has {key}"));
            }
            let foreign = value.contains("://") || value.starts_with("data:") || value.starts_with("javascript:");
            let loads = key == "src" || key == "action" || key == "formaction" || (key == "href" && name != "a");
            if (loads && foreign) || value.starts_with("javascript:") {
                faults.push(format!("<{name}> loads {value}"));
            }
        }
        if name == "img" && !attributes.contains_key("alt") {
            faults.push("a picture has no alt".into());
        }
        if name == "form" && !attributes.contains_key("method") {
            faults.push("a form has no method".into());
        }
    }
}

/// Ids are unique, and whatever names an id names one that is there.
fn check_references(tags: &[Tag], faults: &mut Vec<String>) {
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.attributes.get("id")) {
        if !ids.insert(id.as_str()) {
            faults.push(format!("two elements are #{id}"));
        }
    }
    for Tag { name, attributes } in tags {
        for key in ["for", "aria-describedby", "aria-labelledby", "data-copy", "data-reveal"] {
            for id in attributes.get(key).into_iter().flat_map(|value| value.split(' ')) {
                if !ids.contains(id) {
                    faults.push(format!("<{name} {key}> names #{id}, which is not there"));
                }
            }
        }
        if let Some(id) = attributes.get("href").and_then(|href| href.strip_prefix('#'))
            && !ids.contains(id)
        {
            faults.push(format!("a link leads to #{id}, which is not there"));
        }
    }
}

/// Everything that takes input has a label; headings, landmarks and language are there.
fn check_labels(tags: &[Tag], html: &str, faults: &mut Vec<String>) {
    let labelled: BTreeSet<&String> = tags.iter().filter_map(|tag| tag.attributes.get("for")).collect();
    for Tag { name, attributes } in tags {
        let takes_input = matches!(name.as_str(), "input" | "select" | "textarea");
        let hidden = attributes.get("type").is_some_and(|kind| kind == "hidden") || attributes.contains_key("hidden");
        let has_label = attributes.get("id").is_some_and(|id| labelled.contains(id));
        if takes_input && !hidden && !has_label {
            faults.push(format!("<{name} {:?}> has no label", attributes.get("name")));
        }
    }
    let count = |wanted: &str| tags.iter().filter(|tag| tag.name == wanted).count();
    for (wanted, times) in [("html", 1), ("title", 1), ("main", 1), ("h1", 1)] {
        if count(wanted) != times {
            faults.push(format!("{} × <{wanted}>", count(wanted)));
        }
    }
    if !html.starts_with("<!DOCTYPE html>") {
        faults.push("no doctype".into());
    }
}

#[cfg(test)]
mod tests {
    use super::faults;

    #[test]
    fn the_check_sees_faults() {
        let page = |body: &str| {
            format!(
                "<!DOCTYPE html><html><head><title>x</title></head><body><main><h1>x</h1>{body}</main></body></html>"
            )
        };
        assert!(faults(&page("")).is_empty());
        for bad in [
            "<p style=\"color:red\">x</p>",
            "<p>x",
            "<p>x</div>",
            "<img src=\"/x.png\">",
            "<img src=\"https://example.com/x.png\" alt=\"\">",
            "<input type=\"text\">",
            "<p id=\"a\"></p><p id=\"a\"></p>",
            "<a href=\"#b\">x</a>",
            "<a href=\"javascript:x\">x</a>",
            "<button onclick=\"x()\">x</button>",
            "<p>⟦key⟧</p>",
        ] {
            assert!(!faults(&page(bad)).is_empty(), "{bad}");
        }
    }
}
