//! Callbacks that come back wrong: the browser's return from the authorize page, bent on purpose.

use std::collections::VecDeque;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::world::guard;

/// A wrong callback for the next few returns, or for all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallbackFault {
    /// How many callbacks it hits; `None` means all until it is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// What is wrong with them.
    pub mutation: Mutation,
}

/// One way in which a callback can be wrong. In JSON `{"kind":"code_only"}` and so on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Mutation {
    /// `code` without `authCode`.
    CodeOnly,
    /// `authCode` without `code`, as older documents show it.
    AuthCodeOnly,
    /// `code` and `authCode` both good, and different.
    DifferingPair,
    /// Neither of them.
    NoCode,
    /// `code` twice, with different values.
    DuplicateCode,
    /// `authCode` twice, with different values.
    DuplicateAuthCode,
    /// `state` twice, with different values.
    DuplicateState,
    /// No `state`.
    NoState,
    /// Another `state`.
    ChangedState {
        /// The value sent instead.
        state: String,
    },
    /// `error` instead of a code.
    Error {
        /// Its value; DingTalk publishes no list.
        reason: String,
    },
    /// A good callback whose code leads to a token of another organisation.
    OtherOrganisation {
        /// `corpId` that the token answer will carry.
        corp_id: String,
    },
    /// A good callback whose code leads to a token without `corpId`, whatever the scope.
    WithoutOrganisation,
}

/// The wrong callbacks that are planned, first come first served.
#[derive(Default)]
pub(crate) struct CallbackPlan(Mutex<VecDeque<CallbackFault>>);

impl CallbackPlan {
    pub(crate) fn add(&self, fault: CallbackFault) {
        guard(&self.0).push_back(fault);
    }

    /// What to do to the callback that is being made.
    pub(crate) fn take(&self) -> Option<Mutation> {
        let mut plan = guard(&self.0);
        let first = plan.front_mut()?;
        let mutation = first.mutation.clone();
        first.times = first.times.map(|times| times.saturating_sub(1));
        if first.times == Some(0) {
            plan.pop_front();
        }
        Some(mutation)
    }

    pub(crate) fn list(&self) -> Vec<CallbackFault> {
        guard(&self.0).iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        guard(&self.0).clear();
    }
}
