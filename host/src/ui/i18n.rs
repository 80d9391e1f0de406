//! Words: every text that the host itself shows, from the language files in `locales/`.
//!
//! A message is asked for by its key, an attribute by `key.attribute`. A test finds keys that are used and not
//! written, or written in one language only; should one slip through, the page shows the key in brackets.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, langid};
use ui_schema::Language;

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Isolation marks are for mixing writing directions, which neither language does; they would end up in copies.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static EN: LanguageIdentifier = langid!("en");
static ZH_CN: LanguageIdentifier = langid!("zh-CN");

/// The value of a variable in a message.
pub type Value = FluentValue<'static>;

/// All texts in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The texts in `language`.
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// Which language it is.
    pub const fn language(self) -> Language {
        self.language
    }

    /// The text of a message without variables.
    pub fn t(self, key: &str) -> String {
        self.look_up(key, None)
    }

    /// The text of a message with variables. A number also decides between singular and plural.
    pub fn with(self, key: &str, values: &[(&'static str, Value)]) -> String {
        let values = values.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
        self.look_up(key, Some(&values))
    }

    fn look_up(self, key: &str, values: Option<&HashMap<Cow<'static, str>, Value>>) -> String {
        let language = match self.language {
            Language::En => &EN,
            Language::ZhCn => &ZH_CN,
        };
        LOCALES.lookup_single_language(language, key, values).unwrap_or_else(|_| format!("⟦{key}⟧"))
    }

    /// A number as both languages write it: `12,345`.
    pub fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text
    }

    /// Several things in a row: `a, b, c` or `a、b、c`.
    pub fn list<T: AsRef<str>>(self, things: &[T]) -> String {
        let separator = match self.language {
            Language::En => ", ",
            Language::ZhCn => "、",
        };
        things.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(separator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let words = Words::new(Language::En);
        assert_eq!(words.number(0), "0");
        assert_eq!(words.number(999), "999");
        assert_eq!(words.number(1_234_567), "1,234,567");
    }

    #[test]
    fn a_missing_message_shows_its_key() {
        assert_eq!(Words::new(Language::ZhCn).t("no-such-key"), "⟦no-such-key⟧");
    }
}
