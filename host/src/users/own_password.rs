//! The change of one's own password.

use secrecy::{ExposeSecret, SecretString};

use super::form_page::UserField;
use super::service::{self, UserRefused};
use crate::app::App;
use crate::failure::Failure;
use crate::session::Session;
use crate::session::guard::Visit;
use crate::signin::password;
use crate::ui::fault::FieldFault;
use crate::web::peer::Caller;

/// Why the password stays.
pub(crate) enum OwnPasswordRefused {
    /// The present password is not right.
    Current(FieldFault),
    /// The new password cannot be.
    New(FieldFault),
    /// A fault of ours.
    Failure(Failure),
}

impl From<Failure> for OwnPasswordRefused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Changes the password of whoever is signed in. All their sessions end, and a new one begins.
pub(crate) async fn change(
    app: &App,
    visit: &Visit,
    caller: Caller,
    current: &SecretString,
    new: &SecretString,
) -> Result<Session, OwnPasswordRefused> {
    let known = service::find(app, &visit.user_id).await?;
    let hash = known.and_then(|known| known.user.password_hash);
    if !app.passwords.verify(current.expose_secret(), hash.as_deref()).await? {
        return Err(OwnPasswordRefused::Current(FieldFault::PasswordWrong));
    }
    if current.expose_secret() == new.expose_secret() {
        return Err(OwnPasswordRefused::New(FieldFault::PasswordUnchanged));
    }
    service::set_password(app, &visit.user_id, &visit.user_id, new, "").await.map_err(of_new)?;
    Ok(password::again(app, visit, caller).await?)
}

fn of_new(refused: UserRefused) -> OwnPasswordRefused {
    let fault = match refused {
        UserRefused::Failure(failure) => return OwnPasswordRefused::Failure(failure),
        UserRefused::Invalid(faults) => faults.into_iter().find(|(field, _)| *field == UserField::Password),
        _ => None,
    };
    OwnPasswordRefused::New(fault.map_or(FieldFault::Required, |(_, fault)| fault))
}
