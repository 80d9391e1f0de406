//! What a user may do, as pages show it.

/// A role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    Administrator,
    /// Signing in, and their own page.
    Member,
}

impl Role {
    /// Every role, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Administrator, Self::Member];

    /// The name in forms and in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Administrator => "admin",
            Self::Member => "member",
        }
    }

    /// The role of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The message in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Administrator => "role-admin",
            Self::Member => "role-member",
        }
    }
}
