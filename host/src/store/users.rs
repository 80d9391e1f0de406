//! Users and their roles.

mod roles;
mod source;

use sqlx::any::AnyRow;
use sqlx::{Row, query};

pub(crate) use roles::{active_administrators, roles, set_roles};
pub(crate) use source::Source;

use super::{Conn, StoreError, has_one_writer};

/// A user as stored. Times are milliseconds since 1970.
#[derive(Clone, Debug, Default)]
pub(crate) struct UserRow {
    pub(crate) id: String,
    pub(crate) username: String,
    pub(crate) username_key: String,
    pub(crate) nickname: String,
    pub(crate) nickname_source: Source,
    pub(crate) email: Option<String>,
    pub(crate) email_key: Option<String>,
    pub(crate) email_source: Source,
    /// E.164.
    pub(crate) phone: Option<String>,
    /// There if `phone` is.
    pub(crate) phone_source: Option<Source>,
    pub(crate) password_hash: Option<String>,
    pub(crate) disabled: bool,
    pub(crate) avatar_url: Option<String>,
    pub(crate) avatar_source: Source,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

fn user(row: &AnyRow) -> Result<UserRow, StoreError> {
    Ok(UserRow {
        id: row.try_get(0)?,
        username: row.try_get(1)?,
        username_key: row.try_get(2)?,
        nickname: row.try_get(3)?,
        email: row.try_get(4)?,
        email_key: row.try_get(5)?,
        phone: row.try_get(6)?,
        phone_source: row.try_get::<Option<String>, _>(7)?.as_deref().and_then(Source::from_name),
        password_hash: row.try_get(8)?,
        disabled: row.try_get::<i64, _>(9)? != 0,
        avatar_url: row.try_get(10)?,
        created_at: row.try_get(11)?,
        updated_at: row.try_get(12)?,
        nickname_source: source(row, 13)?,
        email_source: source(row, 14)?,
        avatar_source: source(row, 15)?,
    })
}

/// What no version of this program wrote is left alone like what an administrator entered.
fn source(row: &AnyRow, column: usize) -> Result<Source, StoreError> {
    Ok(Source::from_name(row.try_get(column)?).unwrap_or_default())
}

/// A `SELECT` of the columns that [`user`] reads, with a fixed tail; a macro because the text must be known when compiling.
macro_rules! select_users {
    ($tail:literal) => {
        query(concat!(
            "SELECT id, username, username_key, nickname, email, email_key, phone, phone_source, password_hash, ",
            "disabled, avatar_url, created_at, updated_at, nickname_source, email_source, avatar_source FROM users ",
            $tail
        ))
    };
}

pub(crate) async fn insert(conn: &mut Conn, user: &UserRow, roles: &[String]) -> Result<(), StoreError> {
    query(
        "INSERT INTO users (id, username, username_key, nickname, email, email_key, phone, phone_source,
             password_hash, disabled, avatar_url, created_at, updated_at, nickname_source, email_source, avatar_source)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(&user.id)
    .bind(&user.username)
    .bind(&user.username_key)
    .bind(&user.nickname)
    .bind(&user.email)
    .bind(&user.email_key)
    .bind(&user.phone)
    .bind(user.phone_source.map(Source::name))
    .bind(&user.password_hash)
    .bind(i64::from(user.disabled))
    .bind(&user.avatar_url)
    .bind(user.created_at)
    .bind(user.updated_at)
    .bind(user.nickname_source.name())
    .bind(user.email_source.name())
    .bind(user.avatar_source.name())
    .execute(&mut *conn)
    .await?;
    set_roles(conn, &user.id, roles).await
}

/// Writes what an administrator enters or a sign-in refreshes. The password and whether the user is disabled are changed by themselves, so that
/// saving a form that was opened earlier undoes neither.
pub(crate) async fn update(conn: &mut Conn, user: &UserRow) -> Result<(), StoreError> {
    query(
        "UPDATE users SET username = $2, username_key = $3, nickname = $4, email = $5, email_key = $6, phone = $7,
             phone_source = $8, avatar_url = $9, updated_at = $10, nickname_source = $11, email_source = $12,
             avatar_source = $13 WHERE id = $1",
    )
    .bind(&user.id)
    .bind(&user.username)
    .bind(&user.username_key)
    .bind(&user.nickname)
    .bind(&user.email)
    .bind(&user.email_key)
    .bind(&user.phone)
    .bind(user.phone_source.map(Source::name))
    .bind(&user.avatar_url)
    .bind(user.updated_at)
    .bind(user.nickname_source.name())
    .bind(user.email_source.name())
    .bind(user.avatar_source.name())
    .execute(conn)
    .await?;
    Ok(())
}

/// Locks a user out, or lets them in again.
pub(crate) async fn set_disabled(conn: &mut Conn, id: &str, disabled: bool, now: i64) -> Result<(), StoreError> {
    query("UPDATE users SET disabled = $2, updated_at = $3 WHERE id = $1")
        .bind(id)
        .bind(i64::from(disabled))
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn set_password(conn: &mut Conn, id: &str, hash: &str, now: i64) -> Result<(), StoreError> {
    query("UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1")
        .bind(id)
        .bind(hash)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn find(conn: &mut Conn, id: &str) -> Result<Option<UserRow>, StoreError> {
    let row = select_users!("WHERE id = $1").bind(id).fetch_optional(conn).await?;
    row.as_ref().map(user).transpose()
}

/// Finds by folded username or folded e-mail address.
pub(crate) async fn find_by_login(conn: &mut Conn, key: &str) -> Result<Option<UserRow>, StoreError> {
    let row = select_users!("WHERE username_key = $1 OR email_key = $1").bind(key).fetch_optional(conn).await?;
    row.as_ref().map(user).transpose()
}

pub(crate) async fn find_by_username(conn: &mut Conn, key: &str) -> Result<Option<UserRow>, StoreError> {
    let row = select_users!("WHERE username_key = $1").bind(key).fetch_optional(conn).await?;
    row.as_ref().map(user).transpose()
}

/// Users whose phone is `phone` and vouched for; two are enough to know that it is ambiguous.
pub(crate) async fn find_by_verified_phone(conn: &mut Conn, phone: &str) -> Result<Vec<UserRow>, StoreError> {
    let rows = select_users!("WHERE phone = $1 AND phone_source IN ('admin', 'provider', 'directory') LIMIT 2");
    rows.bind(phone).fetch_all(conn).await?.iter().map(user).collect()
}

/// One page of users whose names or contact data contain `text`, and how many there are in all.
pub(crate) async fn search(
    conn: &mut Conn,
    text: &str,
    limit: i64,
    offset: i64,
) -> Result<(Vec<UserRow>, i64), StoreError> {
    let pattern = format!("%{}%", escape_like(&text.to_lowercase()));
    let rows = select_users!(
        "WHERE username_key LIKE $1 ESCAPE '!' OR LOWER(nickname) LIKE $1 ESCAPE '!'
             OR email_key LIKE $1 ESCAPE '!' OR phone LIKE $1 ESCAPE '!'
         ORDER BY username_key LIMIT $2 OFFSET $3"
    )
    .bind(&pattern)
    .bind(limit)
    .bind(offset)
    .fetch_all(&mut *conn)
    .await?;
    let count = query(
        "SELECT COUNT(*) FROM users WHERE username_key LIKE $1 ESCAPE '!' OR LOWER(nickname) LIKE $1 ESCAPE '!'
             OR email_key LIKE $1 ESCAPE '!' OR phone LIKE $1 ESCAPE '!'",
    )
    .bind(&pattern)
    .fetch_one(conn)
    .await?;
    Ok((rows.iter().map(user).collect::<Result<_, _>>()?, count.try_get(0)?))
}

pub(crate) async fn count(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(query("SELECT COUNT(*) FROM users").fetch_one(conn).await?.try_get(0)?)
}

/// Makes `text` mean itself in a `LIKE … ESCAPE '!'`.
pub(crate) fn escape_like(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '!') {
            escaped.push('!');
        }
        escaped.push(letter);
    }
    escaped
}

/// The user, if they may sign in; then nobody can change or disable them before the transaction ends.
pub(crate) async fn hold(conn: &mut Conn, id: &str) -> Result<Option<UserRow>, StoreError> {
    let row = if has_one_writer(conn) {
        select_users!("WHERE id = $1 AND disabled = 0")
    } else {
        select_users!("WHERE id = $1 AND disabled = 0 FOR NO KEY UPDATE")
    };
    row.bind(id).fetch_optional(conn).await?.as_ref().map(user).transpose()
}
