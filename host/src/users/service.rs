//! What an administrator can do with users, for the pages, the JSON API and the command line alike.

use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::draft::check_free;
pub(crate) use super::draft::{UserDraft, fill};
use super::form_page::UserField;
use super::passwords;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::ids;
use crate::store::revisions::{self, Topic};
use crate::store::users::{Source, UserRow};
use crate::store::{StoreError, bindings, sessions, users};
use crate::ui::fault::FieldFault;
use crate::ui::role::Role;

/// Changes of who administers wait for one another, so that two administrators cannot lock each other out. What a
/// sign-in takes as well is taken in its order: the user, the sessions, the number that tells other nodes.
const LOCK: &str = "administrators";

/// Why nothing was changed.
#[derive(Debug)]
pub(crate) enum UserRefused {
    /// There is no such user.
    NotFound,
    /// Values that cannot be.
    Invalid(Vec<(UserField, FieldFault)>),
    /// The only administrator that is left.
    LastAdministrator,
    /// People cannot do this to themselves.
    NotYourself,
    /// A fault of ours.
    Failure(Failure),
}

impl From<Failure> for UserRefused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<StoreError> for UserRefused {
    fn from(error: StoreError) -> Self {
        if error.is_duplicate() {
            return Self::Invalid(vec![(UserField::Username, FieldFault::Taken)]);
        }
        Self::Failure(error.into())
    }
}

/// A user together with their roles.
pub(crate) struct UserWithRoles {
    pub(crate) user: UserRow,
    pub(crate) roles: Vec<Role>,
}

/// Finds one user.
pub(crate) async fn find(app: &App, id: &str) -> Result<Option<UserWithRoles>, Failure> {
    let mut conn = app.store.read().await?;
    let Some(user) = users::find(&mut conn, id).await? else { return Ok(None) };
    let roles = users::roles(&mut conn, id).await?.iter().filter_map(|name| Role::from_name(name)).collect();
    Ok(Some(UserWithRoles { user, roles }))
}

/// Creates a user and returns their id.
pub(crate) async fn create(app: &App, actor: &str, draft: UserDraft) -> Result<String, UserRefused> {
    let filled = fill(app, UserRow::default(), &draft)?;
    let hash = hash_of(app, &draft).await?;
    let now = app.clock.now_ms();
    let id = ids::row_id(&*app.clock, &*app.entropy);
    let user = UserRow {
        id: id.clone(),
        password_hash: hash,
        // Administrators do not enter pictures.
        avatar_source: Source::Provider,
        created_at: now,
        updated_at: now,
        ..filled
    };
    let roles = names_of(&draft.roles);
    let (app, store, actor) = (app.clone(), app.store.clone(), actor.to_owned());
    store
        .write(move |conn| {
            Box::pin(async move {
                check_free(conn, &user).await?;
                users::insert(conn, &user, &roles).await?;
                let entry = Entry::new("user.created").actor(&actor).subject(&user.username);
                audit::insert(conn, &app, entry.detail(json!({"roles": roles.join(", ")}))).await?;
                Ok(user.id)
            })
        })
        .await
}

/// Changes a user. A changed password or role ends their sessions.
pub(crate) async fn update(app: &App, actor: &str, id: &str, draft: UserDraft) -> Result<(), UserRefused> {
    let before = find(app, id).await?.ok_or(UserRefused::NotFound)?;
    let hash = hash_of(app, &draft).await?;
    let user = UserRow { updated_at: app.clock.now_ms(), ..fill(app, before.user.clone(), &draft)? };
    let loses_admin = before.roles.contains(&Role::Administrator) && !draft.roles.contains(&Role::Administrator);
    let ends_sessions = before.roles != draft.roles || hash.is_some();
    let changed = changed_fields(&before, &user, &draft);
    let roles = names_of(&draft.roles);
    let (app, store, actor) = (app.clone(), app.store.clone(), actor.to_owned());
    let guard = app.guard.clone();
    store
        .write(move |conn| {
            Box::pin(async move {
                bindings::lock(conn, LOCK).await?;
                check_free(conn, &user).await?;
                users::update(conn, &user).await?;
                users::set_roles(conn, &user.id, &roles).await?;
                if loses_admin && users::active_administrators(conn).await? == 0 {
                    return Err(UserRefused::LastAdministrator);
                }
                if let Some(hash) = hash {
                    users::set_password(conn, &user.id, &hash, user.updated_at).await?;
                }
                if ends_sessions {
                    sessions::delete_of_user(conn, &user.id, "").await?;
                }
                revisions::raise(conn, Topic::Sessions).await?;
                bindings::unlock(conn, LOCK).await?;
                let entry = Entry::new("user.changed").actor(&actor).subject(&user.username);
                audit::insert(conn, &app, entry.detail(json!({"fields": changed}))).await?;
                Ok(())
            })
        })
        .await?;
    guard.forget_all();
    Ok(())
}

/// Locks a user out, at once and everywhere, or lets them in again.
pub(crate) async fn set_enabled(app: &App, actor: &str, id: &str, enabled: bool) -> Result<(), UserRefused> {
    if actor == id && !enabled {
        return Err(UserRefused::NotYourself);
    }
    let user = find(app, id).await?.ok_or(UserRefused::NotFound)?.user;
    let now = app.clock.now_ms();
    let (app, store, actor) = (app.clone(), app.store.clone(), actor.to_owned());
    let guard = app.guard.clone();
    store
        .write(move |conn| {
            Box::pin(async move {
                bindings::lock(conn, LOCK).await?;
                users::set_disabled(conn, &user.id, !enabled, now).await?;
                if !enabled {
                    if users::active_administrators(conn).await? == 0 {
                        return Err(UserRefused::LastAdministrator);
                    }
                    sessions::delete_of_user(conn, &user.id, "").await?;
                }
                revisions::raise(conn, Topic::Sessions).await?;
                bindings::unlock(conn, LOCK).await?;
                let kind = if enabled { "user.enabled" } else { "user.disabled" };
                audit::insert(conn, &app, Entry::new(kind).actor(&actor).subject(&user.username)).await?;
                Ok(())
            })
        })
        .await?;
    guard.forget_all();
    Ok(())
}

/// Sets a password, and ends every session of the user but `keep` (the hash of an id).
pub(crate) async fn set_password(
    app: &App,
    actor: &str,
    id: &str,
    password: &SecretString,
    keep: &str,
) -> Result<(), UserRefused> {
    let user = find(app, id).await?.ok_or(UserRefused::NotFound)?.user;
    let known = [user.username.as_str(), user.nickname.as_str(), user.email.as_deref().unwrap_or_default()];
    passwords::check_new(password.expose_secret(), &known)
        .map_err(|fault| UserRefused::Invalid(vec![(UserField::Password, fault)]))?;
    let hash = app.passwords.hash(password.expose_secret()).await?;
    let now = app.clock.now_ms();
    let (app, store, actor, keep) = (app.clone(), app.store.clone(), actor.to_owned(), keep.to_owned());
    let guard = app.guard.clone();
    store
        .write(move |conn| {
            Box::pin(async move {
                users::set_password(conn, &user.id, &hash, now).await?;
                sessions::delete_of_user(conn, &user.id, &keep).await?;
                revisions::raise(conn, Topic::Sessions).await?;
                audit::insert(conn, &app, Entry::new("password.changed").actor(&actor).subject(&user.username)).await?;
                Ok::<_, UserRefused>(())
            })
        })
        .await?;
    guard.forget_all();
    Ok(())
}

async fn hash_of(app: &App, draft: &UserDraft) -> Result<Option<String>, Failure> {
    match &draft.password {
        Some(password) => Ok(Some(app.passwords.hash(password.expose_secret()).await?)),
        None => Ok(None),
    }
}

/// What an administrator reads in the journal: which fields, never their values.
fn changed_fields(before: &UserWithRoles, after: &UserRow, draft: &UserDraft) -> String {
    let old = &before.user;
    let fields = [
        ("username", old.username != after.username),
        ("nickname", old.nickname != after.nickname),
        ("email", old.email != after.email),
        ("phone", old.phone != after.phone),
        ("roles", before.roles != draft.roles),
        ("password", draft.password.is_some()),
    ];
    fields.iter().filter(|(_, changed)| *changed).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

fn names_of(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.name().to_owned()).collect()
}
