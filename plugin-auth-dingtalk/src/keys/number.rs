//! How DingTalk wants a telephone number to be written when it looks somebody up.

/// Calling codes of one and two digits (ITU-T E.164, list of assigned country codes). All others have three.
const SHORT_CODES: [&str; 46] = [
    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
    "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
    "86", "90", "91", "92", "93", "94", "95", "98",
];

/// The spellings of a number under which somebody may be found, the likelier one first; none for what is no number in
/// E.164, nor eleven digits that can only be a mainland mobile number. Blanks and hyphens count for nothing.
///
/// Mainland numbers are written as national digits, and others `+CC-NNN`. An organisation from abroad may have mainland
/// numbers in the other form too (page `user-information-creation`).
pub(super) fn spellings(phone: &str) -> Vec<String> {
    let plain: String = phone.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let mainland = (plain.len() == 11 && plain.starts_with('1')).then(|| format!("86{plain}"));
    let digits = plain.strip_prefix('+').or(mainland.as_deref()).unwrap_or_default();
    let is_number = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || digits.starts_with('0') {
        return Vec::new();
    }
    let (code, national) = digits.split_at(code_length(digits));
    let foreign = format!("+{code}-{national}");
    if code == "86" { vec![national.to_owned(), foreign] } else { vec![foreign] }
}

fn code_length(digits: &str) -> usize {
    SHORT_CODES.iter().find(|code| digits.starts_with(**code)).map_or(3, |code| code.len())
}
