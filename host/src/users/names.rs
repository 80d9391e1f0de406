//! Names that people sign in with, compared without regard to case and width.

use unicode_normalization::UnicodeNormalization;

use crate::ui::fault::FieldFault;

/// Longest username and nickname, in characters.
pub(crate) const LONGEST_NAME: u32 = 64;
/// Longest e-mail address, in bytes (RFC 5321 section 4.5.3.1).
const LONGEST_EMAIL: usize = 254;

/// The form in which names are compared: NFKC, lower case, trimmed.
pub(crate) fn fold(name: &str) -> String {
    name.trim().nfkc().collect::<String>().to_lowercase()
}

/// Checks a username. It cannot look like an e-mail address or a telephone number, so that one person's username is
/// never another's address.
pub(crate) fn check_username(name: &str) -> Result<(), FieldFault> {
    let name = name.trim();
    if name.is_empty() {
        return Err(FieldFault::Required);
    }
    if name.chars().count() > LONGEST_NAME as usize {
        return Err(FieldFault::TooLong(LONGEST_NAME));
    }
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    let only_digits = fold(name).chars().all(|c| c.is_ascii_digit());
    if only_digits || !name.chars().all(allowed) { Err(FieldFault::BadUsername) } else { Ok(()) }
}

/// Checks an e-mail address as far as it makes sense without sending to it.
pub(crate) fn check_email(email: &str) -> Result<(), FieldFault> {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | ',' | ';');
    let parts = email.split_once('@').filter(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !domain.contains('@')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    });
    if email.len() > LONGEST_EMAIL || parts.is_none() || !email.chars().all(plain) {
        return Err(FieldFault::BadEmail);
    }
    Ok(())
}

/// A display name from outside made harmless: one line, no control or direction-changing characters, not too long.
pub(crate) fn tame(name: &str) -> String {
    let harmless = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let text: String = name.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(harmless).collect();
    text.trim().chars().take(LONGEST_NAME as usize).collect::<String>().trim_end().to_owned()
}
