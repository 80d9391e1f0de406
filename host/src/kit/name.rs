//! The name of a new plug-in, and the names that follow from it.

/// An identifier, `[a-z][a-z0-9-]{1,63}`: of the folder, the crate and the plug-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name(String);

impl Name {
    /// `None` when it is no identifier.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let first = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        let fits = first && (2..=64).contains(&text.len()) && text.bytes().all(good);
        fits.then(|| Self(text.to_owned()))
    }

    /// The identifier of the plug-in, and the name of its crate.
    pub(crate) fn id(&self) -> &str {
        &self.0
    }

    /// The crate as Rust code names it.
    pub(crate) fn ident(&self) -> String {
        self.0.replace('-', "_")
    }

    /// The identifier of the authenticator type: without the `auth-` that plug-ins begin with.
    pub(crate) fn kind(&self) -> &str {
        self.0.strip_prefix("auth-").filter(|rest| Self::parse(rest).is_some()).unwrap_or(&self.0)
    }

    /// What people read until the author thinks of something better: `auth-big-galaxy` is `Big Galaxy`.
    pub(crate) fn title(&self) -> String {
        let words = self.kind().split('-').filter(|word| !word.is_empty());
        let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
        words.map(capital).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_the_identifier() {
        let name = Name::parse("auth-big-galaxy").unwrap();
        assert_eq!((name.ident().as_str(), name.kind()), ("auth_big_galaxy", "big-galaxy"));
        assert_eq!(name.title(), "Big Galaxy");
        assert_eq!(Name::parse("acme").unwrap().kind(), "acme");
        // What is left would be no identifier.
        assert_eq!(Name::parse("auth-9").unwrap().kind(), "auth-9");
        assert_eq!(Name::parse("a--").unwrap().title(), "A");
    }

    #[test]
    fn what_is_no_identifier_is_no_name() {
        let long = "a".repeat(65);
        for bad in ["", "a", "9a", "-a", "Acme", "a_b", "a/b", "..", "a b", "é9", long.as_str()] {
            assert_eq!(Name::parse(bad), None, "{bad}");
        }
        assert!(Name::parse(&long[1..]).is_some());
    }
}
