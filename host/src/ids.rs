//! Identifiers and one-time values.

use std::sync::atomic::{AtomicU16, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::clock::{Clock, Entropy};

/// A value that only its holder knows: 256 random bits, in base64url. We store its hash.
pub(crate) struct Token(Zeroizing<String>);

impl Token {
    /// Length of the text form.
    pub(crate) const LENGTH: usize = 43;

    /// A new token.
    pub(crate) fn new(entropy: &dyn Entropy) -> Self {
        let bytes = Zeroizing::new(entropy.array::<32>());
        Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes)))
    }

    /// The token as it travels.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// What is stored in its place.
    pub(crate) fn hash(&self) -> String {
        hash_of(&self.0)
    }
}

/// The stored form of a presented token: SHA-256 in lower-case hex. Presented text that cannot be a token has none.
pub(crate) fn hash_of_presented(text: &str) -> Option<String> {
    let plausible =
        text.len() == Token::LENGTH && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    plausible.then(|| hash_of(text))
}

fn hash_of(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// A new row id: UUIDv7 (RFC 9562). Ids of one process rise even within a millisecond.
pub(crate) fn row_id(clock: &dyn Clock, entropy: &dyn Entropy) -> String {
    static COUNTER: AtomicU16 = AtomicU16::new(0);
    let mut random = entropy.array::<10>();
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    // Twelve bits of the counter fill `rand_a`, which is compared right after the milliseconds.
    let [high, low] = (count & 0x0fff).to_be_bytes();
    random[0] = high;
    random[1] = low;
    let millis = u64::try_from(clock.now_ms()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().hyphenated().to_string()
}

/// The letters of reference codes: Crockford's base 32.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new reference code, such as `7K3M-9QXD`: what a person reads out to an administrator. Its letters cannot be
/// mistaken for one another.
pub(crate) fn reference(entropy: &dyn Entropy) -> String {
    let mut text = String::with_capacity(9);
    for (index, byte) in entropy.array::<8>().into_iter().enumerate() {
        if index == 4 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(byte & 31)]));
    }
    text
}

/// The reference code that somebody typed, as [`reference`] writes it: in any case, with or without the hyphen, and with
/// the letters that Crockford reads as digits. `None` if it is no whole code.
pub(crate) fn reference_of_typed(text: &str) -> Option<String> {
    let mut code = String::with_capacity(9);
    for letter in text.trim().chars().filter(|letter| !matches!(letter, '-' | '‐' | '–' | ' ')) {
        if code.len() == 4 {
            code.push('-');
        }
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        code.push(char::from(*LETTERS.iter().find(|known| char::from(**known) == letter)?));
    }
    (code.len() == 9).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::OsEntropy;

    #[test]
    fn a_typed_code_is_read_as_it_was_meant() {
        let code = reference(&OsEntropy);
        assert_eq!(reference_of_typed(&code).as_deref(), Some(code.as_str()));
        for typed in ["7k3m-9qxd", " 7K3M9QXD ", "7K3M–9QXD", "7k3m 9qxd"] {
            assert_eq!(reference_of_typed(typed).as_deref(), Some("7K3M-9QXD"), "{typed}");
        }
        assert_eq!(reference_of_typed("oil0-OIL0").as_deref(), Some("0110-0110"));
        for typed in ["", "7K3M-9QX", "7K3M-9QXDD", "7K3M-9QXU", "李雷", "lin.xiaoman"] {
            assert_eq!(reference_of_typed(typed), None, "{typed}");
        }
    }
}
