//! What is in its database, read and changed behind the host's back.

use sqlx::Connection;

use super::World;

impl World {
    /// How many rows a table of the database has.
    pub async fn rows(&self, table: &str) -> i64 {
        self.query(&format!("SELECT COUNT(*) FROM {table}")).await
    }

    /// The number that a query of the database gives.
    pub async fn query(&self, sql: &str) -> i64 {
        let mut conn = self.database().await;
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut conn).await.unwrap()
    }

    /// The texts in the one column that a query of the database gives.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let mut conn = self.database().await;
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&mut conn).await.unwrap()
    }

    /// Changes the database behind the host's back.
    pub async fn tamper(&self, sql: &str) {
        let mut conn = self.database().await;
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
    }

    async fn database(&self) -> sqlx::AnyConnection {
        sqlx::any::install_default_drivers();
        sqlx::AnyConnection::connect(&self.database_url).await.expect("the database can be opened")
    }
}
