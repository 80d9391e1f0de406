//! Links as people read about them.

use sha2::{Digest, Sha256};
use sqlx::Row;

use super::BindingKey;
use crate::ids;
use crate::store::{Conn, StoreError};

/// Letters of a subject that are shown at either end.
const SHOWN: usize = 4;

/// A link, as the user's page lists it.
pub(crate) struct BindingRow {
    pub(crate) key: BindingKey,
    pub(crate) authenticator_uid: String,
    /// Id of its type.
    pub(crate) authenticator_kind: String,
    pub(crate) authenticator_title_en: String,
    pub(crate) authenticator_title_zh: String,
    pub(crate) how: String,
    /// What the key is by: `subject`, or a kind of key of the authenticator's type.
    pub(crate) key_kind: String,
    pub(crate) tenant: Option<String>,
    pub(crate) realm: String,
    /// Name of the user who made it, or of a command; empty if it was the person's own sign-in.
    pub(crate) made_by: String,
    pub(crate) created_at: i64,
    /// 0 if it was never used.
    pub(crate) used_at: i64,
}

/// The links of one user, oldest first.
pub(crate) async fn of_user(conn: &mut Conn, user_id: &str) -> Result<Vec<BindingRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT a.uid, a.title_en, a.title_zh, b.how, b.created_at, b.used_at, b.authenticator_id, b.namespace,
             b.subject, b.key_kind, b.tenant, b.realm, COALESCE(m.username, b.made_by), a.type
         FROM bindings b JOIN authenticators a ON a.id = b.authenticator_id LEFT JOIN users m ON m.id = b.made_by
         WHERE b.user_id = $1 ORDER BY b.created_at, b.subject",
    )
    .bind(user_id)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(BindingRow {
                authenticator_uid: row.try_get(0)?,
                authenticator_title_en: row.try_get(1)?,
                authenticator_title_zh: row.try_get(2)?,
                how: row.try_get(3)?,
                created_at: row.try_get(4)?,
                used_at: row.try_get(5)?,
                key: BindingKey {
                    authenticator_id: row.try_get(6)?,
                    namespace: row.try_get(7)?,
                    subject: row.try_get(8)?,
                },
                key_kind: row.try_get(9)?,
                tenant: row.try_get(10)?,
                realm: row.try_get(11)?,
                made_by: row.try_get(12)?,
                authenticator_kind: row.try_get(13)?,
            })
        })
        .collect()
}

/// How many links an authenticator has.
pub(crate) async fn count_of(conn: &mut Conn, authenticator_id: &str) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) FROM bindings WHERE authenticator_id = $1").bind(authenticator_id);
    Ok(row.fetch_one(conn).await?.try_get(0)?)
}

impl BindingRow {
    /// Title of the authenticator.
    pub(crate) fn title(&self) -> ui_schema::Text {
        ui_schema::Text::new(&self.authenticator_title_en, &self.authenticator_title_zh)
    }

    /// Whether it is by a subject, and not by another identifier that waits to be moved.
    pub(crate) fn is_by_subject(&self) -> bool {
        self.key_kind == "subject"
    }

    /// When it was last used, if it ever was.
    pub(crate) fn last_used(&self) -> Option<i64> {
        (self.used_at != 0).then_some(self.used_at)
    }

    /// What stands for the link in addresses: a hash of its key, 128 bits in hexadecimal.
    pub(crate) fn id(&self) -> String {
        let BindingKey { authenticator_id, namespace, subject } = &self.key;
        let digest = Sha256::digest(format!("{authenticator_id}\u{0}{namespace}\u{0}{subject}"));
        digest.first_chunk::<16>().map(|bytes| ids::hex(bytes)).unwrap_or_default()
    }

    /// The subject as far as it is shown: enough to compare it with what the provider's console says, not enough to
    /// use it.
    pub(crate) fn subject_shown(&self) -> String {
        let letters: Vec<char> = self.key.subject.chars().collect();
        let end = |count: usize| letters.get(letters.len() - count..).unwrap_or_default().iter().collect::<String>();
        let start = |count: usize| letters.iter().take(count).collect::<String>();
        match letters.len() {
            len if len >= 3 * SHOWN => format!("{}…{}", start(SHOWN), end(SHOWN)),
            len => format!("{}…", start(len / 3)),
        }
    }
}
