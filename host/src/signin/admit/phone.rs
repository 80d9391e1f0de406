//! Nobody is linked: the verified telephone number, once, or sign-up.

use super::person::Person;
use super::{Found, How, link};
use crate::app::App;
use crate::signin::Refused;
use crate::signin::phone::{self, PhoneFault};
use crate::signin::refusal::Refusal;
use crate::store::users::{self, Source, UserRow};
use crate::store::{Conn, bindings};
use crate::users::newcomer;

/// The account that has the person's number, or a new one.
pub(super) async fn match_or_sign_up(conn: &mut Conn, app: &App, person: &Person<'_>) -> Result<Found, Refused> {
    let (number, source) = vouched(person, app)?;
    let lock = format!("phone{number}");
    bindings::lock(conn, &lock).await?;
    let mut owners = users::find_by_verified_phone(conn, &number).await?;
    let (user, how) = match (owners.pop(), owners.is_empty()) {
        (None, _) => (sign_up(conn, app, person, &number, source).await?, How::SignUp),
        (Some(owner), true) => (linkable(conn, person, owner).await?, How::Phone),
        (Some(one), false) => return Err(about(Refusal::PhoneAmbiguous, owners.iter().chain([&one]))),
    };
    let mut written = link::insert(conn, person, &user.id, how, "").await?;
    written.created = how == How::SignUp;
    bindings::unlock(conn, &lock).await?;
    Ok(Found { user, how, written })
}

/// The person's number and its source, if somebody who knows vouches for it.
pub(super) fn vouched(person: &Person<'_>, app: &App) -> Result<(String, Source), Refused> {
    phone::vouched(person.case.identity.phone.as_ref(), &app.config.default_country_code).map_err(|fault| match fault {
        PhoneFault::Absent => Refusal::NoPhone.into(),
        PhoneFault::Unusable => Refusal::PhoneUnusable.into(),
    })
}

/// Creates the account, where the authenticator says so (ID-6).
async fn sign_up(
    conn: &mut Conn,
    app: &App,
    person: &Person<'_>,
    number: &str,
    source: Source,
) -> Result<UserRow, Refused> {
    let case = person.case;
    if !case.kind.form.sign_up(&case.authenticator.settings) {
        return Err(Refusal::SignUpOff.into());
    }
    Ok(newcomer::create(conn, app, &case.identity, (number, source)).await?)
}

/// The account, if it may be linked because of its telephone number.
async fn linkable(conn: &mut Conn, person: &Person<'_>, owner: UserRow) -> Result<UserRow, Refused> {
    let user = link::hold(conn, &owner.id).await?;
    if users::roles(conn, &user.id).await?.iter().any(|role| role == "admin") {
        return Err(about(Refusal::PrivilegedAccount, [&user]));
    }
    // Links that wait to be moved and are not by a stable key say nothing about who the account belongs to.
    let kinds = &person.case.kind.keys;
    let says_who =
        |held: &bindings::Held| held.is_subject() || kinds.iter().any(|kind| kind.stable && kind.id == held.key_kind);
    let realm = person.realm();
    let same_provider = |held: &bindings::Held| {
        let same_realm = !realm.is_empty() && held.realm == realm && held.kind == person.case.kind.id;
        held.authenticator_id == person.key.authenticator_id || same_realm
    };
    // Not the person's own link, for that would have been found: the number was handed on (ID-4).
    if bindings::held_by(conn, &user.id).await?.iter().any(|held| says_who(held) && same_provider(held)) {
        return Err(about(Refusal::PhoneTaken, [&user]));
    }
    Ok(user)
}

/// A refusal that names the accounts concerned, for an administrator.
fn about<'a>(reason: Refusal, users: impl IntoIterator<Item = &'a UserRow>) -> Refused {
    let names: Vec<&str> = users.into_iter().map(|user| user.username.as_str()).collect();
    Refused::new(reason, format!("{}: {}", reason.name(), names.join(", ")))
}
