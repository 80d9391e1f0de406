//! Attempts and sessions, in maps.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use sha2::{Digest, Sha256};

use crate::provider::Provider;

/// A hash that stands for a value which only the browser has.
type Hash = [u8; 32];

/// Everything that the handlers share.
pub(crate) struct State {
    pub(crate) page: Bytes,
    pub(crate) me: Bytes,
    pub(crate) provider: Provider,
    /// From the state to the browser that began.
    attempts: Mutex<HashMap<Hash, Hash>>,
    /// From the session to the person's name.
    sessions: Mutex<HashMap<Hash, String>>,
}

impl State {
    pub(crate) fn new(page: Vec<u8>, me: Vec<u8>, provider: Provider) -> Self {
        Self { page: page.into(), me: me.into(), provider, attempts: Mutex::default(), sessions: Mutex::default() }
    }

    /// Keeps an attempt.
    pub(crate) fn begin(&self, state: &str, browser: &str) {
        lock(&self.attempts).insert(hash(state), hash(browser));
    }

    /// Takes an attempt out; whether it began in this browser.
    pub(crate) fn redeem(&self, state: &str, browser: &str) -> bool {
        lock(&self.attempts).remove(&hash(state)) == Some(hash(browser))
    }

    /// Opens a session.
    pub(crate) fn open(&self, session: &str, name: String) {
        lock(&self.sessions).insert(hash(session), name);
    }

    /// The name of the person whose session it is.
    pub(crate) fn visitor(&self, session: &str) -> Option<String> {
        lock(&self.sessions).get(&hash(session)).cloned()
    }
}

/// 256 unpredictable bits in hex.
#[expect(clippy::disallowed_methods, reason = "the ban is for the product, where tests choose the randomness")]
pub(crate) fn token() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn hash(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
