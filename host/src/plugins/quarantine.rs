//! Why a library waits for an administrator's word.

use serde::{Deserialize, Serialize};

/// What a library did when it was loaded last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// What happened.
    pub happened: Happened,
    /// In the middle of what.
    pub during: Step,
    /// What the system said; may be empty.
    pub detail: String,
}

/// What a library can do to a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Happened {
    /// The host ended.
    HostEnded,
    /// The host's thread never came back.
    HostHung,
    /// The process that tries libraries out ended.
    TrialEnded,
    /// That process did not come to an end.
    TrialHung,
}

/// How far a load had come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The system maps it and runs its initialisers, and the plug-in is made.
    #[default]
    Opening,
    /// The plug-in says what it registers.
    Asking,
}

impl Cause {
    pub(super) const fn new(happened: Happened, during: Step) -> Self {
        Self { happened, during, detail: String::new() }
    }

    /// One of each, so that a test can see that each has its sentence.
    pub(super) fn samples() -> Vec<Self> {
        use Happened::{HostEnded, HostHung, TrialEnded, TrialHung};
        let steps = [Step::Opening, Step::Asking];
        let each = |happened| steps.map(|step| Self::new(happened, step));
        [HostEnded, HostHung, TrialEnded, TrialHung].into_iter().flat_map(each).collect()
    }

    /// The key of the sentence that people read.
    pub(super) const fn key(&self) -> &'static str {
        match (self.happened, self.during) {
            (Happened::HostEnded, Step::Opening) => "plugin-refused-quarantined",
            (Happened::HostEnded, Step::Asking) => "plugin-refused-quarantined-asked",
            (Happened::HostHung, Step::Opening) => "plugin-refused-quarantined-hung",
            (Happened::HostHung, Step::Asking) => "plugin-refused-quarantined-hung-asked",
            (Happened::TrialEnded, Step::Opening) => "plugin-refused-quarantined-trial",
            (Happened::TrialEnded, Step::Asking) => "plugin-refused-quarantined-trial-asked",
            (Happened::TrialHung, Step::Opening) => "plugin-refused-quarantined-trial-hung",
            (Happened::TrialHung, Step::Asking) => "plugin-refused-quarantined-trial-hung-asked",
        }
    }

    /// One line of a file.
    pub(super) fn line(&self) -> String {
        // Two enums and a text cannot fail to be written.
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("{json}\n")
    }

    /// The last cause in a file. A marker of an earlier release has none; it stood for one thing only.
    pub(super) fn last_of(text: &str) -> Self {
        let last = text.lines().rev().find_map(|line| serde_json::from_str(line).ok());
        last.unwrap_or(Self::new(Happened::HostEnded, Step::Opening))
    }
}
