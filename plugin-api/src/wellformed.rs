//! Small rules for identifiers, host names, versions, texts and icons, written out by hand.

use ui_schema::Text;

/// The largest icon, in bytes.
pub(crate) const ICON_CAP: usize = 64 * 1024;

/// `[a-z][a-z0-9-]{1,63}`.
pub(crate) fn is_id(text: &str) -> bool {
    let rest = text.as_bytes().split_first().filter(|(first, _)| first.is_ascii_lowercase()).map(|(_, rest)| rest);
    rest.is_some_and(|rest| (1..=63).contains(&rest.len()) && rest.iter().all(|byte| is_id_byte(*byte)))
}

/// `N` plain decimal numbers with dots between them, none with a leading zero.
pub(crate) fn numbers<const N: usize>(text: &str) -> Option<[u32; N]> {
    let numbers: Vec<u32> = text.split('.').map(number).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// A DNS name of at least two labels in lower case (RFC 1123 section 2.1); not an IPv4 address.
pub(crate) fn is_host(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let top_is_name = labels.last().is_some_and(|top| top.bytes().any(|byte| byte.is_ascii_lowercase()));
    text.len() <= 253 && labels.len() >= 2 && top_is_name && labels.iter().all(|label| is_label(label))
}

/// A text that is there in every language, at most `cap` characters long, without control characters but line ends.
pub(crate) fn is_text(text: &Text, cap: usize) -> bool {
    [&text.en, &text.zh_cn].into_iter().all(|text| {
        !text.trim().is_empty() && text.chars().count() <= cap && !text.chars().any(|c| c.is_control() && c != '\n')
    })
}

/// An SVG document that does nothing but draw. A second line of defence: the host shows icons through `<img>`, where
/// scripts do not run anyway.
///
/// # Errors
/// The rule that is broken.
pub(crate) fn icon(svg: &str) -> Result<(), &'static str> {
    const ACTIVE: [&str; 7] =
        ["<script", "<foreignobject", "<iframe", "<!doctype", "<!entity", "javascript:", "xlink:href=\"http"];
    if svg.len() > ICON_CAP {
        return Err("an SVG document of at most 64 KiB");
    }
    let text = svg.trim().to_ascii_lowercase();
    let is_svg = (text.starts_with("<svg") || text.starts_with("<?xml")) && text.ends_with("</svg>");
    if !is_svg || !text.contains("http://www.w3.org/2000/svg") {
        return Err("an SVG document with its namespace");
    }
    if ACTIVE.iter().any(|active| text.contains(active)) || has_event_handler(&text) {
        return Err("an SVG document without scripts, event handlers, foreign or remote content");
    }
    Ok(())
}

/// An attribute whose name begins with `on`: white space, `on`, letters, `=`.
fn has_event_handler(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || c == '"' || c == '\'' || c == '/').any(|word| {
        let name = word.split('=').next().unwrap_or_default();
        word.contains('=') && name.len() > 2 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_lowercase())
    })
}

fn is_id_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len()) && label.bytes().all(is_id_byte) && !label.starts_with('-') && !label.ends_with('-')
}

fn number(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers() {
        assert!(["ab", "a1", "auth-example", "a-"].into_iter().all(is_id));
        assert!(!["", "a", "1a", "-a", "aB", "a_b", "ä1"].into_iter().any(is_id));
    }

    #[test]
    fn versions() {
        assert_eq!(numbers("1.20.3"), Some([1, 20, 3]));
        assert_eq!(numbers::<2>("0.0"), Some([0, 0]));
        for bad in ["", "1", "1.", ".1", "1.2.3", "+1.2", "1.-2", "1. 2", "٣.1"] {
            assert_eq!(numbers::<2>(bad), None, "{bad}");
        }
    }

    #[test]
    fn hosts() {
        assert!(["a.b", "login.example.com", "xn--fiqs8s.example", "1.example"].into_iter().all(is_host));
        let long = format!("{}.example", "a".repeat(64));
        let bad =
            ["", "example", "a..b", "-a.example", "a-.example", "a.example.", "[::1]", "127.0.0.1", "a.b/c", &long];
        assert!(!bad.into_iter().any(is_host));
    }

    #[test]
    fn icons() {
        let svg =
            |inside: &str| format!("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
        assert_eq!(icon(&svg("<path d=\"M0 0\"/>")), Ok(()));
        for active in [
            "<script>1</script>",
            "<a href=\"JavaScript:1\"/>",
            "<path onload=\"1\"/>",
            "<path\nonclick='1'/>",
            "<foreignObject/>",
        ] {
            assert!(icon(&svg(active)).is_err(), "{active}");
        }
        assert!(icon("<svg></svg>").is_err() && icon("PNG").is_err() && icon(&svg(&" ".repeat(ICON_CAP))).is_err());
    }
}
