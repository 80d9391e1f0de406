//! Random identifiers in the shapes that DingTalk gives them.

use uuid::{Builder, Uuid};

/// Thirty-two lower-case hexadecimal digits: codes and tokens.
pub(crate) fn hex32() -> String {
    random().simple().to_string()
}

/// An upper-case UUID: `requestid` of the new API.
pub(crate) fn uuid() -> String {
    random().hyphenated().to_string().to_uppercase()
}

/// Thirteen lower-case letters and digits: `request_id` of the legacy API.
pub(crate) fn request_id() -> String {
    let mut left = random().as_u128();
    let digits = std::iter::from_fn(|| {
        let digit = u32::try_from(left % 36).ok().and_then(|value| char::from_digit(value, 36));
        left /= 36;
        digit
    });
    digits.take(13).collect()
}

/// 122 random bits.
#[expect(clippy::disallowed_methods, reason = "the simulator's one source of randomness; it keeps no real secrets")]
fn random() -> Uuid {
    let mut bytes = [0; 16];
    // Without a working system source the ids repeat, which the first test of uniqueness notices; nothing is at stake.
    let _ = getrandom::fill(&mut bytes);
    Builder::from_random_bytes(bytes).into_uuid()
}
