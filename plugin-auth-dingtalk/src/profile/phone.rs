//! The telephone number in a profile.

use plugin_api::{Context, Level, PhoneNumber};
use serde_json::json;

/// The longest number that is passed on, in bytes. E.164 has fifteen digits; the rest is room for separators.
const NUMBER_CAP: usize = 32;

/// The number as DingTalk gave it, or `None` when there is none or nobody can tell which country it is from.
///
/// DingTalk gives national digits and the country's calling code apart. Without a calling code only a number that
/// looks like a mainland mobile number is taken for one; guessing further could make one person out of two. A masked
/// number (`138****0000`) is passed on and the host refuses it, as it does for every provider.
pub(super) fn of(cx: &Context, mobile: Option<String>, state_code: Option<String>) -> Option<PhoneNumber> {
    let Some(number) = mobile.map(|number| number.trim().to_owned()).filter(|number| !number.is_empty()) else {
        cx.log(Level::Info, "the profile has no telephone number: permission or number missing", json!({}));
        return None;
    };
    let phone = somewhere(number, state_code.as_deref().map(str::trim).unwrap_or_default());
    if phone.is_none() {
        cx.log(Level::Warn, "the telephone number is left out: no usable calling code, or too long", json!({}));
    }
    phone
}

/// `number` in the country that it names itself, or else `calling_code`, or else its looks.
fn somewhere(number: String, calling_code: &str) -> Option<PhoneNumber> {
    let country_code = match calling_code.trim_start_matches('+') {
        _ if number.len() > NUMBER_CAP => return None,
        _ if number.starts_with('+') => None,
        "" if is_mainland_mobile(&number) => Some("86".to_owned()),
        code if is_calling_code(code) => Some(code.to_owned()),
        _ => return None,
    };
    Some(PhoneNumber { number, country_code })
}

/// Eleven digits that begin with 1.
fn is_mainland_mobile(number: &str) -> bool {
    number.len() == 11 && number.starts_with('1') && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// One to three digits (ITU-T E.164), none of them a leading zero.
fn is_calling_code(code: &str) -> bool {
    (1..=3).contains(&code.len()) && !code.starts_with('0') && code.bytes().all(|byte| byte.is_ascii_digit())
}
