//! A person removes one of their own links.

use serde_json::json;

use crate::app::App;
use crate::audit::{self, Entry};
use crate::authenticators::directory::Authenticator;
use crate::failure::Failure;
use crate::session::guard::Visit;
use crate::store::{StoreError, own_links, users};

/// Why the link stays.
pub(super) enum UnlinkRefused {
    /// There is none.
    Gone,
    /// Without it, the person could not sign in any more.
    LastWayIn,
    /// A fault of ours.
    Failure(Failure),
}

impl From<Failure> for UnlinkRefused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<StoreError> for UnlinkRefused {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

/// Removes the person's links to an authenticator. Their sessions go on.
pub(super) async fn unlink(app: &App, visit: &Visit, authenticator: &Authenticator) -> Result<(), UnlinkRefused> {
    let with_password = app.authenticators.password_is_enabled();
    let (app, store) = (app.clone(), app.store.clone());
    let (user_id, id, uid) = (visit.user_id.clone(), authenticator.id.clone(), authenticator.uid.clone());
    store
        .write(move |conn| {
            Box::pin(async move {
                // First the link, then the user, as a sign-in does: the other way round, each could wait for the other.
                if own_links::remove(conn, &id, &user_id).await? == 0 {
                    return Err(UnlinkRefused::Gone);
                }
                // Held, so that two links that are removed at once do not each take the other for the way in.
                let user = users::hold(conn, &user_id).await?.ok_or(UnlinkRefused::Gone)?;
                let by_password = with_password && user.password_hash.is_some();
                if !by_password && !own_links::any_in_use(conn, &user_id).await? {
                    return Err(UnlinkRefused::LastWayIn);
                }
                let entry = Entry::new("user.unlinked").actor(&user_id).subject(&user.username);
                Ok(audit::insert(conn, &app, entry.detail(json!({"authenticator": uid}))).await?)
            })
        })
        .await
}
