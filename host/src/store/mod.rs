//! Everything that is remembered, and the only place with SQL.
//!
//! One SQL text serves SQLite (the default) and PostgreSQL. Reads take a pooled connection. Writes are closures that
//! run inside a transaction: on PostgreSQL each in its own, on SQLite, which has one writer anyway, as many as are
//! waiting share one transaction and one `fsync` (see [`group`]). A closure that fails leaves nothing behind.

pub(crate) mod attempts;
pub(crate) mod authenticators;
pub(crate) mod binding_keys;
pub(crate) mod bindings;
pub(crate) mod explanations;
pub(crate) mod former_settings;
mod group;
pub(crate) mod journal;
pub(crate) mod own_links;
pub(crate) mod pending_links;
pub(crate) mod plugin_packages;
pub(crate) mod plugins;
pub(crate) mod rehearsals;
pub(crate) mod revisions;
pub(crate) mod sessions;
pub(crate) mod users;

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use futures_util::future::BoxFuture;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, Connection};

use group::Extent;

/// The connection that SQL runs on.
pub(crate) type Conn = AnyConnection;

/// How long a statement waits for a connection or a lock before the request is refused.
const PATIENCE: Duration = Duration::from_secs(5);

/// The database.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    writer: Option<group::Writer>,
}

/// The database did not do what was asked.
#[derive(Debug)]
pub struct StoreError(sqlx::Error);

impl Store {
    /// Opens the database at `url` and brings its schema up to date.
    ///
    /// # Errors
    /// When the database cannot be reached or was written by a newer version of this program.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let sqlite = url.starts_with("sqlite:");
        let options = AnyConnectOptions::from_str(url)?;
        let pool = AnyPoolOptions::new()
            .min_connections(1)
            .max_connections(if sqlite { 4 } else { 10 })
            .acquire_timeout(PATIENCE)
            .test_before_acquire(!sqlite)
            .after_connect(move |conn, _| Box::pin(prepare(conn, sqlite)))
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("./migrations").run(&pool).await.map_err(|error| StoreError(error.into()))?;
        let writer = if sqlite {
            let mut conn = AnyConnection::connect_with(&options).await?;
            prepare(&mut conn, true).await?;
            Some(group::Writer::start(conn))
        } else {
            None
        };
        Ok(Self { pool, writer })
    }

    /// The address of the embedded database in `data_dir`.
    pub fn embedded_url(data_dir: &Path) -> String {
        format!("sqlite://{}?mode=rwc", data_dir.join("gatehouse.db").display())
    }

    /// A connection to read from.
    pub(crate) async fn read(&self) -> Result<sqlx::pool::PoolConnection<sqlx::Any>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// Runs `work` in a transaction and returns its result once it is durable.
    ///
    /// # Errors
    /// The error of `work`, after which nothing it wrote remains, or that of the database.
    pub(crate) async fn write<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        if let Some(writer) = &self.writer {
            return writer.write(Extent::Several, work).await;
        }
        let mut transaction = self.pool.begin().await.map_err(StoreError)?;
        let result = work(&mut transaction).await?;
        transaction.commit().await.map_err(StoreError)?;
        Ok(result)
    }

    /// Runs `work`, which is one statement, and returns its result once it is durable.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub(crate) async fn write_one<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        match &self.writer {
            Some(writer) => writer.write(Extent::Statement, work).await,
            None => work(&mut *self.read().await?).await,
        }
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        let mut conn = self.read().await?;
        sqlx::query("SELECT 1").execute(&mut *conn).await?;
        Ok(())
    }
}

/// Whether this transaction is the only one that writes: so it is on SQLite.
fn has_one_writer(conn: &Conn) -> bool {
    conn.backend_name() == "SQLite"
}

/// Settings of one connection. `FULL` because an acknowledged sign-in or change has to survive a power cut.
async fn prepare(conn: &mut Conn, sqlite: bool) -> Result<(), sqlx::Error> {
    let statements: &[&'static str] = if sqlite {
        &[
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
            "PRAGMA busy_timeout = 5000",
            "PRAGMA cache_size = -1024",
        ]
    } else {
        &["SET lock_timeout = '5s'", "SET statement_timeout = '5s'"]
    };
    for statement in statements {
        sqlx::query(*statement).execute(&mut *conn).await?;
    }
    Ok(())
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self(error)
    }
}

impl StoreError {
    /// Whether a UNIQUE or PRIMARY KEY constraint refused the row.
    pub(crate) fn is_duplicate(&self) -> bool {
        matches!(&self.0, sqlx::Error::Database(error) if error.is_unique_violation())
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the database failed")
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}
