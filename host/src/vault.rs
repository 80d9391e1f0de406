//! Sealing of secrets at rest: XChaCha20-Poly1305 under a key derived for the purpose, with the place of the value
//! (table, row, field) as associated data, so that a ciphertext opens only where it was put.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::clock::Entropy;

/// Length of a master key in bytes.
const KEY_LENGTH: usize = 32;

/// Seals and opens secrets.
pub struct Vault {
    active: String,
    keys: BTreeMap<String, XChaCha20Poly1305>,
}

/// A sealed value: which key sealed it, and nonce and ciphertext in base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub(crate) key_id: String,
    pub(crate) text: String,
}

/// Why there is no vault, or why a value stays closed.
#[derive(Debug, PartialEq, Eq)]
pub enum VaultError {
    /// The key file cannot be read.
    Unreadable(String),
    /// The key file can be read by other users of the machine.
    TooOpen,
    /// A line is not the base64 of 32 random bytes.
    BadKey,
    /// No key with the id that the value names.
    UnknownKey(String),
    /// The ciphertext was changed, or moved from its place.
    Forged,
}

impl Vault {
    /// Reads the master keys: one a line, base64 of 32 bytes. The first seals, all of them open.
    ///
    /// # Errors
    /// A key that is missing, short, long or obviously not random.
    pub fn from_text(text: &str) -> Result<Self, VaultError> {
        let mut keys = BTreeMap::new();
        let mut active = None;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (id, cipher) = cipher(line)?;
            active.get_or_insert_with(|| id.clone());
            keys.insert(id, cipher);
        }
        Ok(Self { active: active.ok_or(VaultError::BadKey)?, keys })
    }

    /// Reads the master keys from a file that only its owner may read.
    ///
    /// # Errors
    /// As [`Vault::from_text`]; also when the file is missing or too open.
    pub fn from_file(path: &Path) -> Result<Self, VaultError> {
        use std::os::unix::fs::PermissionsExt;
        let unreadable = |error: std::io::Error| VaultError::Unreadable(format!("{}: {error}", path.display()));
        let mode = std::fs::metadata(path).map_err(unreadable)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(VaultError::TooOpen);
        }
        Self::from_text(&Zeroizing::new(std::fs::read_to_string(path).map_err(unreadable)?))
    }

    /// A new master key as a line of text.
    pub fn new_key(entropy: &dyn Entropy) -> Zeroizing<String> {
        let mut key = Zeroizing::new([0_u8; KEY_LENGTH]);
        entropy.fill(&mut *key);
        Zeroizing::new(BASE64.encode(*key))
    }

    /// The id of the key that seals.
    pub(crate) fn active_key(&self) -> &str {
        &self.active
    }

    /// Whether what the key `id` sealed can be opened.
    pub(crate) fn check_key(&self, id: &str) -> Result<(), VaultError> {
        self.key(id).map(|_| ())
    }

    /// Seals `clear` for `place`, for example `authenticators/<id>/client_secret`.
    pub(crate) fn seal(&self, entropy: &dyn Entropy, place: &str, clear: &[u8]) -> Result<Sealed, VaultError> {
        let cipher = self.key(&self.active)?;
        let mut nonce = [0_u8; 24];
        entropy.fill(&mut nonce);
        let payload = Payload { msg: clear, aad: place.as_bytes() };
        let ciphertext = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| VaultError::Forged)?;
        let text = BASE64.encode([nonce.as_slice(), &ciphertext].concat());
        Ok(Sealed { key_id: self.active.clone(), text })
    }

    /// Opens what was sealed for `place`.
    pub(crate) fn open(&self, place: &str, key_id: &str, text: &str) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let cipher = self.key(key_id)?;
        let bytes = BASE64.decode(text).map_err(|_| VaultError::Forged)?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<24>().ok_or(VaultError::Forged)?;
        let payload = Payload { msg: ciphertext, aad: place.as_bytes() };
        cipher.decrypt(&XNonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| VaultError::Forged)
    }

    fn key(&self, id: &str) -> Result<&XChaCha20Poly1305, VaultError> {
        self.keys.get(id).ok_or_else(|| VaultError::UnknownKey(id.to_owned()))
    }
}

/// The key's id (a public fingerprint) and the cipher derived from it.
fn cipher(line: &str) -> Result<(String, XChaCha20Poly1305), VaultError> {
    let decoded = Zeroizing::new(BASE64.decode(line.trim_end_matches('=')).map_err(|_| VaultError::BadKey)?);
    let key: &[u8; KEY_LENGTH] = decoded.as_slice().try_into().map_err(|_| VaultError::BadKey)?;
    if is_no_random(key) {
        return Err(VaultError::BadKey);
    }
    let mut derived = Zeroizing::new([0_u8; KEY_LENGTH]);
    Hkdf::<Sha256>::new(Some(b"gatehouse"), key)
        .expand(b"secrets at rest v1", &mut *derived)
        .map_err(|_| VaultError::BadKey)?;
    let fingerprint = Sha256::digest([b"gatehouse key id".as_slice(), key].concat());
    let id = fingerprint.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    Ok((id, XChaCha20Poly1305::new(&(*derived).into())))
}

/// Samples, sentences and patterns. Of random keys, less than one in 10^13 looks like any of these.
fn is_no_random(key: &[u8; KEY_LENGTH]) -> bool {
    let different = key.iter().collect::<BTreeSet<_>>().len();
    let steps = key.windows(2).map(|pair| pair[1].wrapping_sub(pair[0])).collect::<BTreeSet<_>>().len();
    let text = key.iter().all(|byte| matches!(byte, b' '..=b'~'));
    different < 16 || steps < 8 || text
}

impl std::fmt::Display for VaultError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "the master key cannot be read: {why}"),
            Self::TooOpen => f.write_str("the master key file can be read by others; run: chmod 600 on it"),
            Self::BadKey => f.write_str("a master key has to be the base64 of 32 random bytes"),
            Self::UnknownKey(id) => write!(f, "no master key with the id {id}; was an old key removed too early?"),
            Self::Forged => f.write_str("a sealed value was changed or moved"),
        }
    }
}

impl std::error::Error for VaultError {}
