//! Whose account is it? Decided in one transaction, together with the session and the journal entry.
//!
//! The order is: link, then verified telephone number (once), then sign-up, else refusal. E-mail addresses and names
//! never decide. An empty value never matches; ambiguity refuses; accounts of administrators are never linked by
//! telephone number alone.

use plugin_api::{Identity, Provenance, SubjectScope};
use serde_json::json;

use super::refusal::Refusal;
use super::{Refused, phone};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::ids::{self, Token};
use crate::session::{self, Session};
use crate::store::bindings::{self, BindingKey};
use crate::store::{Conn, authenticators, users};
use crate::users::newcomer;
use crate::web::peer::Caller;

/// Longest subject that is stored.
const LONGEST_SUBJECT: usize = 255;

/// A person who may have a session: proof that a sign-in was completed. Only this module's decision and a checked
/// password make one.
#[derive(Debug)]
pub(crate) struct Admitted {
    user_id: String,
    authenticator_id: String,
    /// By which rule, for the journal.
    how: How,
}

/// The rule by which an account was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    Link,
    Phone,
    SignUp,
    Password,
}

impl How {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Phone => "phone",
            Self::SignUp => "sign-up",
            Self::Password => "password",
        }
    }
}

impl Admitted {
    /// After a checked password.
    pub(super) fn by_password(user_id: String) -> Self {
        Self { user_id, authenticator_id: session::PASSWORD.into(), how: How::Password }
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
}

/// What the decision is about.
pub(super) struct Case {
    pub(super) authenticator_id: String,
    pub(super) authenticator_uid: String,
    pub(super) scope: SubjectScope,
    pub(super) sign_up: bool,
    pub(super) identity: Identity,
    pub(super) caller: Caller,
}

/// Decides, and opens the session in the same transaction.
pub(super) async fn admit(app: &App, case: Case) -> Result<Session, Refused> {
    check_subject(&case.identity)?;
    let app = app.clone();
    let store = app.store.clone();
    let id = Token::new(&*app.entropy);
    let uid = case.authenticator_uid.clone();
    let (guard, presented) = (app.guard.clone(), case.caller.presented.clone());
    let session = store
        .write(move |conn| {
            Box::pin(async move {
                let admitted = decide(conn, &app, &case).await?;
                let now = app.clock.now_ms();
                let entry = Entry::new("signin.completed")
                    .actor(admitted.user_id())
                    .subject(&case.authenticator_uid)
                    .detail(json!({"how": admitted.how.name(), "address": case.caller.address_text()}));
                audit::insert(conn, &app, entry).await?;
                let limits = app.guard.limits();
                Ok::<_, Refused>(
                    session::open(conn, id, &admitted, case.caller.presented.as_deref(), now, limits).await?,
                )
            })
        })
        .await?;
    if let Some(ended) = presented {
        guard.forget(&ended);
    }
    tracing::info!(target: "gatehouse::signin", authenticator = uid, "sign-in completed");
    Ok(session)
}

fn check_subject(identity: &Identity) -> Result<(), Refused> {
    let subject = &identity.subject;
    if subject.trim().is_empty() || subject.len() > LONGEST_SUBJECT || subject.chars().any(char::is_control) {
        return Err(Refused::new(Refusal::ProviderBadAnswer, "the identity has no usable subject"));
    }
    Ok(())
}

async fn decide(conn: &mut Conn, app: &App, case: &Case) -> Result<Admitted, Refused> {
    if !authenticators::is_enabled(conn, &case.authenticator_id).await? {
        return Err(Refusal::AuthenticatorOff.into());
    }
    let key = key_of(case)?;
    let name = format!("subject\u{0}{}\u{0}{}\u{0}{}", key.authenticator_id, key.namespace, key.subject);
    let name = ids::hex(name.as_bytes());
    bindings::lock(conn, &name).await?;
    let linked = bindings::follow(conn, &key, case.identity.tenant.as_deref(), app.clock.now_ms()).await?;
    let admitted = match linked {
        Some(user_id) => by_link(conn, case, user_id).await,
        None => by_phone_or_sign_up(conn, app, case, &key).await,
    }?;
    bindings::unlock(conn, &name).await?;
    Ok(admitted)
}

fn key_of(case: &Case) -> Result<BindingKey, Refused> {
    let namespace = match (case.scope, &case.identity.tenant) {
        (SubjectScope::Authenticator, _) => String::new(),
        (SubjectScope::Tenant, Some(tenant)) if !tenant.is_empty() => tenant.clone(),
        (SubjectScope::Tenant, _) => {
            return Err(Refused::new(Refusal::ProviderBadAnswer, "the identity has no tenant, but its type needs one"));
        }
    };
    Ok(BindingKey {
        authenticator_id: case.authenticator_id.clone(),
        namespace,
        subject: case.identity.subject.clone(),
    })
}

async fn by_link(conn: &mut Conn, case: &Case, user_id: String) -> Result<Admitted, Refused> {
    if !users::hold_active(conn, &user_id).await? {
        return Err(Refusal::AccountDisabled.into());
    }
    Ok(Admitted { user_id, authenticator_id: case.authenticator_id.clone(), how: How::Link })
}

async fn by_phone_or_sign_up(conn: &mut Conn, app: &App, case: &Case, key: &BindingKey) -> Result<Admitted, Refused> {
    let e164 = verified_phone(&case.identity, &app.config.default_country_code)?;
    let name = format!("phone{e164}");
    bindings::lock(conn, &name).await?;
    let found = users::find_by_verified_phone(conn, &e164).await?;
    let (user_id, how) = match found.as_slice() {
        [] if !case.sign_up => return Err(Refusal::SignUpOff.into()),
        [] => (newcomer::create(conn, app, &case.identity, &e164).await?, How::SignUp),
        [user] => (linkable(conn, case, user).await?, How::Phone),
        _ => return Err(Refusal::PhoneAmbiguous.into()),
    };
    let tenant = case.identity.tenant.as_deref();
    bindings::insert(conn, key, &user_id, tenant, how.name(), app.clock.now_ms()).await?;
    bindings::unlock(conn, &name).await?;
    Ok(Admitted { user_id, authenticator_id: case.authenticator_id.clone(), how })
}

/// The person's number, if somebody who knows vouches for it.
fn verified_phone(identity: &Identity, default_country: &str) -> Result<String, Refused> {
    let claim = identity.phone.as_ref().filter(|claim| claim.provenance != Provenance::SelfDeclared);
    let claim = claim.ok_or(Refusal::NoPhone)?;
    phone::of_provider(&claim.value, default_country).map_err(|fault| match fault {
        phone::PhoneFault::Absent => Refusal::NoPhone.into(),
        phone::PhoneFault::Unusable => Refusal::PhoneUnusable.into(),
    })
}

/// Whether this account may be linked because of its telephone number.
async fn linkable(conn: &mut Conn, case: &Case, user: &users::UserRow) -> Result<String, Refused> {
    if !users::hold_active(conn, &user.id).await? {
        return Err(Refusal::AccountDisabled.into());
    }
    if users::roles(conn, &user.id).await?.iter().any(|role| role == "admin") {
        return Err(Refusal::PrivilegedAccount.into());
    }
    if bindings::user_is_bound(conn, &case.authenticator_id, &user.id).await? {
        return Err(Refusal::PhoneTaken.into());
    }
    Ok(user.id.clone())
}
