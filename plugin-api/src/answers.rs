//! What an answer must look like before anybody believes it.
//!
//! Both handles apply these rules, so that a host need not wonder whether a subject is empty or a memo has ten
//! megabytes. They bound sizes and shapes; whose account it is, and where a browser may go, is for the host to decide.

use serde_json::Value;

use crate::{BeginReply, Claim, Fault, FaultKind, Finding, Identity, Resolution};

/// An answer of a plug-in that has rules.
pub(crate) trait Answer: Sized {
    /// The rule that is broken.
    fn broken_rule(&self) -> Option<&'static str>;

    /// The answer, if it keeps the rules.
    ///
    /// # Errors
    /// [`FaultKind::Internal`] otherwise.
    fn checked(self) -> Result<Self, Fault> {
        match self.broken_rule() {
            None => Ok(self),
            Some(rule) => Err(Fault::new(FaultKind::Internal, format!("the plug-in broke the contract: {rule}"))),
        }
    }
}

impl Answer for BeginReply {
    fn broken_rule(&self) -> Option<&'static str> {
        let url = self.authorize_url.as_str();
        if self.memo.len() > Self::MEMO_CAP {
            Some("the memo is larger than 4 KiB")
        } else if url.len() > Self::URL_CAP {
            Some("the authorize address is longer than 8 KiB")
        } else if !url.starts_with("https://") && !url.starts_with("http://") {
            Some("the authorize address is neither https nor http")
        } else if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
            Some("the authorize address has characters that no address has")
        } else {
            None
        }
    }
}

impl Answer for Identity {
    fn broken_rule(&self) -> Option<&'static str> {
        let phone = self.phone.as_ref().map(|claim| &claim.value);
        let texts = [&self.email, &self.name, &self.avatar_url].into_iter().flatten().chain(&self.groups);
        if !is_key(&self.subject) {
            Some("the subject is empty, too long or has control characters")
        } else if !self.tenant.as_deref().is_none_or(is_key) {
            Some("the tenant is empty, too long or has control characters")
        } else if phone.is_some_and(|phone| phone.number.len() > 64) {
            Some("the telephone number is too long")
        } else if phone.and_then(|phone| phone.country_code.as_ref()).is_some_and(|code| code.len() > 8) {
            Some("the country code is too long")
        } else if self.groups.len() > Self::GROUP_CAP {
            Some("there are too many groups")
        } else if texts.map(|Claim { value, .. }| value.len()).any(|length| length > Self::TEXT_CAP) {
            Some("a text about the person is too long")
        } else {
            self.broken_rule_of_keys()
        }
    }
}

impl Identity {
    fn broken_rule_of_keys(&self) -> Option<&'static str> {
        let keys = self.also.iter().map(|key| &key.value).chain(&self.former).chain(&self.realm);
        if self.also.len() > Self::FORMER_CAP || self.former.len() > Self::FORMER_CAP {
            Some("there are too many other keys")
        } else if !keys.map(String::as_str).all(is_key) {
            Some("a realm or another key is empty, too long or has control characters")
        } else if self.realm.is_some() && !self.member {
            Some("there is a realm, but nobody made sure that the person belongs to it")
        } else {
            None
        }
    }
}

impl Answer for Vec<Resolution> {
    fn broken_rule(&self) -> Option<&'static str> {
        let fits = |resolution: &Resolution| match resolution {
            Resolution::Subject(subject) => is_key(subject),
            _ => true,
        };
        if self.iter().all(fits) { None } else { Some("a subject is empty, too long or has control characters") }
    }
}

/// Settings that were migrated. Whether they fit the form is for the host to decide, with its texts for people.
impl Answer for Value {
    fn broken_rule(&self) -> Option<&'static str> {
        if self.is_object() { None } else { Some("migrated settings are no object") }
    }
}

/// One resolution per value that was asked for.
///
/// # Errors
/// [`FaultKind::Internal`] when there are more or fewer.
pub(crate) fn of_all(resolutions: Vec<Resolution>, asked: usize) -> Result<Vec<Resolution>, Fault> {
    if resolutions.len() == asked {
        return Ok(resolutions);
    }
    Err(Fault::new(FaultKind::Internal, "the plug-in broke the contract: not one resolution per value"))
}

/// Whether a finding has more text than anybody reads.
fn is_long(finding: &Finding) -> bool {
    let texts = [Some(&finding.message), finding.remedy.as_ref()].into_iter().flatten();
    let mut texts = texts.flat_map(|text| [&text.en, &text.zh_cn]).chain(&finding.link).chain(&finding.search);
    texts.any(|text| text.len() > 4096)
}

impl Answer for Vec<Finding> {
    fn broken_rule(&self) -> Option<&'static str> {
        if self.len() > 100 {
            Some("there are too many findings")
        } else if self.iter().any(is_long) {
            Some("a finding is too long")
        } else {
            None
        }
    }
}

impl Fault {
    /// The fault within bounds, for a log that a plug-in must not flood.
    pub(crate) fn clamped(mut self) -> Self {
        self.chain.truncate(32);
        self.missing.truncate(32);
        self.explanation = self.explanation.filter(|finding| !is_long(finding));
        self.chain
            .iter_mut()
            .chain(&mut self.missing)
            .chain(&mut self.provider_code)
            .for_each(|text| clamp(text, 2048));
        self
    }
}

fn is_key(text: &str) -> bool {
    (1..=Identity::KEY_CAP).contains(&text.len()) && !text.chars().any(char::is_control)
}

fn clamp(text: &mut String, cap: usize) {
    if text.len() > cap {
        text.truncate(text.floor_char_boundary(cap));
        text.push('…');
    }
}

#[cfg(test)]
#[path = "answers_tests.rs"]
mod tests;
