//! What the sign-in page tells somebody whom the client named and who was not admitted.
//!
//! It travels in the query, like a notice: the name of a refusal out of the closed set, and a reference code. Nothing
//! else is put on the page, whatever somebody writes into a link (OA-13).

use http::Uri;
use maud::{Markup, html};
use url::form_urlencoded;

use crate::signin::refusal::Refusal;
use crate::ui::components::{Tone, alert, copy_field};
use crate::ui::i18n::Words;
use crate::urls::with_query;

/// The parameter with the name of the refusal.
pub(super) const REFUSED: &str = "refused";
const REFERENCE: &str = "reference";

/// A refusal, as the sign-in page tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Why nobody was signed in.
    pub refusal: Refusal,
    /// Under which code the log tells more.
    pub reference: String,
}

impl Told {
    /// What the address of the page says.
    pub(crate) fn of(uri: &Uri) -> Option<Self> {
        let query = uri.query().unwrap_or_default().as_bytes();
        let value =
            |wanted: &str| form_urlencoded::parse(query).find(|(name, _)| name == wanted).map(|(_, value)| value);
        let refusal = Refusal::from_name(&value(REFUSED)?)?;
        let reference = value(REFERENCE).filter(|text| is_reference(text)).unwrap_or_default();
        Some(Self { refusal, reference: reference.into_owned() })
    }

    /// The address with this in its query.
    pub(crate) fn on(&self, address: String) -> String {
        with_query(address, &[(REFUSED, self.refusal.name()), (REFERENCE, &self.reference)])
    }

    /// The box on the page.
    pub fn markup(&self, words: Words) -> Markup {
        let content = html! {
            strong { (words.t(self.refusal.key())) }
            p { (words.t(&self.refusal.sentence_key())) }
            p { (words.t(&self.refusal.advice_key())) }
            @if !self.reference.is_empty() {
                div.reference { span { (words.t("reference")) } (copy_field(words, "reference", &self.reference)) }
            }
        };
        alert(Tone::Bad, &content)
    }
}

/// The shape of a reference code: two groups of four letters and digits.
fn is_reference(text: &str) -> bool {
    let group = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    text.split_once('-').is_some_and(|(one, other)| group(one) && group(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let told = Told { refusal: Refusal::SignUpOff, reference: "7F3K-9QWD".into() };
        let address = told.on("/signin?redirect=%2Fa".into());
        assert_eq!(address, "/signin?redirect=%2Fa&refused=sign-up-off&reference=7F3K-9QWD");
        assert_eq!(Told::of(&address.parse().unwrap()), Some(told));
    }

    #[test]
    fn nothing_else_is_put_on_the_page() {
        for (query, reference) in [
            ("refused=your+account+is+suspended", None),
            ("reference=7F3K-9QWD", None),
            ("refused=denied&reference=call+0800", Some("")),
            ("refused=denied&reference=7F3K-9QWDX", Some("")),
            ("refused=denied", Some("")),
        ] {
            let told = Told::of(&format!("/signin?{query}").parse().unwrap());
            assert_eq!(told.as_ref().map(|told| told.reference.as_str()), reference, "{query}");
        }
    }
}
