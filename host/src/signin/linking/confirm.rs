//! The person said yes.

use super::Named;
use crate::app::App;
use crate::authenticators::directory::Authenticator;
use crate::signin::Refused;
use crate::signin::admit::{Case, How, confirm_link};
use crate::signin::refusal::Refusal;

/// Links the account that the provider named to `user_id`, who said so.
pub(super) async fn confirm(app: &App, named: Named, user_id: &str) -> Result<(), Refused> {
    let authenticator = authenticator_of(app, &named).ok_or(Refusal::AuthenticatorOff)?;
    let (_, kind) = app.registry.type_of(&authenticator.kind).ok_or(Refusal::PluginOff)?;
    let case = Case { authenticator, kind, identity: named.identity };
    let (app, store, user_id) = (app.clone(), app.store.clone(), user_id.to_owned());
    store
        .write(move |conn| {
            Box::pin(
                async move { confirm_link(conn, &app, &case, &user_id, &user_id, How::Confirmed).await.map(|_| ()) },
            )
        })
        .await
}

/// The authenticator through which the provider named the person, if it is still switched on.
pub(super) fn authenticator_of(app: &App, named: &Named) -> Option<std::sync::Arc<Authenticator>> {
    let all = app.authenticators.all();
    all.iter().find(|one| one.id == named.authenticator_id && one.enabled).cloned()
}
