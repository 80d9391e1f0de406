//! A user who is made by a first sign-in: least role, no password.

use plugin_api::Identity;
use serde_json::json;

use super::names;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::ids;
use crate::store::Conn;
use crate::store::users::{self, UserRow};

/// Longest address of a picture that is kept.
const LONGEST_ADDRESS: usize = 1024;

/// Creates the user of an identity that matched nobody, and returns their id.
pub(crate) async fn create(conn: &mut Conn, app: &App, identity: &Identity, phone: &str) -> Result<String, Failure> {
    let now = app.clock.now_ms();
    let id = ids::row_id(&*app.clock, &*app.entropy);
    let username = format!("user-{}", ids::reference(&*app.entropy).to_lowercase().replace('-', ""));
    let nickname = identity.name.as_ref().map(|claim| names::tame(&claim.value)).filter(|name| !name.is_empty());
    let email = free_email(conn, identity).await?;
    let user = UserRow {
        id: id.clone(),
        username_key: names::fold(&username),
        nickname: nickname.unwrap_or_else(|| username.clone()),
        username,
        email_key: email.as_deref().map(names::fold),
        email,
        phone: Some(phone.to_owned()),
        phone_source: Some("provider".into()),
        avatar_url: identity.avatar_url.as_ref().map(|claim| claim.value.clone()).filter(|url| is_picture(url)),
        created_at: now,
        updated_at: now,
        ..UserRow::default()
    };
    users::insert(conn, &user, &["member".to_owned()]).await?;
    let entry = Entry::new("user.signed-up").actor(&id).subject(&user.username).detail(json!({}));
    audit::insert(conn, app, entry).await?;
    Ok(id)
}

/// The e-mail address, unless it is malformed or somebody's already. It is only ever shown.
async fn free_email(conn: &mut Conn, identity: &Identity) -> Result<Option<String>, Failure> {
    let Some(email) = identity.email.as_ref().map(|claim| claim.value.trim().to_owned()) else { return Ok(None) };
    if names::check_email(&email).is_err() {
        return Ok(None);
    }
    let taken = users::find_by_login(conn, &names::fold(&email)).await?.is_some();
    Ok((!taken).then_some(email))
}

fn is_picture(address: &str) -> bool {
    address.len() <= LONGEST_ADDRESS && url::Url::parse(address).is_ok_and(|url| url.scheme() == "https")
}
