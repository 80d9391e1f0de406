//! Stored links from a provider's subject to a user.

mod listing;
mod locks;

use sqlx::Row;

pub(crate) use listing::{BindingRow, count_of, of_user};
pub(crate) use locks::{lock, unlock};

use super::{Conn, StoreError};

/// The key of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BindingKey {
    pub(crate) authenticator_id: String,
    pub(crate) namespace: String,
    pub(crate) subject: String,
}

/// What a link keeps of the sign-in that used it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Use<'a> {
    pub(crate) tenant: Option<&'a str>,
    /// Within what the subject means the same person at every authenticator of the type; empty if nobody made sure, and
    /// what somebody made sure of earlier then stays.
    pub(crate) realm: &'a str,
    pub(crate) now: i64,
}

/// A link by a subject, to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewBinding<'a> {
    pub(crate) key: &'a BindingKey,
    pub(crate) user_id: &'a str,
    pub(crate) using: Use<'a>,
    /// By which rule.
    pub(crate) how: &'a str,
    /// Who made it, where it was not the person's own sign-in: a user's id; empty otherwise.
    pub(crate) made_by: &'a str,
}

/// A link that a user has, as far as it says who the account belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) authenticator_id: String,
    /// Id of the authenticator's type.
    pub(crate) kind: String,
    pub(crate) key_kind: String,
    pub(crate) realm: String,
}

impl Held {
    /// Whether it is by a subject, and not by another identifier that waits to be moved.
    pub(crate) fn is_subject(&self) -> bool {
        self.key_kind == "subject"
    }
}

/// The user that a subject is linked to; notes that the link was used.
pub(crate) async fn follow(conn: &mut Conn, key: &BindingKey, using: &Use<'_>) -> Result<Option<String>, StoreError> {
    let row = sqlx::query(
        "UPDATE bindings SET used_at = $4, tenant = $5, realm = CASE WHEN $6 = '' THEN realm ELSE $6 END
         WHERE authenticator_id = $1 AND namespace = $2 AND subject = $3 RETURNING user_id",
    )
    .bind(&key.authenticator_id)
    .bind(&key.namespace)
    .bind(&key.subject)
    .bind(using.now)
    .bind(using.tenant)
    .bind(using.realm)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// The user that a key is linked to.
pub(crate) async fn find(conn: &mut Conn, key: &BindingKey) -> Result<Option<String>, StoreError> {
    let row =
        sqlx::query("SELECT user_id FROM bindings WHERE authenticator_id = $1 AND namespace = $2 AND subject = $3")
            .bind(&key.authenticator_id)
            .bind(&key.namespace)
            .bind(&key.subject)
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// The users to whom a subject of a realm is linked by authenticators of the type `kind`, enabled or not; two are enough
/// to know that it is ambiguous.
pub(crate) async fn in_realm(
    conn: &mut Conn,
    kind: &str,
    realm: &str,
    subject: &str,
) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query(
        "SELECT DISTINCT b.user_id FROM bindings b JOIN authenticators a ON a.id = b.authenticator_id
         WHERE b.realm = $1 AND b.subject = $2 AND b.key_kind = 'subject' AND a.type = $3 LIMIT 2",
    )
    .bind(realm)
    .bind(subject)
    .bind(kind)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// What a user is linked to.
pub(crate) async fn held_by(conn: &mut Conn, user_id: &str) -> Result<Vec<Held>, StoreError> {
    let rows = sqlx::query(
        "SELECT b.authenticator_id, a.type, b.key_kind, b.realm
         FROM bindings b JOIN authenticators a ON a.id = b.authenticator_id WHERE b.user_id = $1",
    )
    .bind(user_id)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Held {
                authenticator_id: row.try_get(0)?,
                kind: row.try_get(1)?,
                key_kind: row.try_get(2)?,
                realm: row.try_get(3)?,
            })
        })
        .collect()
}

/// Links a subject to a user.
pub(crate) async fn insert(conn: &mut Conn, link: &NewBinding<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO bindings (authenticator_id, namespace, subject, user_id, tenant, how, created_at, used_at,
             key_kind, realm, made_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 'subject', $8, $9)",
    )
    .bind(&link.key.authenticator_id)
    .bind(&link.key.namespace)
    .bind(&link.key.subject)
    .bind(link.user_id)
    .bind(link.using.tenant)
    .bind(link.how)
    .bind(link.using.now)
    .bind(link.using.realm)
    .bind(link.made_by)
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes `link` out of the one that its user has by `from`; who made that one stays, unless `link` says who made it.
/// Tells whether it was still there.
pub(crate) async fn relink(conn: &mut Conn, from: &BindingKey, link: &NewBinding<'_>) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE bindings SET namespace = $5, subject = $6, tenant = $7, how = $8, used_at = $9,
             realm = CASE WHEN $10 = '' THEN realm ELSE $10 END,
             made_by = CASE WHEN $11 = '' THEN made_by ELSE $11 END, key_kind = 'subject'
         WHERE authenticator_id = $1 AND namespace = $2 AND subject = $3 AND user_id = $4",
    )
    .bind(&from.authenticator_id)
    .bind(&from.namespace)
    .bind(&from.subject)
    .bind(link.user_id)
    .bind(&link.key.namespace)
    .bind(&link.key.subject)
    .bind(link.using.tenant)
    .bind(link.how)
    .bind(link.using.now)
    .bind(link.using.realm)
    .bind(link.made_by)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes the link of `user_id` by `key`. Tells whether it was still there.
pub(crate) async fn remove(conn: &mut Conn, key: &BindingKey, user_id: &str) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM bindings WHERE authenticator_id = $1 AND namespace = $2 AND subject = $3 AND user_id = $4",
    )
    .bind(&key.authenticator_id)
    .bind(&key.namespace)
    .bind(&key.subject)
    .bind(user_id)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
