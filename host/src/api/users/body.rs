//! What administrators send about users. Whatever is not named here, nobody can set: whether a telephone number counts
//! as verified, links to identities, ids, dates.

use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use crate::api::values::RoleName;
use crate::ui::role::Role;
use crate::users::service::{UserDraft, UserWithRoles};

/// A new user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewUser {
    /// Username: letters, digits, `.`, `-` and `_`, and not only digits; 64 characters at most.
    #[schema(example = "mira.chen")]
    username: String,
    /// Name as others read it; the username if empty.
    #[serde(default)]
    nickname: String,
    /// E-mail address.
    #[serde(default)]
    email: String,
    /// Telephone number, best with its country code. Administrators vouch for it: whoever a provider reports with
    /// this number signs in to this account.
    #[serde(default)]
    phone: String,
    /// What they may do.
    roles: Vec<RoleName>,
    /// A first password, at least 15 characters; without one they sign in through another way.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Password, write_only)]
    password: Option<SecretString>,
}

/// What is to be changed about a user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserChange {
    /// Username.
    username: Option<String>,
    /// Name as others read it.
    #[serde(default, deserialize_with = "removable")]
    nickname: Option<String>,
    /// E-mail address.
    #[serde(default, deserialize_with = "removable")]
    email: Option<String>,
    /// Telephone number. Whoever changes it vouches for it.
    #[serde(default, deserialize_with = "removable")]
    phone: Option<String>,
    /// What they may do: the whole list.
    roles: Option<Vec<RoleName>>,
    /// A new password, at least 15 characters.
    #[schema(value_type = Option<String>, format = Password, write_only)]
    password: Option<SecretString>,
}

impl From<NewUser> for UserDraft {
    fn from(new: NewUser) -> Self {
        Self {
            username: new.username,
            nickname: new.nickname,
            email: new.email,
            phone: new.phone,
            roles: each_once(new.roles),
            password: new.password,
        }
    }
}

impl UserChange {
    /// What the user will be.
    pub(super) fn of(self, before: UserWithRoles) -> UserDraft {
        let UserWithRoles { user, roles } = before;
        UserDraft {
            username: self.username.unwrap_or(user.username),
            nickname: self.nickname.unwrap_or(user.nickname),
            email: self.email.or(user.email).unwrap_or_default(),
            phone: self.phone.or(user.phone).unwrap_or_default(),
            roles: self.roles.map_or(roles, each_once),
            password: self.password,
        }
    }
}

/// The roles, in the order in which they are always kept.
fn each_once(names: Vec<RoleName>) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| names.contains(&RoleName::from(*role))).collect()
}

/// A text that is there; `null` is an empty one, which removes what was there.
fn removable<'de, D: Deserializer<'de>>(source: D) -> Result<Option<String>, D::Error> {
    Option::<String>::deserialize(source).map(|text| Some(text.unwrap_or_default()))
}
