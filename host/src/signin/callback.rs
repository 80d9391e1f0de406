//! The provider sent the person back.
//!
//! The attempt is taken out of the database, the plug-in says who the person is, and what the attempt was for decides
//! what follows: a session, a question whether to link, or a report.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::HeaderMap;
use plugin_api::{AuthenticatorType, Callback, CallbackGrammar, Channel};
use serde_json::Value;

use super::admit::{self, Case};
use super::attempt::{Attempt, Purpose, Redeemed};
use super::explanation::Person;
use super::linking::{self, Named};
use super::outcome::Course;
use super::refusal::Refusal;
use super::{Refused, rehearsal};
use crate::app::App;
use crate::authenticators::PASSWORD;
use crate::authenticators::directory::Authenticator;
use crate::session::Session;
use crate::session::guard::Visit;
use crate::web::peer::Caller;
use crate::web::visitor::Visitor;

/// Longest query, and longest value in it, in bytes.
const LONGEST_QUERY: usize = 8192;
const LONGEST_VALUE: usize = 2048;

/// Where an attempt ended.
pub(crate) enum Ending {
    /// In a session.
    SignedIn {
        /// The session.
        session: Session,
        /// Where the person wanted to go.
        redirect: String,
    },
    /// In the question whether to link; the cookie says to whom.
    ToConfirm {
        /// See [`linking::offer`].
        cookie: String,
    },
    /// In the report with this id.
    Rehearsed {
        /// See [`rehearsal`].
        id: String,
    },
}

/// Turns the callback of the authenticator `uid` into what its attempt was made for, or into a refusal.
pub(crate) async fn complete(
    visitor: &Visitor,
    uid: &str,
    query: &str,
    headers: &HeaderMap,
) -> Result<Ending, Refused> {
    let course = Course::begin();
    let ending = follow(visitor, uid, query, headers, &course).await;
    ending.map_err(|refused| course.ended(refused))
}

async fn follow(
    visitor: &Visitor,
    uid: &str,
    query: &str,
    headers: &HeaderMap,
    course: &Course,
) -> Result<Ending, Refused> {
    let app = &visitor.app;
    let query = parse(query)?;
    let state = query.get("state").ok_or(Refusal::AttemptUnknown)?;
    // From here on the attempt is spent, whatever happens.
    let attempt = Redeemed::take(app, headers, state).await?.attempt;
    match attempt.purpose.clone() {
        Purpose::SignIn => {
            let redirect = attempt.redirect.clone();
            let caller = Caller { channel: Some(Channel::Redirect), ..visitor.caller() };
            let identified = identify(app, uid, attempt, query, course).await?;
            Ok(Ending::SignedIn { session: admit(app, identified, caller).await?, redirect })
        }
        Purpose::Link(session_hash) => {
            began_in(visitor, &session_hash)?;
            let identified = identify(app, uid, attempt, query, course).await?;
            let cookie = linking::offer(app, &named(&identified), &session_hash).await?;
            Ok(Ending::ToConfirm { cookie })
        }
        Purpose::Rehearsal(session_hash) => {
            let visit = began_in(visitor, &session_hash)?;
            if !visit.is_admin() {
                return Err(Refused::new(Refusal::LinkSession, "the session is not an administrator's any more"));
            }
            let authenticator_id = attempt.authenticator_id.clone();
            let outcome = identify(app, uid, attempt, query, course).await;
            Ok(Ending::Rehearsed { id: rehearsal::finish(app, visit, &authenticator_id, uid, outcome, course).await? })
        }
    }
}

/// The session that the attempt began in, if it is the one that came along.
fn began_in<'a>(visitor: &'a Visitor, session_hash: &str) -> Result<&'a Visit, Refused> {
    let visit = visitor.visit.as_deref().filter(|visit| visit.id_hash == session_hash);
    visit.ok_or_else(|| Refused::new(Refusal::LinkSession, "the attempt began in another session"))
}

/// Decides whose account that is, and opens the session. Whom nobody knows is kept, in case they sign in another way.
async fn admit(app: &App, identified: Case, caller: Caller) -> Result<Session, Refused> {
    let (person, named) = (Person::of(&identified.identity), named(&identified));
    match admit::admit(app, identified, caller).await {
        Ok(session) => Ok(session),
        Err(refused) => Err(linking::remember(app, refused.about(person), &named).await),
    }
}

fn named(identified: &Case) -> Named {
    let (authenticator_id, identity) = (identified.authenticator.id.clone(), identified.identity.clone());
    Named { authenticator_id, identity, in_client: false }
}

/// Lets the plug-in say who came back to the authenticator `uid` with this query.
async fn identify(
    app: &App,
    uid: &str,
    attempt: Attempt,
    query: BTreeMap<String, String>,
    course: &Course,
) -> Result<Case, Refused> {
    let authenticator = open_to(app, uid, &attempt.purpose).ok_or(Refusal::AuthenticatorOff)?;
    if authenticator.id != attempt.authenticator_id {
        return Err(Refused::new(Refusal::AttemptUnknown, "the attempt began at another authenticator"));
    }
    let (_, kind) = app.registry.type_of(&authenticator.kind).ok_or(Refusal::PluginOff)?;
    if authenticator.fingerprint(&kind.form) != attempt.snapshot.fingerprint {
        return Err(Refusal::AuthenticatorChanged.into());
    }
    check_code(&query, &kind.callback)?;
    let callback = Callback {
        authenticator_type: kind.id.clone(),
        redirect_uri: app.redirect_url(uid),
        query,
        memo: attempt.snapshot.memo(),
        language: attempt.language,
        channel: Channel::Redirect,
    };
    ask(app, authenticator, attempt.snapshot.settings, callback, course).await
}

/// Lets the plug-in of an authenticator say who came with this callback. `settings` are those, with the secrets in
/// clear, that the attempt began with.
pub(super) async fn ask(
    app: &App,
    authenticator: Arc<Authenticator>,
    settings: Value,
    callback: Callback,
    course: &Course,
) -> Result<Case, Refused> {
    let (plugin, kind) = app.registry.type_of(&authenticator.kind).ok_or(Refusal::PluginOff)?;
    // What an administrator decided meanwhile about who may come in holds at once.
    let settings = kind.form.with_policies_of(settings, &authenticator.settings);
    let known = values_of_use(&kind, &settings, &callback);
    let mut on = authenticator.on_behalf(app, settings, &kind.form);
    on.trace = course.trace.clone();
    let outcome = plugin.finish(&on, callback).await;
    let identity = outcome.map_err(|fault| course.ended(fault).without(&known))?;
    Ok(Case { authenticator, kind, identity })
}

/// What a thief could use: the secrets of the authenticator, and whatever the browser brought along but an error.
fn values_of_use(kind: &AuthenticatorType, settings: &Value, callback: &Callback) -> Vec<String> {
    let secrets = kind.form.fields().iter().filter(|field| field.is_secret());
    let secrets = secrets.filter_map(|field| settings.get(&field.name)?.as_str());
    let brought = callback.query.iter().filter(|(name, _)| **name != kind.callback.error);
    secrets.chain(brought.map(|(_, value)| value.as_str())).map(str::to_owned).collect()
}

/// The authenticator `uid`, if one can be in the middle of this at it: a rehearsal goes before it is switched on, too.
pub(super) fn open_to(app: &App, uid: &str, purpose: &Purpose) -> Option<Arc<Authenticator>> {
    match purpose {
        Purpose::Rehearsal(_) => app.authenticators.find(uid).filter(|one| one.kind != PASSWORD),
        Purpose::SignIn | Purpose::Link(_) => app.authenticators.enabled(uid),
    }
}

/// The parameters, each at most once, short, and made of printable characters (RFC 6749 section 3.1).
pub(super) fn parse(query: &str) -> Result<BTreeMap<String, String>, Refused> {
    let bad = |why: &str| Refused::new(Refusal::BadCallback, why);
    if query.len() > LONGEST_QUERY {
        return Err(bad("the query is too long"));
    }
    let mut parameters = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let broken = |text: &str| text.chars().any(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER);
        if value.len() > LONGEST_VALUE || broken(&name) || broken(&value) {
            return Err(bad("a parameter is too long or holds characters that none has"));
        }
        if parameters.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(bad("a parameter came twice"));
        }
    }
    Ok(parameters)
}

/// One value of the code under whichever names, or an error, but not neither.
pub(super) fn check_code(query: &BTreeMap<String, String>, grammar: &CallbackGrammar) -> Result<(), Refused> {
    let given = |name: &String| query.get(name).filter(|value| !value.is_empty());
    let mut codes = grammar.code.iter().filter_map(given);
    let first = codes.next();
    if codes.any(|other| Some(other) != first) {
        return Err(Refused::new(Refusal::BadCallback, "two different codes"));
    }
    if first.is_none() && given(&grammar.error).is_none() {
        return Err(Refused::new(Refusal::BadCallback, "neither code nor error"));
    }
    Ok(())
}
