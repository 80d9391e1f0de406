//! Why a package is not accepted: a closed set, so that every reason has a sentence in every language.

/// What is wrong with a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageFault {
    /// It is larger than [`super::MAX_PACKED`].
    TooLarge,
    /// It unpacks to more than a package of its size has any reason to.
    Bomb,
    /// It has more than [`super::MAX_ENTRIES`] entries.
    Crowded,
    /// It is not compressed with gzip.
    NotAnArchive,
    /// It is cut off or contradicts itself; where.
    Damaged(String),
    /// Something follows its end.
    Trailing,
    /// An entry has a name that packages do not have; which.
    Name(String),
    /// Two entries have the same name; which.
    Twice(String),
    /// An entry is a link, a folder, a device or a pipe; which.
    NotAFile(String),
    /// An entry extends or overrides the header of the next one.
    Extension,
    /// An entry is larger than its kind may be; which.
    EntryTooLarge(String),
    /// It has no manifest.
    NoManifest,
    /// The manifest breaks a rule; which.
    BadManifest(String),
    /// It has no library for the processor and system of this host; for which it has some.
    NoLibrary(String),
    /// The manifest says something else than the library itself; about what.
    Contradicts(String),
    /// A file is not as the manifest lists it; which.
    Modified(String),
    /// Its signature does not fit, or is none.
    BadSignature,
    /// It is not signed.
    Unsigned,
    /// It is signed with a key that this installation does not trust; which.
    UnknownKey(String),
    /// It cannot be signed; why.
    CannotSign(String),
}

impl PackageFault {
    /// One of each, so that a test can see that each has its sentence.
    pub fn samples() -> Vec<Self> {
        let text = || "sample".to_owned();
        vec![
            Self::TooLarge,
            Self::Bomb,
            Self::Crowded,
            Self::NotAnArchive,
            Self::Damaged(text()),
            Self::Trailing,
            Self::Name(text()),
            Self::Twice(text()),
            Self::NotAFile(text()),
            Self::Extension,
            Self::EntryTooLarge(text()),
            Self::NoManifest,
            Self::BadManifest(text()),
            Self::NoLibrary(text()),
            Self::Contradicts(text()),
            Self::Modified(text()),
            Self::BadSignature,
            Self::Unsigned,
            Self::UnknownKey(text()),
            Self::CannotSign(text()),
        ]
    }

    /// The key of the sentence that people read. It never changes its meaning.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::TooLarge => "plugin-refused-package-too-large",
            Self::Bomb => "plugin-refused-package-bomb",
            Self::Crowded => "plugin-refused-package-crowded",
            Self::NotAnArchive => "plugin-refused-package-not-an-archive",
            Self::Damaged(_) => "plugin-refused-package-damaged",
            Self::Trailing => "plugin-refused-package-trailing",
            Self::Name(_) => "plugin-refused-package-name",
            Self::Twice(_) => "plugin-refused-package-twice",
            Self::NotAFile(_) => "plugin-refused-package-not-a-file",
            Self::Extension => "plugin-refused-package-extension",
            Self::EntryTooLarge(_) => "plugin-refused-package-entry-too-large",
            Self::NoManifest => "plugin-refused-package-no-manifest",
            Self::BadManifest(_) => "plugin-refused-package-bad-manifest",
            Self::NoLibrary(_) => "plugin-refused-package-no-library",
            Self::Contradicts(_) => "plugin-refused-package-contradicts",
            Self::Modified(_) => "plugin-refused-package-modified",
            Self::BadSignature => "plugin-refused-package-bad-signature",
            Self::Unsigned => "plugin-refused-package-unsigned",
            Self::UnknownKey(_) => "plugin-refused-package-unknown-key",
            Self::CannotSign(_) => "plugin-refused-package-cannot-sign",
        }
    }

    /// What the package said, if anything. For administrators and the log.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Damaged(detail)
            | Self::Name(detail)
            | Self::Twice(detail)
            | Self::NotAFile(detail)
            | Self::EntryTooLarge(detail)
            | Self::BadManifest(detail)
            | Self::NoLibrary(detail)
            | Self::Contradicts(detail)
            | Self::Modified(detail)
            | Self::UnknownKey(detail)
            | Self::CannotSign(detail) => Some(detail),
            _ => None,
        }
    }

    pub(super) fn damaged(what: impl std::fmt::Display) -> Self {
        Self::Damaged(what.to_string())
    }
}
