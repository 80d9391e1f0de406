//! What is told about users: never a password, not even its hash.

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::values::{RoleName, Texts, moment};
use crate::store::bindings::BindingRow;
use crate::store::users::Source;
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
    /// Address of a picture.
    picture: Option<String>,
    /// Where the fields come from, and so whether a sign-in may refresh them.
    sources: Sources,
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

/// Where the fields of a profile come from: `admin` (an administrator entered it; no sign-in changes it), `provider` (a
/// sign-in, from the person's own account there), `directory` (a sign-in, from the organisation's directory). `null` for
/// one that is empty.
#[derive(Serialize, ToSchema)]
pub(super) struct Sources {
    /// Of the nickname.
    nickname: &'static str,
    /// Of the e-mail address.
    email: Option<&'static str>,
    /// Of the telephone number.
    phone: Option<&'static str>,
    /// Of the picture.
    picture: Option<&'static str>,
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
    /// What stands for the link in its path.
    id: String,
    /// Uid of the authenticator.
    authenticator: String,
    /// Its title.
    title: Texts,
    /// How the link came about: `phone` (the number matched), `sign-up` (with the account), `realm` (another
    /// authenticator of the same organisation knew the person), `moved` (it was by another identifier), `former` (the
    /// provider gave the person a new identifier), `confirmed` (by the person, while signed in), `imported`, `manual`.
    how: String,
    /// What the identifier is: `subject`, or the kind of one that waits to be moved to the subject.
    key: String,
    /// The identifier, shortened.
    subject: String,
    /// The provider's organisation of the last sign-in.
    tenant: Option<String>,
    /// Within what the identifier means the same person at every authenticator of the type.
    realm: Option<String>,
    /// Username of who made it, or the name of a command, if it was not the person's own sign-in.
    made_by: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was last used.
    #[schema(format = DateTime)]
    used_at: Option<String>,
}

impl From<UserWithRoles> for User {
    fn from(known: UserWithRoles) -> Self {
        let UserWithRoles { user, roles } = known;
        let sources = Sources {
            nickname: user.nickname_source.name(),
            email: user.email.as_ref().map(|_| user.email_source.name()),
            phone: user.phone_source.map(Source::name),
            picture: user.avatar_url.as_ref().map(|_| user.avatar_source.name()),
        };
        Self {
            sources,
            picture: user.avatar_url,
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
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            id: row.id(),
            title: (&row.title()).into(),
            subject: row.subject_shown(),
            used_at: row.last_used().map(moment),
            authenticator: row.authenticator_uid,
            how: row.how,
            key: row.key_kind,
            tenant: row.tenant,
            realm: some(row.realm),
            made_by: some(row.made_by),
            created_at: moment(row.created_at),
        }
    }
}
