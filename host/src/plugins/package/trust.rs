//! Whom this installation trusts, and how far it gets with a package.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minisign_verify::PublicKey;

use super::PackageFault;

/// The keys that this installation trusts, by name; from configuration.
#[derive(Clone, Debug, Default)]
pub struct TrustedKeys(Vec<TrustedKey>);

#[derive(Clone, Debug)]
pub(super) struct TrustedKey {
    pub(super) name: String,
    pub(super) id: KeyId,
    pub(super) key: PublicKey,
}

/// What tells keys apart; anybody can make a key with any id, so it proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeyId(pub(super) [u8; 8]);

impl std::fmt::Display for KeyId {
    /// As minisign writes it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016X}", u64::from_le_bytes(self.0))
    }
}

impl TrustedKeys {
    /// Reads public keys in minisign's form, `RW…`, by the names that administrators give them.
    ///
    /// # Errors
    /// Which key cannot be read, or is there twice.
    pub fn parse(keys: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut trusted: Vec<TrustedKey> = Vec::new();
        for (name, text) in keys {
            let one = read(name, text)?;
            if let Some(other) = trusted.iter().find(|other| other.id == one.id) {
                return Err(format!("the keys {:?} and {name:?} have the same id", other.name));
            }
            trusted.push(one);
        }
        Ok(Self(trusted))
    }

    /// Names and ids, for people.
    pub fn names(&self) -> Vec<(String, String)> {
        self.0.iter().map(|one| (one.name.clone(), one.id.to_string())).collect()
    }

    pub(super) fn find(&self, id: KeyId) -> Option<&TrustedKey> {
        self.0.iter().find(|one| one.id == id)
    }
}

fn read(name: &str, text: &str) -> Result<TrustedKey, String> {
    let plausible = !name.trim().is_empty() && name.chars().count() <= 64 && !name.chars().any(char::is_control);
    if !plausible {
        return Err(format!("{name:?} is no name for a key: 1 to 64 characters"));
    }
    let bad = || format!("the key {name:?} is no public key of minisign, which begins with RW");
    let bytes = STANDARD.decode(text.trim()).map_err(|_| bad())?;
    let key = PublicKey::from_base64(text.trim()).map_err(|_| bad())?;
    let id = bytes.get(2..10).and_then(|id| id.try_into().ok()).ok_or_else(bad)?;
    Ok(TrustedKey { name: name.to_owned(), id: KeyId(id), key })
}

/// How far a plug-in can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Signed with a key of this installation.
    Trusted {
        /// The key's name in the configuration.
        key: String,
        /// Its id.
        key_id: String,
    },
    /// Not signed.
    Unsigned,
    /// Signed with a key that this installation does not know.
    UnknownKey {
        /// The id that the signature names. Nothing proves it.
        key_id: String,
    },
    /// The signature names a key of this installation but is not of that key, or is no signature.
    Invalid,
    /// The signature is good, and a file is not the one that was signed.
    Modified {
        /// Which.
        file: String,
    },
}

impl Trust {
    /// Whether a plug-in of this state may be loaded. What was tampered with never is.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, allow_unsigned: bool) -> Result<(), PackageFault> {
        match self {
            Self::Trusted { .. } => Ok(()),
            Self::Unsigned | Self::UnknownKey { .. } if allow_unsigned => Ok(()),
            Self::Unsigned => Err(PackageFault::Unsigned),
            Self::UnknownKey { key_id } => Err(PackageFault::UnknownKey(key_id.clone())),
            Self::Invalid => Err(PackageFault::BadSignature),
            Self::Modified { file } => Err(PackageFault::Modified(file.clone())),
        }
    }
}
