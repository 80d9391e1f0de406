//! The token of a monitoring system.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::config::ConfigError;

/// Shortest token, in characters: nobody tries out so many.
const SHORTEST: usize = 32;

/// A token that may read the metrics; its digest is kept.
pub(super) struct ReadingToken([u8; 32]);

impl ReadingToken {
    /// Reads a file of one line that only its owner may read, as the master key's.
    pub(super) fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let refuse = |why: &str| ConfigError(format!("metrics_token_file: {}: {why}", path.display()));
        let mode = fs::metadata(path).map_err(|error| refuse(&error.to_string()))?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(refuse("it can be read by others; run: chmod 600 on it"));
        }
        let text = Zeroizing::new(fs::read_to_string(path).map_err(|error| refuse(&error.to_string()))?);
        let token = text.trim();
        if token.len() < SHORTEST || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(refuse("a token is at least 32 visible characters without blanks: openssl rand -hex 32"));
        }
        Ok(Self::of(token))
    }

    /// Whether this is the token. Takes as long whatever was presented.
    pub(super) fn is(&self, presented: &str) -> bool {
        self.0.ct_eq(&Self::of(presented).0).into()
    }

    fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }
}
