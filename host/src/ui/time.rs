//! Moments: in the language of the page, and for the script to turn into the reader's own time zone.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use ui_schema::Language;

use super::i18n::Words;

/// A moment, given in milliseconds of Unix time. Without the script it is read in UTC.
pub fn moment(words: Words, milliseconds: i64) -> Markup {
    let Ok(timestamp) = Timestamp::from_millisecond(milliseconds) else {
        return html! { "–" };
    };
    let pattern = match words.language() {
        Language::En => "%-d %b %Y, %H:%M UTC",
        Language::ZhCn => "%Y年%-m月%-d日 %H:%M UTC",
    };
    let machine = timestamp.strftime("%Y-%m-%dT%H:%M:%SZ");
    html! { time datetime=(machine) { (timestamp.to_zoned(TimeZone::UTC).strftime(pattern)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages() {
        let at = 1_767_323_045_000;
        assert_eq!(
            moment(Words::new(Language::En), at).into_string(),
            r#"<time datetime="2026-01-02T03:04:05Z">2 Jan 2026, 03:04 UTC</time>"#
        );
        assert_eq!(
            moment(Words::new(Language::ZhCn), at).into_string(),
            r#"<time datetime="2026-01-02T03:04:05Z">2026年1月2日 03:04 UTC</time>"#
        );
        assert_eq!(moment(Words::new(Language::En), i64::MAX).into_string(), "–");
    }
}
