//! What another release makes of settings, written down; and put back when it goes.

use std::collections::BTreeSet;

use serde_json::json;

use super::carry::Part;
use crate::store::authenticators::{self, AuthenticatorRow, SecretRow};
use crate::store::former_settings::{self, FormerSettings};
use crate::store::{Conn, StoreError};

/// What becomes of one authenticator. What its settings were is kept for the way back.
pub(super) async fn put_part(conn: &mut Conn, part: &Part, before: &str, now: i64) -> Result<(), StoreError> {
    let off = part.goes_off();
    if part.changed.is_none() && !off {
        return Ok(());
    }
    let Some(stored) = authenticators::find(conn, &part.one.id).await? else { return Ok(()) };
    let former = FormerSettings {
        authenticator_id: stored.id.clone(),
        sha256: before.to_owned(),
        settings: stored.settings.clone(),
        enabled: stored.enabled,
        secrets: secrets_text(part.one.secrets.values()),
        changed_at: now,
    };
    former_settings::put(conn, &former).await?;
    let settings = part.changed.as_ref().map_or(stored.settings.clone(), |changed| changed.settings.to_string());
    let row = AuthenticatorRow { enabled: stored.enabled && !off, settings, updated_at: now, ..stored };
    authenticators::update(conn, &row).await?;
    if let Some(changed) = &part.changed {
        put_secrets(conn, &row.id, &changed.secrets).await?;
    }
    Ok(())
}

/// Puts back what settings were with `release`, unless somebody saved them since. Says whose.
pub(super) async fn put_back(conn: &mut Conn, release: &str, now: i64) -> Result<BTreeSet<String>, StoreError> {
    let mut restored = BTreeSet::new();
    for former in former_settings::of_release(conn, release).await? {
        let Some(stored) = authenticators::find(conn, &former.authenticator_id).await? else { continue };
        if stored.updated_at != former.changed_at {
            continue;
        }
        let FormerSettings { settings, enabled, secrets, .. } = former;
        let row = AuthenticatorRow { settings, enabled, updated_at: now, ..stored };
        authenticators::update(conn, &row).await?;
        put_secrets(conn, &row.id, &secrets_from(&row.id, &secrets)).await?;
        restored.insert(row.id);
    }
    Ok(restored)
}

async fn put_secrets(conn: &mut Conn, id: &str, secrets: &[SecretRow]) -> Result<(), StoreError> {
    authenticators::delete_secrets(conn, id).await?;
    for secret in secrets {
        authenticators::put_secret(conn, secret).await?;
    }
    Ok(())
}

/// Sealed secrets as one text.
fn secrets_text<'a>(secrets: impl Iterator<Item = &'a SecretRow>) -> String {
    let all: Vec<[&str; 3]> =
        secrets.map(|one| [one.field.as_str(), one.key_id.as_str(), one.sealed.as_str()]).collect();
    json!(all).to_string()
}

fn secrets_from(id: &str, text: &str) -> Vec<SecretRow> {
    let all: Vec<[String; 3]> = serde_json::from_str(text).unwrap_or_default();
    let row =
        |[field, key_id, sealed]: [String; 3]| SecretRow { authenticator_id: id.to_owned(), field, key_id, sealed };
    all.into_iter().map(row).collect()
}
