//! The order of the authenticators, which is that of the sign-in page.

use std::sync::Arc;

use super::directory::Authenticator;
use super::service::{Effect, Refused, save};
use crate::app::App;
use crate::audit::Entry;
use crate::store::authenticators;

/// Moves an authenticator one place up or down.
pub(crate) async fn shift(app: &App, actor: &str, uid: &str, up: bool) -> Result<(), Refused> {
    let mut order: Vec<Arc<Authenticator>> = app.authenticators.all().to_vec();
    let from = order.iter().position(|one| one.uid == uid).ok_or(Refused::NotFound)?;
    let to = if up { from.checked_sub(1) } else { Some(from + 1).filter(|to| *to < order.len()) };
    let Some(to) = to else { return Ok(()) };
    order.swap(from, to);
    let uids = order.iter().map(|one| one.uid.clone()).collect::<Vec<_>>();
    reorder(app, actor, uid, &uids).await
}

/// Puts the authenticators into the order of `uids`; those that are not named follow in the order they had.
pub(crate) async fn reorder(app: &App, actor: &str, subject: &str, uids: &[String]) -> Result<(), Refused> {
    let all = app.authenticators.all();
    if uids.iter().any(|uid| all.iter().all(|one| one.uid != *uid)) {
        return Err(Refused::NotFound);
    }
    let rank = |one: &Authenticator| uids.iter().position(|uid| *uid == one.uid).unwrap_or(usize::MAX);
    let mut order: Vec<_> = all.iter().cloned().collect();
    order.sort_by_key(|one| rank(one));
    let ids: Vec<String> = order.iter().map(|one| one.id.clone()).collect();
    let entry = Entry::new("authenticator.moved").actor(actor).subject(subject);
    save(app, entry, None, Effect::Neither, move |conn| {
        Box::pin(async move {
            for (id, position) in ids.iter().zip(1..) {
                authenticators::put_position(conn, id, position).await?;
            }
            Ok(())
        })
    })
    .await
}
