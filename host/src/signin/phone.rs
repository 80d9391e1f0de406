//! Telephone numbers in one form: E.164 (ITU-T), `+` and at most fifteen digits.

use plugin_api::{Claim, PhoneNumber, Provenance};

use crate::store::users::Source;

/// Why a number cannot be used to find an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhoneFault {
    /// Nothing there.
    Absent,
    /// Masked, with letters, or of an impossible length.
    Unusable,
}

/// The E.164 form of a number and its source, if somebody who knows vouches for it. What people say about themselves
/// counts as absent (ID-2).
pub(crate) fn vouched(
    claim: Option<&Claim<PhoneNumber>>,
    default_country: &str,
) -> Result<(String, Source), PhoneFault> {
    let claim = claim.ok_or(PhoneFault::Absent)?;
    let source = match claim.provenance {
        Provenance::Directory => Source::Directory,
        Provenance::Account => Source::Provider,
        Provenance::SelfDeclared => return Err(PhoneFault::Absent),
    };
    Ok((of_provider(&claim.value, default_country)?, source))
}

/// The E.164 form of what a provider said.
fn of_provider(phone: &PhoneNumber, default_country: &str) -> Result<String, PhoneFault> {
    let country = phone.country_code.as_deref().map(str::trim).filter(|code| !code.is_empty());
    let country = match country {
        Some(code) => digits(code.trim_start_matches('+'))?,
        None => default_country.to_owned(),
    };
    // Some providers repeat the country code in the number.
    normalise(&phone.number, &country)
}

/// The E.164 form of `text`; national numbers belong to `country` (digits of its calling code).
///
/// Understands blanks, hyphens, dots, brackets, full-width digits, a leading `+` or `00`.
pub(crate) fn normalise(text: &str, country: &str) -> Result<String, PhoneFault> {
    let plain: String = text.trim().chars().map(narrow).filter(|c| !is_separator(*c)).collect();
    if plain.is_empty() {
        return Err(PhoneFault::Absent);
    }
    let international = plain.strip_prefix('+').or_else(|| plain.strip_prefix("00"));
    let all = match international {
        Some(rest) => digits(rest)?,
        None => format!("{country}{}", without_trunk_prefix(&digits(&plain)?, country)),
    };
    // The shortest subscriber numbers in use have four digits beside the country code; E.164 allows fifteen in all.
    if !(7..=15).contains(&all.len()) || all.starts_with('0') || is_bad_mainland_mobile(&all) {
        return Err(PhoneFault::Unusable);
    }
    Ok(format!("+{all}"))
}

fn digits(text: &str) -> Result<String, PhoneFault> {
    let all_digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if all_digits { Ok(text.to_owned()) } else { Err(PhoneFault::Unusable) }
}

/// In mainland China and North America a leading zero is no part of a number; most other plans drop it as well.
fn without_trunk_prefix<'a>(national: &'a str, country: &str) -> &'a str {
    // Italy keeps it.
    if country == "39" { national } else { national.strip_prefix('0').unwrap_or(national) }
}

/// Mobile numbers of mainland China have eleven digits and start with 1; another length means a typing error.
fn is_bad_mainland_mobile(all: &str) -> bool {
    all.strip_prefix("86").is_some_and(|national| national.starts_with('1') && national.len() != 11)
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '＋' => '+',
        _ => c,
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '/' | '－' | '（' | '）' | '\u{2010}'..='\u{2015}')
}
