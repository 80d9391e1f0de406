//! Users and their roles.

use sqlx::any::AnyRow;
use sqlx::{Row, query};

use super::{Conn, StoreError, has_one_writer};

/// A user as stored. Times are milliseconds since 1970.
#[derive(Clone, Debug, Default)]
pub(crate) struct UserRow {
    pub(crate) id: String,
    pub(crate) username: String,
    pub(crate) username_key: String,
    pub(crate) nickname: String,
    pub(crate) email: Option<String>,
    pub(crate) email_key: Option<String>,
    /// E.164.
    pub(crate) phone: Option<String>,
    pub(crate) phone_source: Option<String>,
    pub(crate) password_hash: Option<String>,
    pub(crate) disabled: bool,
    pub(crate) avatar_url: Option<String>,
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
        phone_source: row.try_get(7)?,
        password_hash: row.try_get(8)?,
        disabled: row.try_get::<i64, _>(9)? != 0,
        avatar_url: row.try_get(10)?,
        created_at: row.try_get(11)?,
        updated_at: row.try_get(12)?,
    })
}

/// A `SELECT` of the columns that [`user`] reads, with a fixed tail; a macro because the text must be known when compiling.
macro_rules! select_users {
    ($tail:literal) => {
        query(concat!(
            "SELECT id, username, username_key, nickname, email, email_key, phone, phone_source, password_hash, ",
            "disabled, avatar_url, created_at, updated_at FROM users ",
            $tail
        ))
    };
}

pub(crate) async fn insert(conn: &mut Conn, user: &UserRow, roles: &[String]) -> Result<(), StoreError> {
    query(
        "INSERT INTO users (id, username, username_key, nickname, email, email_key, phone, phone_source,
             password_hash, disabled, avatar_url, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(&user.id)
    .bind(&user.username)
    .bind(&user.username_key)
    .bind(&user.nickname)
    .bind(&user.email)
    .bind(&user.email_key)
    .bind(&user.phone)
    .bind(&user.phone_source)
    .bind(&user.password_hash)
    .bind(i64::from(user.disabled))
    .bind(&user.avatar_url)
    .bind(user.created_at)
    .bind(user.updated_at)
    .execute(&mut *conn)
    .await?;
    set_roles(conn, &user.id, roles).await
}

/// Writes what an administrator enters. The password and whether the user is disabled are changed by themselves, so that
/// saving a form that was opened earlier undoes neither.
pub(crate) async fn update(conn: &mut Conn, user: &UserRow) -> Result<(), StoreError> {
    query(
        "UPDATE users SET username = $2, username_key = $3, nickname = $4, email = $5, email_key = $6, phone = $7,
             phone_source = $8, avatar_url = $9, updated_at = $10 WHERE id = $1",
    )
    .bind(&user.id)
    .bind(&user.username)
    .bind(&user.username_key)
    .bind(&user.nickname)
    .bind(&user.email)
    .bind(&user.email_key)
    .bind(&user.phone)
    .bind(&user.phone_source)
    .bind(&user.avatar_url)
    .bind(user.updated_at)
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
    let rows =
        select_users!("WHERE phone = $1 AND phone_source IN ('admin', 'provider') LIMIT 2").bind(phone).fetch_all(conn);
    rows.await?.iter().map(user).collect()
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

/// How many users can sign in as administrators.
pub(crate) async fn active_administrators(conn: &mut Conn) -> Result<i64, StoreError> {
    let row = query(
        "SELECT COUNT(*) FROM users u JOIN user_roles r ON r.user_id = u.id WHERE r.role = 'admin' AND u.disabled = 0",
    )
    .fetch_one(conn)
    .await?;
    Ok(row.try_get(0)?)
}

pub(crate) async fn roles(conn: &mut Conn, id: &str) -> Result<Vec<String>, StoreError> {
    let rows = query("SELECT role FROM user_roles WHERE user_id = $1 ORDER BY role").bind(id).fetch_all(conn).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

pub(crate) async fn set_roles(conn: &mut Conn, id: &str, roles: &[String]) -> Result<(), StoreError> {
    query("DELETE FROM user_roles WHERE user_id = $1").bind(id).execute(&mut *conn).await?;
    for role in roles {
        query("INSERT INTO user_roles (user_id, role) VALUES ($1, $2)").bind(id).bind(role).execute(&mut *conn).await?;
    }
    Ok(())
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

/// Whether the user may sign in; if so, nobody can disable them before the transaction ends.
pub(crate) async fn hold_active(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    if has_one_writer(conn) {
        let row = query("SELECT 1 FROM users WHERE id = $1 AND disabled = 0").bind(id).fetch_optional(conn).await?;
        return Ok(row.is_some());
    }
    // An update that changes nothing, for its row lock.
    let held = query("UPDATE users SET disabled = 0 WHERE id = $1 AND disabled = 0").bind(id).execute(conn).await?;
    Ok(held.rows_affected() == 1)
}
