//! Which fields of a user a sign-in refreshes.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A field of a user that a sign-in can bring up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    Name,
    Email,
    Picture,
    Phone,
}

/// Some of the fields. What is stored is their names with commas between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeSet<Field>);

impl Field {
    /// Every field, in the order in which they are offered.
    pub(crate) const ALL: [Self; 4] = [Self::Name, Self::Email, Self::Picture, Self::Phone];

    /// Its name in the database, in the JSON API and in applied files.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Picture => "picture",
            Self::Phone => "phone",
        }
    }
}

impl Fields {
    /// All of them, which is what an authenticator starts with.
    pub(crate) fn all() -> Self {
        Self::of(Field::ALL)
    }

    pub(crate) fn of(fields: impl IntoIterator<Item = Field>) -> Self {
        Self(fields.into_iter().collect())
    }

    pub(crate) fn has(&self, field: Field) -> bool {
        self.0.contains(&field)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Field> + '_ {
        self.0.iter().copied()
    }

    /// Reads what [`Display`](fmt::Display) wrote. A name that this version does not know says nothing to it.
    pub(crate) fn parse(text: &str) -> Self {
        Self::of(text.split(',').filter_map(|name| Field::ALL.into_iter().find(|field| field.name() == name.trim())))
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iter().map(Field::name).collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for text in ["", "name", "email,phone", "name,email,picture,phone"] {
            assert_eq!(Fields::parse(text).to_string(), text);
        }
        assert_eq!(Fields::parse("phone, name,colour,,phone").to_string(), "name,phone");
        assert_eq!(Fields::all().to_string(), "name,email,picture,phone");
    }
}
