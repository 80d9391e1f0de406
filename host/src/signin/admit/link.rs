//! The links that say who somebody is.

use super::person::{OldKey, Person};
use super::{Found, How, Written, phone};
use crate::app::App;
use crate::signin::Refused;
use crate::signin::refusal::Refusal;
use crate::store::Conn;
use crate::store::bindings::{self, NewBinding};
use crate::store::users::{self, UserRow};

/// The person's links that are not by the subject at this authenticator. All are of one user.
pub(super) struct Elsewhere {
    pub(super) user_id: String,
    /// Those at this authenticator, in the order in which they count.
    pub(super) old: Vec<OldKey>,
    /// Whether another authenticator of the realm knows the subject.
    in_realm: bool,
}

/// By the subject: the link wins over everything else that is known of the person (ID-1).
pub(super) async fn by_subject(conn: &mut Conn, person: &Person<'_>) -> Result<Option<Found>, Refused> {
    let Some(user_id) = bindings::follow(conn, &person.key, &person.using()).await? else { return Ok(None) };
    let user = hold(conn, &user_id).await?;
    Ok(Some(Found { user, how: How::Link, written: Written::default() }))
}

/// By another key or in the realm. What is found becomes a link by the subject, here and now.
pub(super) async fn elsewhere(conn: &mut Conn, app: &App, person: &Person<'_>) -> Result<Option<Found>, Refused> {
    let Some(known) = search(conn, person).await? else { return Ok(None) };
    if known.only_by_other_keys() {
        refuse_if_contradicted(conn, app, person, &known).await?;
    }
    let how = known.how();
    let written = known.make_link(conn, person, how, "").await?;
    let user = hold(conn, &known.user_id).await?;
    Ok(Some(Found { user, how, written }))
}

/// Looks everywhere but under the subject at this authenticator. Links of two users are a contradiction, and nobody's.
pub(super) async fn search(conn: &mut Conn, person: &Person<'_>) -> Result<Option<Elsewhere>, Refused> {
    let mut holders: Vec<String> = Vec::new();
    let mut old = Vec::new();
    for one in person.old_keys() {
        if let Some(user_id) = bindings::find(conn, &one.key).await? {
            holders.push(user_id);
            old.push(one);
        }
    }
    let in_realm = others_of_realm(conn, person).await?;
    let is_in_realm = !in_realm.is_empty();
    holders.extend(in_realm);
    holders.sort_unstable();
    holders.dedup();
    match holders.len() {
        0 => Ok(None),
        1 => Ok(holders.pop().map(|user_id| Elsewhere { user_id, old, in_realm: is_in_realm })),
        _ => Err(taken(conn, "the person's identifiers are linked to different accounts", &holders).await),
    }
}

async fn others_of_realm(conn: &mut Conn, person: &Person<'_>) -> Result<Vec<String>, Refused> {
    let (kind, realm, identity) = (&person.case.kind.id, person.realm(), &person.case.identity);
    let mut users = Vec::new();
    if !realm.is_empty() {
        for subject in std::iter::once(&identity.subject).chain(&identity.former) {
            users.extend(bindings::in_realm(conn, kind, realm, subject).await?);
        }
    }
    Ok(users)
}

/// An identifier that an organisation hands out can have been handed on. What else is known of the person must not
/// speak for somebody else.
async fn refuse_if_contradicted(
    conn: &mut Conn,
    app: &App,
    person: &Person<'_>,
    known: &Elsewhere,
) -> Result<(), Refused> {
    let here = |held: &bindings::Held| held.authenticator_id == person.key.authenticator_id && held.is_subject();
    if bindings::held_by(conn, &known.user_id).await?.iter().any(here) {
        let why = "the account that the identifier is linked to belongs to another subject";
        return Err(taken(conn, why, std::slice::from_ref(&known.user_id)).await);
    }
    let Ok((number, _)) = phone::vouched(person, app) else { return Ok(()) };
    let mut owners: Vec<String> =
        users::find_by_verified_phone(conn, &number).await?.into_iter().map(|user| user.id).collect();
    if owners.is_empty() || owners.contains(&known.user_id) {
        return Ok(());
    }
    owners.insert(0, known.user_id.clone());
    let why = "the identifier is linked to one account, and the telephone number belongs to another";
    Err(taken(conn, why, &owners).await)
}

/// The refusal of a person who would be two users at once. The names of the accounts are for an administrator.
pub(super) async fn taken(conn: &mut Conn, why: &str, user_ids: &[String]) -> Refused {
    let mut names = Vec::with_capacity(user_ids.len());
    for id in user_ids {
        match users::find(conn, id).await {
            Ok(user) => names.extend(user.map(|user| user.username)),
            Err(error) => return error.into(),
        }
    }
    Refused::new(Refusal::LinkTaken, format!("{why}: {}", names.join(", ")))
}

/// The user, who stays active until the transaction ends.
pub(super) async fn hold(conn: &mut Conn, user_id: &str) -> Result<UserRow, Refused> {
    let disabled = || Refused::new(Refusal::AccountDisabled, format!("the account is disabled: {user_id}"));
    users::hold(conn, user_id).await?.ok_or_else(disabled)
}

impl Elsewhere {
    /// Whether nothing but identifiers of another kind than the subject says who it is.
    fn only_by_other_keys(&self) -> bool {
        !self.in_realm && !self.old.iter().any(OldKey::was_subject)
    }

    fn how(&self) -> How {
        match self.old.first() {
            Some(key) if key.was_subject() => How::Former,
            Some(_) => How::Moved,
            None => How::Realm,
        }
    }

    /// Makes the link by the subject: out of the first old one, whose brothers go, or as a new one.
    pub(super) async fn make_link(
        &self,
        conn: &mut Conn,
        person: &Person<'_>,
        how: How,
        made_by: &str,
    ) -> Result<Written, Refused> {
        let Some((first, rest)) = self.old.split_first() else {
            return insert(conn, person, &self.user_id, how, made_by).await;
        };
        let link =
            NewBinding { key: &person.key, user_id: &self.user_id, using: person.using(), how: how.name(), made_by };
        if !bindings::relink(conn, &first.key, &link).await? {
            let why = "the link was moved by somebody else at the same moment";
            return Err(taken(conn, why, std::slice::from_ref(&self.user_id)).await);
        }
        for one in rest {
            bindings::remove(conn, &one.key, &self.user_id).await?;
        }
        Ok(Written { moved: self.old.iter().map(|one| one.kind.clone()).collect(), ..Written::default() })
    }
}

/// Makes a new link by the subject.
pub(super) async fn insert(
    conn: &mut Conn,
    person: &Person<'_>,
    user_id: &str,
    how: How,
    made_by: &str,
) -> Result<Written, Refused> {
    let link = NewBinding { key: &person.key, user_id, using: person.using(), how: how.name(), made_by };
    bindings::insert(conn, &link).await?;
    Ok(Written { linked: true, ..Written::default() })
}
