//! Less than the whole: enough of a telephone number, an address or an identifier to recognise it by, not enough to use
//! it.

use std::borrow::Cow;

/// The most letters and digits in a row that are shown where both are mixed: codes, tokens and keys are longer.
const LONGEST_WORD: usize = 15;
/// The fewest digits that make a telephone number.
const SHORTEST_NUMBER: usize = 7;

/// The last four digits of a telephone number.
pub(crate) fn phone(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let shown = if digits.len() >= SHORTEST_NUMBER { 4 } else { 0 };
    format!("•••{}", digits[digits.len() - shown..].iter().collect::<String>())
}

/// The first letter of an e-mail address, and its domain.
pub(crate) fn email(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((name, domain)) => format!("{}•••@{domain}", name.chars().next().map(String::from).unwrap_or_default()),
        None => "•••".to_owned(),
    }
}

/// The beginning and the end of an identifier.
pub(crate) fn key(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let (first, last) = if characters.len() > 8 { (4, 2) } else { (characters.len() / 4, 0) };
    let end = &characters[characters.len() - last..];
    format!("{}…{}", characters[..first].iter().collect::<String>(), end.iter().collect::<String>())
}

/// A line that others wrote, without whatever looks like a telephone number, an e-mail address, a code or a token, and
/// without the values in `known`.
pub(crate) fn line(text: &str, known: &[String]) -> String {
    let mut text = Cow::Borrowed(text);
    for value in known.iter().filter(|value| value.len() >= 4) {
        if text.contains(value.as_str()) {
            text = text.replace(value.as_str(), "•••").into();
        }
    }
    let mut masked = String::with_capacity(text.len());
    let mut word = String::new();
    for letter in text.chars() {
        if is_of_a_word(letter) {
            word.push(letter);
        } else {
            push_word(&mut masked, &word);
            word.clear();
            masked.push(letter);
        }
    }
    push_word(&mut masked, &word);
    masked
}

/// Dots and the like stand inside a word that is judged as a whole only where it holds an `@`.
fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '@' | '.' | '_' | '-' | '+' | '%')
}

fn push_word(masked: &mut String, word: &str) {
    if word.contains('@') {
        let address = word.trim_end_matches('.');
        masked.push_str(&email(address));
        return masked.push_str(&word[address.len()..]);
    }
    for part in word.split_inclusive('.') {
        let (part, dot) = part.strip_suffix('.').map_or((part, ""), |part| (part, "."));
        masked.push_str(&plain(part));
        masked.push_str(dot);
    }
}

fn plain(part: &str) -> Cow<'_, str> {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    let letters = part.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters == 0 && digits >= SHORTEST_NUMBER {
        phone(part).into()
    } else if digits > 0 && letters > 0 && digits + letters > LONGEST_WORD {
        key(part).into()
    } else {
        part.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_recognisable_and_not_whole() {
        assert_eq!(phone("+86 138 0013 8000"), "•••8000");
        assert_eq!(phone("110"), "•••");
        assert_eq!(phone(""), "•••");
        assert_eq!(email("ada@example.com"), "a•••@example.com");
        assert_eq!(email("nonsense"), "•••");
        assert_eq!(key("Gx8kPdWqZ2mVf7"), "Gx8k…f7");
        assert_eq!(key("short"), "s…");
        assert_eq!(key(""), "…");
    }

    #[test]
    fn lines_lose_what_nobody_should_read_and_keep_the_rest() {
        for (whole, masked) in [
            ("no answer within 4000 ms: GET api.example.com", "no answer within 4000 ms: GET api.example.com"),
            ("invalidParameter.authCode.notFound (40078)", "invalidParameter.authCode.notFound (40078)"),
            ("mobile 13800138000, stateCode +86", "mobile •••8000, stateCode +86"),
            ("mobile +86-13800138000.", "mobile •••8000."),
            ("write to ada.l@mail.example.com.", "write to a•••@mail.example.com."),
            ("token=5f2c9a1be07d4c6f8a3b", "token=5f2c…3b"),
            ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x", "Bearer eyJh…J9.eyJz…In0.x"),
        ] {
            let got = line(whole, &[]);
            if whole.starts_with("Bearer") {
                assert!(!got.contains("hbGci") && !got.contains("zdWIi"), "{got}");
            } else {
                assert_eq!(got, masked);
            }
        }
    }

    #[test]
    fn known_values_vanish_whatever_they_look_like() {
        let known = ["correcthorsebattery".to_owned(), "x".to_owned()];
        assert_eq!(line("the code correcthorsebattery expired", &known), "the code ••• expired");
    }
}
