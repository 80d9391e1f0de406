//! The telephone number of a person.

use plugin_api::{Claim, Context, Level, PhoneNumber};
use serde_json::json;

/// The longest number that is passed on, in bytes. E.164 has fifteen digits; the rest is room for separators.
const NUMBER_CAP: usize = 32;

/// Why there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absence {
    /// The person has none, or the application may not read it.
    Missing,
    /// Nobody can tell which country it is from, or parts of it are hidden.
    Unusable,
}

/// The number in the organisation's directory. A masked one (`138****0000`) counts as none, so that the account's own
/// is asked.
pub(super) fn of_staff(mobile: Option<&str>, state_code: Option<&str>) -> Result<Claim<PhoneNumber>, Absence> {
    let phone = read(mobile, state_code)?;
    if phone.number.contains('*') { Err(Absence::Unusable) } else { Ok(Claim::directory(phone)) }
}

/// The number of the person's own account. A masked one, which DingTalk gives to some kinds of applications, is passed
/// on and the host refuses it, as it does for every provider.
pub(super) fn of_account(mobile: Option<&str>, state_code: Option<&str>) -> Result<Claim<PhoneNumber>, Absence> {
    read(mobile, state_code).map(Claim::account)
}

/// Tells the log why there is no number; never the number.
pub(super) fn note(cx: &Context, phone: &Result<Claim<PhoneNumber>, Absence>) {
    match phone {
        Ok(_) => {}
        Err(Absence::Missing) => {
            cx.log(Level::Info, "there is no telephone number: permission or number missing", json!({}));
        }
        Err(Absence::Unusable) => {
            let message = "the telephone number is left out: masked, without a usable calling code, or too long";
            cx.log(Level::Warn, message, json!({}));
        }
    }
}

/// The number as DingTalk gave it. Guessing a country further than DingTalk's own home could make one person out of
/// two.
fn read(mobile: Option<&str>, state_code: Option<&str>) -> Result<PhoneNumber, Absence> {
    let number = mobile.map(str::trim).filter(|number| !number.is_empty()).ok_or(Absence::Missing)?;
    somewhere(number, state_code.map(str::trim).unwrap_or_default()).ok_or(Absence::Unusable)
}

/// `number` in the country that it names itself, or else `calling_code`, or else its looks.
fn somewhere(number: &str, calling_code: &str) -> Option<PhoneNumber> {
    let country_code = match calling_code.trim_start_matches('+') {
        _ if number.len() > NUMBER_CAP => return None,
        _ if number.starts_with('+') => None,
        "" if is_mainland_mobile(number) => Some("86".to_owned()),
        code if is_calling_code(code) => Some(code.to_owned()),
        _ => return None,
    };
    Some(PhoneNumber { number: number.to_owned(), country_code })
}

/// Eleven digits that begin with 1.
fn is_mainland_mobile(number: &str) -> bool {
    number.len() == 11 && number.starts_with('1') && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// One to three digits (ITU-T E.164), none of them a leading zero.
fn is_calling_code(code: &str) -> bool {
    (1..=3).contains(&code.len()) && !code.starts_with('0') && code.bytes().all(|byte| byte.is_ascii_digit())
}
