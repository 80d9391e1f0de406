//! What a sign-in brings up to date in the profile of a user.
//!
//! The authenticator says which [fields](Fields) may be refreshed at all. Of those, only what came from a provider is
//! replaced: what an administrator entered stays, and so does what is emptied by an administrator. What the provider
//! does not say changes nothing. An e-mail address or telephone number that another account has is left there.

mod fields;

use plugin_api::Identity;

pub(crate) use fields::{Field, Fields};

use super::{claims, names};
use crate::app::App;
use crate::signin::phone;
use crate::store::users::{self, Source, UserRow};
use crate::store::{Conn, StoreError};

/// What a sign-in did to a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refreshed {
    /// Fields that have a new value, or a better source for the old one.
    pub(crate) changed: Vec<Field>,
    /// Fields that stayed because another account has the new value.
    pub(crate) taken: Vec<Field>,
}

/// Brings `user`, who is held by this transaction, up to date with what `identity` says. Writes once if anything
/// changed, and otherwise nothing.
pub(crate) async fn refresh(
    conn: &mut Conn,
    app: &App,
    user: &mut UserRow,
    identity: &Identity,
    fields: &Fields,
) -> Result<Refreshed, StoreError> {
    let mut done = Refreshed::default();
    if fields.has(Field::Name) {
        name(user, identity, &mut done);
    }
    if fields.has(Field::Email) {
        email(conn, user, identity, &mut done).await?;
    }
    if fields.has(Field::Picture) {
        picture(user, identity, &mut done);
    }
    if fields.has(Field::Phone) {
        telephone(conn, app, user, identity, &mut done).await?;
    }
    if !done.changed.is_empty() {
        user.updated_at = app.clock.now_ms();
        users::update(conn, user).await?;
    }
    Ok(done)
}

fn name(user: &mut UserRow, identity: &Identity, done: &mut Refreshed) {
    let new = claims::name(identity).filter(|name| *name != user.nickname);
    if let Some(new) = new.filter(|_| user.nickname_source != Source::Admin) {
        user.nickname = new;
        done.changed.push(Field::Name);
    }
}

fn picture(user: &mut UserRow, identity: &Identity, done: &mut Refreshed) {
    let new = claims::picture(identity).filter(|new| Some(new) != user.avatar_url.as_ref());
    if let Some(new) = new.filter(|_| user.avatar_source != Source::Admin) {
        user.avatar_url = Some(new);
        done.changed.push(Field::Picture);
    }
}

async fn email(
    conn: &mut Conn,
    user: &mut UserRow,
    identity: &Identity,
    done: &mut Refreshed,
) -> Result<(), StoreError> {
    let new = claims::email(identity).filter(|new| Some(new) != user.email.as_ref());
    let Some(new) = new.filter(|_| user.email_source != Source::Admin) else { return Ok(()) };
    let key = names::fold(&new);
    if users::find_by_login(conn, &key).await?.is_some_and(|other| other.id != user.id) {
        done.taken.push(Field::Email);
        return Ok(());
    }
    (user.email, user.email_key) = (Some(new), Some(key));
    done.changed.push(Field::Email);
    Ok(())
}

/// The number of the organisation's directory wins over that of the person's own account. Without a lock: should two
/// sign-ins give one number to two users at the same moment, it is ambiguous and lets nobody in.
async fn telephone(
    conn: &mut Conn,
    app: &App,
    user: &mut UserRow,
    identity: &Identity,
    done: &mut Refreshed,
) -> Result<(), StoreError> {
    let Ok((number, source)) = phone::vouched(identity.phone.as_ref(), &app.config.default_country_code) else {
        return Ok(());
    };
    let same = user.phone.as_ref() == Some(&number);
    match user.phone_source {
        None | Some(Source::Admin) => return Ok(()),
        Some(old) if same && (old == source || old == Source::Directory) => return Ok(()),
        Some(Source::Directory) if source != Source::Directory => return Ok(()),
        Some(_) => {}
    }
    let others = if same { Vec::new() } else { users::find_by_verified_phone(conn, &number).await? };
    if others.iter().any(|other| other.id != user.id) {
        done.taken.push(Field::Phone);
        return Ok(());
    }
    (user.phone, user.phone_source) = (Some(number), Some(source));
    done.changed.push(Field::Phone);
    Ok(())
}
