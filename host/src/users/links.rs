//! What an administrator does about the links of a user.

use serde_json::json;

use super::service::UserRefused;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::store::revisions::{self, Topic};
use crate::store::{bindings, sessions, users};

/// Removes a link, and ends the user's sessions that began at its authenticator. `link` is the
/// [id](bindings::BindingRow::id).
pub(crate) async fn remove(app: &App, actor: &str, user_id: &str, link: &str) -> Result<(), UserRefused> {
    let (inner, actor) = (app.clone(), actor.to_owned());
    let (user_id, link) = (user_id.to_owned(), link.to_owned());
    app.store
        .write(move |conn| {
            Box::pin(async move {
                let user = users::find(conn, &user_id).await?.ok_or(UserRefused::NotFound)?;
                let mut links = bindings::of_user(conn, &user_id).await?.into_iter();
                let found = links.find(|one| one.id() == link).ok_or(UserRefused::NotFound)?;
                // First, because a sign-in holds the link before it touches what comes next.
                if !bindings::remove(conn, &found.key, &user_id).await? {
                    return Err(UserRefused::NotFound);
                }
                sessions::delete_of_user_at(conn, &user_id, &found.key.authenticator_id).await?;
                revisions::raise(conn, Topic::Sessions).await?;
                let detail = json!({"authenticator": found.authenticator_uid, "how": found.how});
                let entry = Entry::new("user.unlinked").actor(&actor).subject(&user.username).detail(detail);
                Ok(audit::insert(conn, &inner, entry).await?)
            })
        })
        .await?;
    app.guard.forget_all();
    Ok(())
}
