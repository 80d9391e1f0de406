//! A person: the personal account that `users/me` describes, and the seats it holds in organisations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::membership::Membership;

/// Somebody with a DingTalk account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Person {
    /// Name of the person in the scenario and in the control interface; DingTalk never sends it.
    pub id: String,
    /// What the person is there for, shown on the pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// Personal nickname, not the name in a company directory.
    pub nick: String,
    /// Identity key: one per person and developer organisation.
    pub union_id: String,
    /// Union ids that differ from [`Person::union_id`] for apps of these organisations (by corp id).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub union_ids: BTreeMap<String, String>,
    /// The union id before the account became an enterprise account, which gives people a new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_union_id: Option<String>,
    /// Open ids by Client ID; made up from the union id where absent.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub open_ids: BTreeMap<String, String>,
    /// The phone the account is registered with; enterprise accounts may have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// Mailbox set up in DingTalk. `@dingtalk.com` addresses are never returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Undocumented flag that live profiles carry.
    pub visitor: bool,
    /// Seats in organisations, by corp id.
    pub memberships: BTreeMap<String, Membership>,
}

/// A sentence for the reader of a page, in the languages of the pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

/// A phone number the way DingTalk sends it: national digits, and the country apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// National number without prefix. Anything goes, so that odd values can be tried.
    pub number: String,
    /// Country calling code without plus, for example `86`; `None` leaves the field out of answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_code: Option<String>,
}

impl Person {
    /// The union id that apps of `corp_id` see.
    #[must_use]
    pub fn union_id_for(&self, corp_id: &str) -> &str {
        self.union_ids.get(corp_id).unwrap_or(&self.union_id)
    }

    /// The open id that the app `client_id` sees: made up, stable, and different for every app unless given.
    #[must_use]
    pub fn open_id_for(&self, client_id: &str) -> String {
        self.open_ids.get(client_id).cloned().unwrap_or_else(|| {
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
            format!("{}{}iEiE", letters(&self.id), letters(client_id))
        })
    }

    /// The person's seat in `corp_id`, if they have one now: not a leaver's.
    #[must_use]
    pub fn seat_in(&self, corp_id: &str) -> Option<&Membership> {
        self.memberships.get(corp_id).filter(|seat| !seat.left)
    }
}

impl Phone {
    /// The number as apps of independent vendors get it: `138****0000`.
    #[must_use]
    pub fn masked(&self) -> String {
        let digits: Vec<char> = self.number.chars().collect();
        let shown = |range: std::ops::Range<usize>| digits.get(range).unwrap_or(&[]).iter().collect::<String>();
        format!("{}****{}", shown(0..3.min(digits.len())), shown(digits.len().saturating_sub(4)..digits.len()))
    }
}
