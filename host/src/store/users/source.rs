//! Where a field of a profile comes from.

/// Where a field of a profile comes from, and so who may change it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Source {
    /// An administrator entered it: no sign-in changes it.
    #[default]
    Admin,
    /// A provider, from the person's own account there.
    Provider,
    /// A provider, from the organisation's directory. A telephone number of the directory is not replaced by one of the
    /// person's own account.
    Directory,
}

impl Source {
    /// Its name in the database and in the JSON API.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Provider => "provider",
            Self::Directory => "directory",
        }
    }

    /// The source of a name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Admin, Self::Provider, Self::Directory].into_iter().find(|source| source.name() == name)
    }
}
