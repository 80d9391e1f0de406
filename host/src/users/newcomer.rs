//! A user who is made by a first sign-in: least role, no password.

use plugin_api::Identity;
use serde_json::json;

use super::{claims, names};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::ids;
use crate::store::Conn;
use crate::store::users::{self, Source, UserRow};

/// What a newcomer may do.
pub(crate) const ROLES: [&str; 1] = ["member"];

/// Creates the user of an identity that matched nobody. `phone` is the verified number, and who vouches for it.
pub(crate) async fn create(
    conn: &mut Conn,
    app: &App,
    identity: &Identity,
    phone: (&str, Source),
) -> Result<UserRow, Failure> {
    let now = app.clock.now_ms();
    let username = format!("user-{}", ids::reference(&*app.entropy).to_lowercase().replace('-', ""));
    let email = free_email(conn, identity).await?;
    let user = UserRow {
        id: ids::row_id(&*app.clock, &*app.entropy),
        username_key: names::fold(&username),
        nickname: claims::name(identity).unwrap_or_else(|| username.clone()),
        nickname_source: Source::Provider,
        username,
        email_key: email.as_deref().map(names::fold),
        email,
        email_source: Source::Provider,
        phone: Some(phone.0.to_owned()),
        phone_source: Some(phone.1),
        avatar_url: claims::picture(identity),
        avatar_source: Source::Provider,
        created_at: now,
        updated_at: now,
        ..UserRow::default()
    };
    users::insert(conn, &user, &ROLES.map(str::to_owned)).await?;
    let entry = Entry::new("user.signed-up").actor(&user.id).subject(&user.username).detail(json!({}));
    audit::insert(conn, app, entry).await?;
    Ok(user)
}

/// The e-mail address, unless it is malformed or somebody's already.
async fn free_email(conn: &mut Conn, identity: &Identity) -> Result<Option<String>, Failure> {
    let Some(email) = claims::email(identity) else { return Ok(None) };
    let taken = users::find_by_login(conn, &names::fold(&email)).await?.is_some();
    Ok((!taken).then_some(email))
}
