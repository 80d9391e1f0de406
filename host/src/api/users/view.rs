//! What is told about users: never a password, not even its hash.

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::values::{RoleName, Texts, moment};
use crate::store::bindings::BindingRow;
use crate::users::service::UserWithRoles;

/// One page of users.
#[derive(Serialize, ToSchema)]
pub(super) struct UserList {
    /// The users, in the order of their usernames.
    pub(super) users: Vec<User>,
    /// Which page this is, from 1.
    pub(super) page: u32,
    /// How many users a page holds.
    pub(super) page_size: u32,
    /// How many users match in all.
    pub(super) total: i64,
}

/// A user.
#[derive(Serialize, ToSchema)]
pub(super) struct User {
    /// Its id.
    id: String,
    /// Username.
    username: String,
    /// Name as others read it.
    nickname: String,
    /// E-mail address.
    email: Option<String>,
    /// Telephone number (E.164).
    phone: Option<String>,
    /// Whether an administrator or a provider vouches for the telephone number.
    phone_verified: bool,
    /// Whether there is a password.
    has_password: bool,
    /// Whether they may sign in.
    enabled: bool,
    /// What they may do.
    roles: Vec<RoleName>,
    /// When the account was created.
    #[schema(format = DateTime)]
    created_at: String,
    /// When the account was last changed.
    #[schema(format = DateTime)]
    updated_at: String,
}

/// A user, and the links through which they sign in.
#[derive(Serialize, ToSchema)]
pub(super) struct UserDetails {
    #[serde(flatten)]
    pub(super) user: User,
    /// Links to identities at providers, oldest first.
    pub(super) links: Vec<Link>,
}

/// One link to an identity at a provider.
#[derive(Serialize, ToSchema)]
pub(super) struct Link {
    /// Uid of the authenticator.
    authenticator: String,
    /// Its title.
    title: Texts,
    /// How the link came about: `phone` (the number matched), `sign-up` (with the account), `manual`.
    how: String,
    /// When.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was last used.
    #[schema(format = DateTime)]
    used_at: String,
}

impl From<UserWithRoles> for User {
    fn from(known: UserWithRoles) -> Self {
        let UserWithRoles { user, roles } = known;
        Self {
            phone_verified: user.phone.is_some() && user.phone_source.is_some(),
            has_password: user.password_hash.is_some(),
            enabled: !user.disabled,
            roles: roles.into_iter().map(RoleName::from).collect(),
            created_at: moment(user.created_at),
            updated_at: moment(user.updated_at),
            id: user.id,
            username: user.username,
            nickname: user.nickname,
            email: user.email,
            phone: user.phone,
        }
    }
}

impl From<BindingRow> for Link {
    fn from(row: BindingRow) -> Self {
        Self {
            title: (&row.title()).into(),
            authenticator: row.authenticator_uid,
            how: row.how,
            created_at: moment(row.created_at),
            used_at: moment(row.used_at),
        }
    }
}
