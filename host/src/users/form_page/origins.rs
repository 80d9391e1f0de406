//! Where the fields of a profile come from.

use super::UserField;
use crate::ui::i18n::Words;

/// Where the fields of a profile come from; `None` for one that is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origins {
    /// Of the nickname.
    pub nickname: Option<Origin>,
    /// Of the e-mail address.
    pub email: Option<Origin>,
    /// Of the telephone number.
    pub phone: Option<Origin>,
}

/// Where the value of a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An administrator entered it.
    Administrator,
    /// A sign-in, from the person's own account at the provider.
    Account,
    /// A sign-in, from the organisation's directory.
    Directory,
}

impl Origins {
    /// The sentence below a field.
    pub(super) fn sentence(&self, field: UserField, words: Words) -> Option<String> {
        let (origin, is_phone) = match field {
            UserField::Nickname => (self.nickname?, false),
            UserField::Email => (self.email?, false),
            UserField::Phone => (self.phone?, true),
            _ => return None,
        };
        Some(words.t(match (origin, is_phone) {
            (Origin::Administrator, false) => "origin-administrator",
            (Origin::Account, false) => "origin-account",
            (Origin::Directory, false) => "origin-directory",
            (Origin::Administrator, true) => "origin-phone-administrator",
            (Origin::Account, true) => "origin-phone-account",
            (Origin::Directory, true) => "origin-phone-directory",
        }))
    }
}
