//! The secrets of authenticators: sealed for their row and field.

use crate::clock::Entropy;
use crate::failure::Failure;
use crate::store::authenticators::SecretRow;
use crate::vault::{Vault, VaultError};

/// Seals the secret `field` of an authenticator.
pub(crate) fn seal(
    vault: &Vault,
    entropy: &dyn Entropy,
    authenticator_id: &str,
    field: &str,
    clear: &str,
) -> Result<SecretRow, VaultError> {
    let sealed = vault.seal(entropy, &place(authenticator_id, field), clear.as_bytes())?;
    Ok(SecretRow {
        authenticator_id: authenticator_id.to_owned(),
        field: field.to_owned(),
        key_id: sealed.key_id,
        sealed: sealed.text,
    })
}

/// Opens a sealed secret; fails if it was stored for another row or field.
pub(crate) fn open(vault: &Vault, row: &SecretRow) -> Result<String, Failure> {
    let clear = vault.open(&place(&row.authenticator_id, &row.field), &row.key_id, &row.sealed)?;
    String::from_utf8(clear.to_vec()).map_err(|_| Failure::new("a sealed secret is no text"))
}

fn place(authenticator_id: &str, field: &str) -> String {
    format!("authenticators/{authenticator_id}/{field}")
}
