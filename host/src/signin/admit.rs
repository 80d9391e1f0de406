//! Whose account is it? Decided in one transaction, together with the session and the journal entry.
//!
//! First the [links](link): the one by the person's subject; else one by another identifier that is theirs for good, or
//! by a subject that they had before, which then moves to the subject; else one of the same realm at another
//! authenticator of the same type, beside which this authenticator gets its own. Nobody of that: the
//! [verified telephone number](phone), once; then sign-up; else refusal. E-mail addresses and names never decide. An
//! empty value never matches; ambiguity and contradiction refuse; accounts of administrators are never linked by
//! telephone number alone. At last the account's profile is [brought up to date](crate::users::refresh).
//!
//! [`decide`] writes to its connection and nowhere else, so that a rehearsal can roll all of it back. People who are
//! signed in may also link an account themselves: [`confirm_link`].

mod confirm;
mod link;
mod person;
mod phone;

use std::sync::Arc;

use plugin_api::{AuthenticatorType, Identity};
use serde_json::{Map, Value, json};

pub(crate) use confirm::confirm_link;
use person::Person;

use super::Refused;
use super::refusal::Refusal;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::authenticators::directory::Authenticator;
use crate::ids::Token;
use crate::session::{self, Session};
use crate::store::users::UserRow;
use crate::store::{Conn, authenticators, bindings};
use crate::users::refresh::{self, Refreshed};
use crate::web::peer::Caller;

/// A person who may have a session: proof that a sign-in was completed. Only this module's decision and a checked
/// password make one.
#[derive(Debug)]
pub(crate) struct Admitted {
    user_id: String,
    authenticator_id: String,
    /// By which rule, for the journal.
    how: How,
    /// What the decision wrote besides the use of a link.
    written: Written,
}

/// The rule by which an account was found. Its name is also how a link came about that the rule made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// A link by the person's subject.
    Link,
    /// A link by another identifier of theirs, moved to the subject.
    Moved,
    /// A link by a subject that they had before, moved to the present one.
    Former,
    /// A link at another authenticator, within which the subject means the same person.
    Realm,
    /// The verified telephone number.
    Phone,
    /// Nobody: the account was made.
    SignUp,
    /// The person confirmed it while signed in.
    Confirmed,
    /// A checked password.
    Password,
}

/// What a decision wrote besides the use of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// A link was made, and not only moved.
    pub(crate) linked: bool,
    /// What the links were by that became the one by the subject: kinds of keys; `subject` for a former one.
    pub(crate) moved: Vec<String>,
    /// The account was made.
    pub(crate) created: bool,
    /// What changed in the account's profile, and what had to stay.
    pub(crate) profile: Refreshed,
}

/// What the decision is about: what a plug-in says about a person, and through which authenticator.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) authenticator: Arc<Authenticator>,
    /// Its type.
    pub(crate) kind: Arc<AuthenticatorType>,
    pub(crate) identity: Identity,
}

/// The account that a rule found, held active until the transaction ends.
struct Found {
    user: UserRow,
    how: How,
    written: Written,
}

/// Decides, and opens the session in the same transaction.
pub(crate) async fn admit(app: &App, case: Case, caller: Caller) -> Result<Session, Refused> {
    let app = app.clone();
    let store = app.store.clone();
    let id = Token::new(&*app.entropy);
    let uid = case.authenticator.uid.clone();
    let (guard, metrics, presented) = (app.guard.clone(), app.metrics.clone(), caller.presented.clone());
    let session = store
        .write(move |conn| {
            Box::pin(async move {
                if !authenticators::is_enabled(conn, &case.authenticator.id).await? {
                    return Err(Refusal::AuthenticatorOff.into());
                }
                let admitted = decide(conn, &app, &case).await?;
                let (now, limits) = (app.clock.now_ms(), app.guard.limits());
                let session = session::open(conn, id, &admitted, &caller, now, limits).await?;
                // Inside a provider's client, going on in one's session is no sign-in worth an entry.
                if session.is_new() || admitted.written.is_something() {
                    audit::insert(conn, &app, completed(&admitted, &case, &caller)).await?;
                }
                Ok::<_, Refused>(session)
            })
        })
        .await?;
    if let Some(ended) = presented {
        guard.forget(&ended);
    }
    metrics.sign_ins.completed(&uid);
    tracing::info!(target: "gatehouse::signin", authenticator = uid, "sign-in completed");
    Ok(session)
}

fn completed(admitted: &Admitted, case: &Case, caller: &Caller) -> Entry {
    let mut detail = admitted.written.detail();
    detail.insert("how".into(), admitted.how.name().into());
    detail.insert("address".into(), json!(caller.address_text()));
    detail.insert("channel".into(), json!(caller.channel));
    Entry::new("signin.completed").actor(admitted.user_id()).subject(&case.authenticator.uid).detail(detail.into())
}

/// Decides whose account it is, and writes what follows from it to `conn`, which is a transaction. Nothing else is
/// touched: if the transaction is rolled back, nothing came of it. Whether the authenticator is switched on is for the
/// caller to be sure of.
///
/// # Errors
/// A refusal, after which the transaction is to be rolled back.
pub(crate) async fn decide(conn: &mut Conn, app: &App, case: &Case) -> Result<Admitted, Refused> {
    let person = Person::of(case, app.clock.now_ms())?;
    let mut found = match link::by_subject(conn, &person).await? {
        Some(found) => found,
        None => first_time(conn, app, &person).await?,
    };
    if !found.written.created {
        let (identity, fields) = (&case.identity, &case.authenticator.refresh);
        found.written.profile = refresh::refresh(conn, app, &mut found.user, identity, fields).await?;
    }
    let Found { user, how, written } = found;
    Ok(Admitted { user_id: user.id, authenticator_id: case.authenticator.id.clone(), how, written })
}

/// Nobody is linked to the subject. Two first sign-ins of one person wait for each other here.
async fn first_time(conn: &mut Conn, app: &App, person: &Person<'_>) -> Result<Found, Refused> {
    let lock = person.lock();
    // Whoever was waited for may have made the link.
    let again = if bindings::lock(conn, &lock).await? { link::by_subject(conn, person).await? } else { None };
    let found = match again {
        Some(found) => found,
        None => match link::elsewhere(conn, app, person).await? {
            Some(found) => found,
            None => phone::match_or_sign_up(conn, app, person).await?,
        },
    };
    bindings::unlock(conn, &lock).await?;
    Ok(found)
}

impl Admitted {
    /// After a checked password.
    pub(super) fn by_password(user_id: String) -> Self {
        Self { user_id, authenticator_id: session::PASSWORD.into(), how: How::Password, written: Written::default() }
    }

    pub(crate) fn user_id(&self) -> &str {
        &self.user_id
    }

    pub(crate) fn authenticator_id(&self) -> &str {
        &self.authenticator_id
    }

    pub(crate) fn how(&self) -> How {
        self.how
    }

    pub(crate) fn written(&self) -> &Written {
        &self.written
    }
}

impl How {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Moved => "moved",
            Self::Former => "former",
            Self::Realm => "realm",
            Self::Phone => "phone",
            Self::SignUp => "sign-up",
            Self::Confirmed => "confirmed",
            Self::Password => "password",
        }
    }
}

impl Written {
    /// Whether links or the account are different now.
    fn is_something(&self) -> bool {
        self.linked || self.created || !self.moved.is_empty() || !self.profile.changed.is_empty()
    }

    /// For the journal: what was written, by name and without values. Empty for an ordinary sign-in.
    pub(crate) fn detail(&self) -> Map<String, Value> {
        let names = |fields: &[refresh::Field]| fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(", ");
        let told = [
            ("moved_from", self.moved.join(", ")),
            ("refreshed", names(&self.profile.changed)),
            ("belongs_to_another", names(&self.profile.taken)),
        ];
        told.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name.into(), text.into())).collect()
    }
}
