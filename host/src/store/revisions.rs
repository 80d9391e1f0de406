//! Numbers that rise when something changed that nodes keep in memory.

use sqlx::Row;

use super::{Conn, StoreError};

/// What nodes keep in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Sessions, and the users behind them.
    Sessions,
    /// Authenticators.
    Authenticators,
    /// Which plug-ins are enabled.
    Plugins,
}

impl Topic {
    const fn name(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Authenticators => "authenticators",
            Self::Plugins => "plugins",
        }
    }
}

/// The number of each topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Revisions {
    pub(crate) sessions: i64,
    pub(crate) authenticators: i64,
    pub(crate) plugins: i64,
}

/// Tells every node that `topic` changed; takes effect with the transaction.
pub(crate) async fn raise(conn: &mut Conn, topic: Topic) -> Result<(), StoreError> {
    sqlx::query("UPDATE revisions SET n = n + 1 WHERE topic = $1").bind(topic.name()).execute(conn).await?;
    Ok(())
}

/// Reads all numbers.
pub(crate) async fn read(conn: &mut Conn) -> Result<Revisions, StoreError> {
    let mut revisions = Revisions::default();
    for row in sqlx::query("SELECT topic, n FROM revisions").fetch_all(conn).await? {
        let n = row.try_get(1)?;
        match row.try_get::<String, _>(0)?.as_str() {
            "sessions" => revisions.sessions = n,
            "authenticators" => revisions.authenticators = n,
            "plugins" => revisions.plugins = n,
            _ => {}
        }
    }
    Ok(revisions)
}
