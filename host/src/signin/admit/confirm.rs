//! A link that the person asked for, while signed in.

use serde_json::json;

use super::link::{self, taken};
use super::person::Person;
use super::{Case, How, Written};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::signin::Refused;
use crate::signin::refusal::Refusal;
use crate::store::{Conn, authenticators, bindings};

/// Links the person of `case` to the user `user_id`, because `made_by` (a user's id) said so, and writes it to the
/// journal. That they said so, and who they are, is for the caller to be sure of. A link that is there already stays as
/// it is; one by another identifier moves to the subject.
///
/// # Errors
/// [`Refusal::LinkTaken`] if anything links the person to somebody else, [`Refusal::AccountDisabled`],
/// [`Refusal::AuthenticatorOff`]. The transaction is to be rolled back then.
pub(crate) async fn confirm_link(
    conn: &mut Conn,
    app: &App,
    case: &Case,
    user_id: &str,
    made_by: &str,
    how: How,
) -> Result<Written, Refused> {
    if !authenticators::is_enabled(conn, &case.authenticator.id).await? {
        return Err(Refusal::AuthenticatorOff.into());
    }
    let person = Person::of(case, app.clock.now_ms())?;
    let lock = person.lock();
    bindings::lock(conn, &lock).await?;
    let written = match bindings::find(conn, &person.key).await? {
        Some(holder) if holder == user_id => Written::default(),
        Some(holder) => return Err(taken(conn, "the person is linked to another account", &[holder]).await),
        None => match link::search(conn, &person).await? {
            Some(known) if known.user_id != user_id => {
                return Err(taken(conn, "the person is known as another account", &[known.user_id]).await);
            }
            Some(known) => known.make_link(conn, &person, how, made_by).await?,
            None => link::insert(conn, &person, user_id, how, made_by).await?,
        },
    };
    let user = link::hold(conn, user_id).await?;
    bindings::unlock(conn, &lock).await?;
    if written == Written::default() {
        return Ok(written);
    }
    let mut detail = written.detail();
    detail.insert("authenticator".into(), json!(case.authenticator.uid));
    detail.insert("how".into(), json!(how.name()));
    let entry = Entry::new("user.linked").actor(made_by).subject(&user.username).detail(detail.into());
    audit::insert(conn, app, entry).await?;
    Ok(written)
}
