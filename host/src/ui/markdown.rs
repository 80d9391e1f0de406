//! Markdown from plug-ins, made harmless: no raw HTML, no pictures, links to the web and to mail only.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// The Markdown text as HTML that is safe on a page.
pub fn render(text: &str) -> Markup {
    let mut unsafe_links = 0_usize;
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| clean(event, &mut unsafe_links));
    let mut output = String::with_capacity(text.len() * 2);
    html::push_html(&mut output, events);
    PreEscaped(output)
}

/// Drops what could do harm. `unsafe_links` counts the links that were dropped and are still open.
fn clean<'a>(event: Event<'a>, unsafe_links: &mut usize) -> Option<Event<'a>> {
    match event {
        Event::Html(_) | Event::InlineHtml(_) => None,
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => None,
        Event::Start(Tag::Heading { .. }) => Some(Event::InlineHtml(CowStr::Borrowed("<p class=\"heading\">"))),
        Event::End(TagEnd::Heading(_)) => Some(Event::InlineHtml(CowStr::Borrowed("</p>"))),
        Event::Start(Tag::Link { dest_url, .. }) => match opening(&dest_url) {
            Some(tag) => Some(Event::InlineHtml(tag.into())),
            None => {
                *unsafe_links += 1;
                None
            }
        },
        Event::End(TagEnd::Link) if *unsafe_links > 0 => {
            *unsafe_links -= 1;
            None
        }
        other => Some(other),
    }
}

/// The opening tag of a link, if it leads to the web or to mail.
fn opening(address: &str) -> Option<String> {
    let scheme = address.split_once(':')?.0.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https" | "mailto") {
        return None;
    }
    let mut href = String::new();
    escape_href(&mut href, address);
    Some(format!(r#"<a href="{href}" target="_blank" rel="noopener noreferrer">"#))
}

/// Escapes an address for an attribute in double quotes.
fn escape_href(output: &mut String, address: &str) {
    for character in address.chars() {
        match character {
            '&' => output.push_str("&amp;"),
            '"' => output.push_str("%22"),
            '<' => output.push_str("%3C"),
            '>' => output.push_str("%3E"),
            '\'' => output.push_str("%27"),
            other => output.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_open_elsewhere() {
        assert_eq!(
            render("See [the console](https://example.com/?a=1&b=2).").into_string(),
            "<p>See <a href=\"https://example.com/?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer\">the console</a>.</p>\n"
        );
    }

    #[test]
    fn nothing_can_run() {
        for text in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[a](javascript:alert(1))",
            "[a](JaVaScRiPt:alert(1))",
            "[a](data:text/html,x)",
            "[a](//example.com)",
            "![a](https://example.com/x.png)",
            "[a](vbscript:x)",
            "<https://example.com/\"onmouseover=alert(1)>",
            "[a]( https://example.com/'\"><script>x</script> )",
        ] {
            let html = render(text).into_string();
            for forbidden in
                ["<script", "<img", "javascript:", "vbscript:", "data:", "href=\"https://example.com/\"", "href=\"//"]
            {
                assert!(!html.to_lowercase().contains(forbidden), "{text} became {html}");
            }
        }
    }

    #[test]
    fn headings_do_not_disturb_the_outline_of_the_page() {
        assert_eq!(render("# Step").into_string(), "<p class=\"heading\">Step</p>");
    }
}
