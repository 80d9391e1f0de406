//! Whether the person is there right now, and not only their session (SE-7): a sign-in of the last ten minutes, or the
//! password once more.

use axum::response::Response;
use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::session::guard::Visit;
use crate::session::{self, Session};
use crate::signin::client::entry;
use crate::signin::password;
use crate::users::service;
use crate::web::visitor::Member;

/// How long a sign-in counts, in milliseconds (ASVS 7.5.1).
const WINDOW: u64 = 10 * 60 * 1000;

/// What is asked of a person before they may change how they sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing: they signed in just now.
    Nothing,
    /// Their password.
    Password,
    /// To sign in again, because they have no password that counts.
    SignIn,
}

/// Somebody who is there right now.
pub(crate) struct Proven {
    /// The session in which they go on, if the password was given; it took the place of the other one.
    renewed: Option<Session>,
    session_hash: String,
}

/// Why it is not certain.
pub(crate) enum Unproven {
    /// This is still to be done; whether what was given for it is wrong.
    Missing { proof: Proof, wrong: bool },
    /// A fault of ours.
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for Unproven {
    fn from(failure: E) -> Self {
        Self::Failure(failure.into())
    }
}

impl Proven {
    /// The hash of the session in which they go on.
    pub(crate) fn session_hash(&self) -> &str {
        &self.session_hash
    }

    /// The response with the session's cookie, if it is a new one.
    pub(crate) fn on(&self, app: &App, headers: &HeaderMap, response: Response) -> Response {
        match &self.renewed {
            Some(session) => entry::arrived(app, headers, session.on(response), session.id_hash()),
            None => response,
        }
    }
}

/// What is asked of whoever is signed in.
pub(crate) async fn needed(app: &App, visit: &Visit) -> Result<Proof, Failure> {
    // A sign-in that seems to lie in the future counts no longer than one in the past.
    if app.clock.now_ms().abs_diff(visit.created_at) <= WINDOW {
        return Ok(Proof::Nothing);
    }
    let known = service::find(app, &visit.user_id).await?;
    let has_password = known.is_some_and(|known| known.user.password_hash.is_some());
    Ok(if has_password && app.authenticators.password_is_enabled() { Proof::Password } else { Proof::SignIn })
}

/// Makes sure that the person is there, by `password` if their sign-in was too long ago.
pub(crate) async fn prove(member: &Member, password: &SecretString) -> Result<Proven, Unproven> {
    let app = &member.visitor.app;
    match needed(app, &member.visit).await? {
        Proof::Nothing => Ok(Proven { renewed: None, session_hash: member.visit.id_hash.clone() }),
        Proof::Password if !password.expose_secret().is_empty() => by_password(member, password).await,
        proof => Err(Unproven::Missing { proof, wrong: false }),
    }
}

/// What is asked for what must not be done by a session alone: the password each time, of whoever has one.
pub(crate) async fn needed_each_time(app: &App, visit: &Visit) -> Result<Proof, Failure> {
    let known = service::find(app, &visit.user_id).await?;
    let has_password = known.is_some_and(|known| known.user.password_hash.is_some());
    if has_password && app.authenticators.password_is_enabled() {
        Ok(Proof::Password)
    } else {
        needed(app, visit).await
    }
}

/// Makes sure that the person is there, by their password however recent their sign-in is.
pub(crate) async fn prove_each_time(member: &Member, password: &SecretString) -> Result<Proven, Unproven> {
    match needed_each_time(&member.visitor.app, &member.visit).await? {
        Proof::Nothing => Ok(Proven { renewed: None, session_hash: member.visit.id_hash.clone() }),
        Proof::Password if !password.expose_secret().is_empty() => by_password(member, password).await,
        proof => Err(Unproven::Missing { proof, wrong: false }),
    }
}

async fn by_password(member: &Member, password: &SecretString) -> Result<Proven, Unproven> {
    let (app, visit) = (&member.visitor.app, &member.visit);
    let known = service::find(app, &visit.user_id).await?;
    let hash = known.and_then(|known| known.user.password_hash);
    if !app.passwords.verify(password.expose_secret(), hash.as_deref()).await? {
        let entry = Entry::new("signin.refused").refused().actor(&visit.user_id).subject(session::PASSWORD);
        let address = member.visitor.caller().address_text();
        audit::record(app, entry.detail(json!({"address": address}))).await?;
        return Err(Unproven::Missing { proof: Proof::Password, wrong: true });
    }
    let session = password::again(app, visit, member.visitor.caller()).await?;
    Ok(Proven { session_hash: session.id_hash().to_owned(), renewed: Some(session) })
}
