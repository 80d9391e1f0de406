//! What can be wrong with a value that a person typed into one of the host's own fields.

use super::i18n::Words;

/// What is wrong with a value; the message in the language files is [`key`](Self::key).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldFault {
    /// A value is needed.
    Required,
    /// Longer than the number of characters.
    TooLong(u32),
    /// Not of the form `[a-zA-Z0-9_-]`.
    BadIdentifier,
    /// Another record has this value.
    Taken,
    /// Not an e-mail address.
    BadEmail,
    /// Not a telephone number that can be read as E.164.
    BadPhone,
    /// A username with characters that are not allowed.
    BadUsername,
    /// A password shorter than the number of characters.
    PasswordTooShort(u32),
    /// A password that is on a list of common ones, or that holds the person's own name.
    PasswordCommon,
    /// Not the present password.
    PasswordWrong,
    /// The new password is the old one.
    PasswordUnchanged,
    /// Not one of the values on offer.
    BadChoice,
}

impl FieldFault {
    /// Every kind of fault, with examples of the numbers.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 12] = [
        Self::Required,
        Self::TooLong(64),
        Self::BadIdentifier,
        Self::Taken,
        Self::BadEmail,
        Self::BadPhone,
        Self::BadUsername,
        Self::PasswordTooShort(15),
        Self::PasswordCommon,
        Self::PasswordWrong,
        Self::PasswordUnchanged,
        Self::BadChoice,
    ];

    /// The message in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Required => "fault-required",
            Self::TooLong(_) => "fault-too-long",
            Self::BadIdentifier => "fault-bad-identifier",
            Self::Taken => "fault-taken",
            Self::BadEmail => "fault-bad-email",
            Self::BadPhone => "fault-bad-phone",
            Self::BadUsername => "fault-bad-username",
            Self::PasswordTooShort(_) => "fault-password-too-short",
            Self::PasswordCommon => "fault-password-common",
            Self::PasswordWrong => "fault-password-wrong",
            Self::PasswordUnchanged => "fault-password-unchanged",
            Self::BadChoice => "fault-bad-choice",
        }
    }

    /// The sentence under the field.
    pub fn sentence(self, words: Words) -> String {
        match self {
            Self::TooLong(limit) | Self::PasswordTooShort(limit) => {
                words.with(self.key(), &[("count", u64::from(limit).into())])
            }
            _ => words.t(self.key()),
        }
    }
}
