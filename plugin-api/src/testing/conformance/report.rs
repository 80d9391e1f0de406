//! What the list found.

use std::collections::BTreeMap;
use std::fmt;

/// One rule of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The manifest can be read and is for this version of the contract.
    Manifest,
    /// There is a type; identifiers are well-formed and distinct.
    Types,
    /// Every text exists in both languages.
    Texts,
    /// The settings form may be used.
    Forms,
    /// Icons are SVG documents that only draw.
    Icons,
    /// The callback grammar names the parameters of success and of failure.
    Grammar,
    /// `begin` answers with an address where the host may send a browser.
    AuthorizeUrl,
    /// The address carries `state` and `redirect_uri` exactly as given.
    AuthorizeParameters,
    /// `begin` keeps nothing: calls for different settings do not mix.
    Stateless,
    /// `finish` makes the sample callback into an identity, whenever and however often it is asked.
    Identity,
    /// `finish` makes no identity of a callback without a code.
    NoCode,
    /// `finish` makes no identity of a provider that answers nonsense or nothing.
    NoProvider,
    /// `check` answers with findings that can be read.
    Doctor,
    /// A declared migration makes settings that fit the form, and leaves alone what it made.
    Migration,
    /// Only lent addresses are called.
    Hosts,
    /// The cache is used only if the manifest asks for it, and a cancelled call leaves no lease behind.
    Cache,
    /// No secret of the settings, and no code, is in an address for the browser, the log, a fault or a finding.
    Secrets,
    /// No call panics or breaks the contract.
    Sound,
    /// No call hangs, and none blocks its thread.
    Prompt,
}

impl Rule {
    /// Every rule, in the order of the report.
    pub const ALL: [Self; 19] = [
        Self::Manifest,
        Self::Types,
        Self::Texts,
        Self::Forms,
        Self::Icons,
        Self::Grammar,
        Self::AuthorizeUrl,
        Self::AuthorizeParameters,
        Self::Stateless,
        Self::Identity,
        Self::NoCode,
        Self::NoProvider,
        Self::Doctor,
        Self::Migration,
        Self::Hosts,
        Self::Cache,
        Self::Secrets,
        Self::Sound,
        Self::Prompt,
    ];

    /// The rule as a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Manifest => "the manifest can be read and is for this version of the interface",
            Self::Types => "there is a type, and identifiers are well-formed and distinct",
            Self::Texts => "every text exists in both languages",
            Self::Forms => "the settings form may be used",
            Self::Icons => "icons are SVG documents that only draw",
            Self::Grammar => "the callback grammar names the parameters of success and of failure",
            Self::AuthorizeUrl => "begin answers with an address where the host may send a browser",
            Self::AuthorizeParameters => "the address carries state and redirect_uri exactly as given",
            Self::Stateless => "begin keeps nothing: calls for different settings do not mix",
            Self::Identity => "finish makes the sample callback into the same identity every time",
            Self::NoCode => "finish makes no identity of a callback without a code",
            Self::NoProvider => "finish makes no identity of a provider that answers nonsense or nothing",
            Self::Doctor => "check answers with findings that can be read",
            Self::Migration => "a declared migration makes settings that fit the form, and leaves alone what it made",
            Self::Hosts => "only lent addresses are called",
            Self::Cache => "the cache is used only if asked for, and no lease is left behind",
            Self::Secrets => "no secret is in an address for the browser, the log, a fault or a finding",
            Self::Sound => "no call panics or breaks the contract",
            Self::Prompt => "no call hangs or blocks its thread",
        }
    }
}

/// What the list found: for each rule, what broke it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    failures: BTreeMap<Rule, Vec<String>>,
    calls: usize,
}

impl Report {
    /// How many examples of one broken rule are kept.
    const EXAMPLES: usize = 8;

    /// How many of them may say the same of different calls.
    const ALIKE: usize = 2;

    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Whether every rule is kept.
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }

    /// The rules that are broken.
    pub fn broken(&self) -> Vec<Rule> {
        self.failures.keys().copied().collect()
    }

    /// What broke `rule`; empty when it is kept.
    pub fn examples(&self, rule: Rule) -> &[String] {
        self.failures.get(&rule).map_or(&[], Vec::as_slice)
    }

    /// How many calls were tried.
    pub fn calls(&self) -> usize {
        self.calls
    }

    pub(super) fn called(&mut self) {
        self.calls += 1;
    }

    pub(super) fn fail(&mut self, rule: Rule, what: impl Into<String>) {
        let (what, examples) = (what.into(), self.failures.entry(rule).or_default());
        let alike = examples.iter().filter(|example| cause(example) == cause(&what)).count();
        if examples.len() < Self::EXAMPLES && alike < Self::ALIKE && !examples.contains(&what) {
            examples.push(what);
        }
    }

    /// Fails `rule` unless `holds`.
    pub(super) fn require(&mut self, rule: Rule, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.fail(rule, what());
        }
    }
}

/// An example without the call it is about.
fn cause(example: &str) -> &str {
    example.split_once(": ").map_or(example, |(_, cause)| cause)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "conformance: {} of {} rules kept in {} calls",
            Rule::ALL.len() - self.failures.len(),
            Rule::ALL.len(),
            self.calls
        )?;
        for rule in Rule::ALL {
            let examples = self.examples(rule);
            writeln!(f, "{} {}", if examples.is_empty() { "  ok  " } else { "FAILED" }, rule.sentence())?;
            for example in examples {
                writeln!(f, "         {example}")?;
            }
        }
        Ok(())
    }
}
