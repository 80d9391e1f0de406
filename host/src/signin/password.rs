//! The other way in: username or e-mail address, and password.

use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::admit::Admitted;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::ids::Token;
use crate::session::guard::Visit;
use crate::session::{self, Session};
use crate::store::users;
use crate::users::names;
use crate::web::peer::Caller;

/// Why there is no session.
pub(crate) enum PasswordRefused {
    /// Unknown, wrong, disabled, without a password: told to nobody apart.
    Wrong,
    /// Signing in with a password is switched off.
    Off,
    /// A fault of ours.
    Failure(Failure),
}

impl From<Failure> for PasswordRefused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<crate::store::StoreError> for PasswordRefused {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Failure(error.into())
    }
}

/// Checks the password of `login` and opens a session.
pub(crate) async fn sign_in(
    app: &App,
    login: &str,
    password: SecretString,
    caller: Caller,
) -> Result<Session, PasswordRefused> {
    if !app.authenticators.password_is_enabled() {
        return Err(PasswordRefused::Off);
    }
    let key = names::fold(login);
    let user = {
        let mut conn = app.store.read().await?;
        users::find_by_login(&mut conn, &key).await?
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    // An unknown name costs the same work as a wrong password.
    let right = app.passwords.verify(password.expose_secret(), hash.as_deref()).await?;
    let Some(user) = user.filter(|user| right && !user.disabled) else {
        let entry = Entry::new("signin.refused").refused().subject(session::PASSWORD);
        audit::record(app, entry.detail(json!({"address": caller.address_text()}))).await?;
        app.metrics.sign_ins.refused(session::PASSWORD, "wrong-password");
        return Err(PasswordRefused::Wrong);
    };
    open(app, user.id, caller).await
}

async fn open(app: &App, user_id: String, caller: Caller) -> Result<Session, PasswordRefused> {
    let id = Token::new(&*app.entropy);
    let app = app.clone();
    let store = app.store.clone();
    let (guard, metrics, presented) = (app.guard.clone(), app.metrics.clone(), caller.presented.clone());
    let session = store
        .write(move |conn| {
            Box::pin(async move {
                if users::hold(conn, &user_id).await?.is_none() {
                    return Err(PasswordRefused::Wrong);
                }
                let admitted = Admitted::by_password(user_id);
                let entry = Entry::new("signin.completed").actor(admitted.user_id()).subject(session::PASSWORD);
                let entry = entry.detail(json!({"how": admitted.how().name(), "address": caller.address_text()}));
                audit::insert(conn, &app, entry).await?;
                let (now, limits) = (app.clock.now_ms(), app.guard.limits());
                Ok(session::open(conn, id, &admitted, &caller, now, limits).await?)
            })
        })
        .await;
    if session.is_ok() {
        metrics.sign_ins.completed(session::PASSWORD);
        if let Some(ended) = presented {
            guard.forget(&ended);
        }
    }
    session
}

/// Opens a new session for somebody who just proved their password again, in place of the one they had.
pub(crate) async fn again(app: &App, visit: &Visit, caller: Caller) -> Result<Session, Failure> {
    match open(app, visit.user_id.clone(), caller).await {
        Ok(session) => Ok(session),
        Err(PasswordRefused::Failure(failure)) => Err(failure),
        Err(_) => Err(Failure::new("the account was disabled meanwhile")),
    }
}
