//! The mark of a browser whose session has just been held against the client: a cookie for two minutes, tied to that
//! session. It only spares a detour; who forges it keeps the session that they have anyway.

use http::HeaderMap;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::ids;
use crate::session::cookie;

/// How long it counts, in milliseconds.
const LIFETIME: i64 = 2 * 60 * 1000;

/// The cookie that marks the session with this hash from now on.
pub(super) fn cookie(app: &App, id_hash: &str) -> String {
    let until = app.clock.now_ms().saturating_add(LIFETIME);
    cookie::set(cookie::ENTRY, &value(until, id_hash), Some(LIFETIME / 1000))
}

/// Whether the browser holds a mark of the session with this hash that still counts.
pub(super) fn is_fresh(app: &App, headers: &HeaderMap, id_hash: &str) -> bool {
    let Some(presented) = cookie::read(headers, cookie::ENTRY) else { return false };
    let until = presented.split_once('.').and_then(|(until, _)| until.parse().ok()).unwrap_or_default();
    let now = app.clock.now_ms();
    // A clock that was set back stretches nothing.
    now <= until && until <= now.saturating_add(LIFETIME) && presented == value(until, id_hash)
}

fn value(until: i64, id_hash: &str) -> String {
    format!("{until}.{}", ids::hex(&Sha256::digest(format!("entry\0{until}\0{id_hash}"))))
}
