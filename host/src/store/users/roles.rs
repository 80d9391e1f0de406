//! What users may do.

use sqlx::{Row, query};

use crate::store::{Conn, StoreError};

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

/// How many users can sign in as administrators.
pub(crate) async fn active_administrators(conn: &mut Conn) -> Result<i64, StoreError> {
    let row = query(
        "SELECT COUNT(*) FROM users u JOIN user_roles r ON r.user_id = u.id WHERE r.role = 'admin' AND u.disabled = 0",
    )
    .fetch_one(conn)
    .await?;
    Ok(row.try_get(0)?)
}
