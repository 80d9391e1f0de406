//! One-time codes: bound to an app and a kind, good for minutes, spent by their first success.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::guard;

/// The two kinds of code, which no endpoint takes for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeKind {
    /// From the authorize page; `userAccessToken` takes it.
    Oauth,
    /// From the JSAPI inside the DingTalk client; `getuserinfo` takes it.
    Jsapi,
}

/// What a code stands for.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) kind: CodeKind,
    pub(crate) client_id: String,
    pub(crate) person: String,
    /// The organisation the person chose; only with scope `corpid`.
    pub(crate) corp_id: Option<String>,
    pub(crate) expires_at: Duration,
}

/// The codes that are out.
#[derive(Default)]
pub(crate) struct Codes(Mutex<HashMap<String, Grant>>);

/// Who presents a code, and where.
pub(crate) struct Presented<'a> {
    pub(crate) code: &'a str,
    pub(crate) kind: CodeKind,
    pub(crate) client_id: &'a str,
    pub(crate) now: Duration,
    pub(crate) wrong_kind_spends: bool,
}

impl Codes {
    /// Gives out a code for `grant`.
    pub(crate) fn issue(&self, grant: Grant) -> String {
        let code = super::hex32();
        guard(&self.0).insert(code.clone(), grant);
        code
    }

    /// Takes a code back and says what it stood for; `None` for every way in which it can be wrong.
    pub(crate) fn redeem(&self, presented: &Presented<'_>) -> Option<Grant> {
        let mut codes = guard(&self.0);
        let grant = codes.get(presented.code)?;
        let right_kind = grant.kind == presented.kind;
        let fresh = presented.now < grant.expires_at;
        if fresh && (grant.client_id != presented.client_id || !(right_kind || presented.wrong_kind_spends)) {
            return None;
        }
        codes.remove(presented.code).filter(|_| right_kind && fresh)
    }

    pub(super) fn clear(&self) {
        guard(&self.0).clear();
    }
}
