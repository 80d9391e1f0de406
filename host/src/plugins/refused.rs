//! Why a plug-in does not run: a closed set, so that every reason has a sentence in every language.

use super::Cause;
use super::package::PackageFault;

/// Why a library file is not a plug-in, or a plug-in was not loaded.
///
/// [`Display`](std::fmt::Display) is for the log and may quote the file; people read the text of [`Refused::key`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The file could not be read; why.
    Unreadable(String),
    /// It is a link, a folder, a pipe or a device.
    NotAFile,
    /// It has no content.
    Empty,
    /// It is larger than the cap.
    TooLarge,
    /// It belongs to somebody else than the host's own user or root.
    ForeignOwner,
    /// Others than its owner may change it.
    WritableByOthers,
    /// It is not an ELF file.
    NotElf,
    /// It is cut off or contradicts itself; where.
    Damaged(String),
    /// It was built for another processor or another word size.
    WrongMachine,
    /// It is a program or an object file, not a library.
    NotALibrary,
    /// It is a library, but exports no plug-in of this major version.
    NoRootSymbol,
    /// It needs a library that plug-ins may not bring along; which.
    NeedsLibrary(String),
    /// It says where its libraries are to be looked for, which is not its business.
    SearchPath,
    /// It has no manifest.
    NoManifest,
    /// The manifest breaks a rule; which.
    BadManifest(String),
    /// It has no, or no readable, account of how it was built.
    BadBuild(String),
    /// It was built so that a panic ends the process.
    AbortsOnPanic,
    /// It was built for another major version of the contract.
    WrongApi {
        /// The version it was built for.
        plugin: String,
    },
    /// Another file of the folder has the same id; which.
    DuplicateId(String),
    /// There is no plug-in of this id in the folder.
    NotFound,
    /// The file that an administrator said yes to is not there; another one is.
    Changed,
    /// The host was started so that no plug-in runs.
    SafeMode,
    /// Its threads hung, those of a fresh copy too.
    Wedged,
    /// It did harm when it was loaded before; an administrator has to enable it again.
    Quarantined(Cause),
    /// The host's own data folder could not be written; why.
    Storage(String),
    /// The process that tried it out died; how.
    ProbeCrashed(String),
    /// The process that tried it out did not finish in time.
    ProbeTimedOut,
    /// It cannot be opened; why.
    CannotOpen(String),
    /// It opened, but then did not answer.
    Hangs,
    /// What it registers breaks a rule; which.
    BadTypes(String),
    /// An authenticator type that it registers is already there.
    TypeTaken {
        /// The type's id.
        type_id: String,
        /// The plug-in that has it.
        plugin: String,
    },
    /// It is a package, and something is wrong with that.
    Package(PackageFault),
}

impl From<PackageFault> for Refused {
    fn from(fault: PackageFault) -> Self {
        Self::Package(fault)
    }
}

impl Refused {
    /// One of each, so that a test can see that each has its sentence.
    pub fn samples() -> Vec<Self> {
        let text = || "sample".to_owned();
        let mut samples = vec![
            Self::Unreadable(text()),
            Self::NotAFile,
            Self::Empty,
            Self::TooLarge,
            Self::ForeignOwner,
            Self::WritableByOthers,
            Self::NotElf,
            Self::Damaged(text()),
            Self::WrongMachine,
            Self::NotALibrary,
            Self::NoRootSymbol,
            Self::NeedsLibrary(text()),
            Self::SearchPath,
            Self::NoManifest,
            Self::BadManifest(text()),
            Self::BadBuild(text()),
            Self::AbortsOnPanic,
            Self::WrongApi { plugin: text() },
            Self::DuplicateId(text()),
            Self::NotFound,
            Self::Changed,
            Self::SafeMode,
            Self::Wedged,
            Self::Storage(text()),
            Self::ProbeCrashed(text()),
            Self::ProbeTimedOut,
            Self::CannotOpen(text()),
            Self::Hangs,
            Self::BadTypes(text()),
            Self::TypeTaken { type_id: text(), plugin: text() },
        ];
        samples.extend(Cause::samples().into_iter().map(Self::Quarantined));
        samples.extend(PackageFault::samples().into_iter().map(Self::Package));
        samples
    }

    /// The key of the sentence that people read. It never changes its meaning.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "plugin-refused-unreadable",
            Self::NotAFile => "plugin-refused-not-a-file",
            Self::Empty => "plugin-refused-empty",
            Self::TooLarge => "plugin-refused-too-large",
            Self::ForeignOwner => "plugin-refused-foreign-owner",
            Self::WritableByOthers => "plugin-refused-writable-by-others",
            Self::NotElf => "plugin-refused-not-elf",
            Self::Damaged(_) => "plugin-refused-damaged",
            Self::WrongMachine => "plugin-refused-wrong-machine",
            Self::NotALibrary => "plugin-refused-not-a-library",
            Self::NoRootSymbol => "plugin-refused-no-root-symbol",
            Self::NeedsLibrary(_) => "plugin-refused-needs-library",
            Self::SearchPath => "plugin-refused-search-path",
            Self::NoManifest => "plugin-refused-no-manifest",
            Self::BadManifest(_) => "plugin-refused-bad-manifest",
            Self::BadBuild(_) => "plugin-refused-bad-build",
            Self::AbortsOnPanic => "plugin-refused-aborts-on-panic",
            Self::WrongApi { .. } => "plugin-refused-wrong-api",
            Self::DuplicateId(_) => "plugin-refused-duplicate-id",
            Self::NotFound => "plugin-refused-not-found",
            Self::Changed => "plugin-refused-changed",
            Self::SafeMode => "plugin-refused-safe-mode",
            Self::Wedged => "plugin-refused-wedged",
            Self::Quarantined(cause) => cause.key(),
            Self::Storage(_) => "plugin-refused-storage",
            Self::ProbeCrashed(_) => "plugin-refused-probe-crashed",
            Self::ProbeTimedOut => "plugin-refused-probe-timed-out",
            Self::CannotOpen(_) => "plugin-refused-cannot-open",
            Self::Hangs => "plugin-refused-hangs",
            Self::BadTypes(_) => "plugin-refused-bad-types",
            Self::TypeTaken { .. } => "plugin-refused-type-taken",
            Self::Package(fault) => fault.key(),
        }
    }

    /// What the file, the system or the plug-in said, if anything. For administrators and the log.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Unreadable(detail)
            | Self::Damaged(detail)
            | Self::NeedsLibrary(detail)
            | Self::BadManifest(detail)
            | Self::BadBuild(detail)
            | Self::DuplicateId(detail)
            | Self::Storage(detail)
            | Self::ProbeCrashed(detail)
            | Self::CannotOpen(detail)
            | Self::BadTypes(detail)
            | Self::WrongApi { plugin: detail }
            | Self::TypeTaken { type_id: detail, .. } => Some(detail),
            Self::Package(fault) => fault.detail(),
            Self::Quarantined(cause) if !cause.detail.is_empty() => Some(&cause.detail),
            _ => None,
        }
    }
}

/// What somebody else said, in one line that is not too long for a page.
pub(super) fn brief(text: &str) -> String {
    const MAX_CHARS: usize = 300;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key().trim_start_matches("plugin-refused-"))?;
        if let Some(detail) = self.detail() {
            write!(f, ": {detail}")?;
        }
        if let Self::TypeTaken { plugin, .. } = self {
            write!(f, " belongs to {plugin}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_reason_has_a_key_of_its_own() {
        let samples = Refused::samples();
        let keys: BTreeSet<&str> = samples.iter().map(Refused::key).collect();
        assert_eq!(keys.len(), samples.len());
    }

    #[test]
    fn long_explanations_are_cut() {
        assert_eq!(brief("one\n  two"), "one two");
        assert_eq!(brief(&"库 ".repeat(500)).chars().count(), 301);
    }

    #[test]
    fn the_log_line_quotes_the_detail() {
        assert_eq!(Refused::NotElf.to_string(), "not-elf");
        let taken = Refused::TypeTaken { type_id: "oidc".into(), plugin: "auth-oidc".into() };
        assert_eq!(taken.to_string(), "type-taken: oidc belongs to auth-oidc");
    }
}
