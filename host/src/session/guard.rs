//! Who is asking? The check that every request passes.
//!
//! Sessions are answered from a bounded cache in memory; a revocation raises a number in the database, which every
//! node reads a few times a second, and drops what it remembers. While the numbers cannot be read, nothing is answered
//! from memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use quick_cache::sync::Cache;

use super::Limits;
use crate::failure::Failure;
use crate::ids;
use crate::store::{Store, sessions};

/// How many sessions are remembered.
const REMEMBERED: usize = 20_000;
/// How seldom the last use of a session is written down, in milliseconds.
const TOUCH_EVERY: i64 = 60_000;

/// A live session and the person it belongs to.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) id_hash: String,
    pub(crate) user_id: String,
    pub(crate) username: String,
    pub(crate) nickname: String,
    pub(crate) authenticator_id: String,
    pub(crate) roles: Vec<String>,
    pub(crate) created_at: i64,
    expires_at: i64,
    seen_at: AtomicI64,
    written_at: AtomicI64,
}

impl Visit {
    /// Whether the person administers the platform.
    pub(crate) fn is_admin(&self) -> bool {
        self.roles.iter().any(|role| role == "admin")
    }
}

/// Finds the session of a request.
pub(crate) struct Guard {
    store: Store,
    limits: Limits,
    cache: Cache<String, Arc<Visit>>,
    born: Instant,
    /// Milliseconds since `born`, by the clock that nobody can set.
    trusted_until: AtomicU64,
    /// Rises with every [`forget_all`](Guard::forget_all), so that a row read before is not remembered after it.
    generation: AtomicU64,
}

impl Guard {
    pub(crate) fn new(store: Store, limits: Limits) -> Self {
        Self {
            store,
            limits,
            cache: Cache::new(REMEMBERED),
            born: Instant::now(),
            trusted_until: AtomicU64::new(0),
            generation: AtomicU64::new(0),
        }
    }

    /// The limits that sessions are held to.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// The session with the presented id, if there is one and it is still good at `now`.
    pub(crate) async fn visit(&self, presented: &str, now: i64) -> Result<Option<Arc<Visit>>, Failure> {
        let Some(id_hash) = ids::hash_of_presented(presented) else { return Ok(None) };
        let remembered = if self.is_trusted() { self.cache.get(&id_hash) } else { None };
        let visit = match remembered {
            Some(visit) => visit,
            None => match self.load(id_hash).await? {
                Some(visit) => visit,
                None => return Ok(None),
            },
        };
        let idle = now.saturating_sub(visit.seen_at.load(Ordering::Relaxed)) > self.limits.idle;
        if idle || now >= visit.expires_at {
            return Ok(None);
        }
        self.touch(&visit, now);
        Ok(Some(visit))
    }

    async fn load(&self, id_hash: String) -> Result<Option<Arc<Visit>>, Failure> {
        let generation = self.generation.load(Ordering::Acquire);
        let mut conn = self.store.read().await?;
        let Some(row) = sessions::find(&mut conn, &id_hash).await? else { return Ok(None) };
        let visit = Arc::new(Visit {
            id_hash: id_hash.clone(),
            user_id: row.user_id,
            username: row.username,
            nickname: row.nickname,
            authenticator_id: row.authenticator_id,
            roles: row.roles.split(',').filter(|role| !role.is_empty()).map(str::to_owned).collect(),
            created_at: row.created_at,
            expires_at: row.expires_at,
            seen_at: AtomicI64::new(row.seen_at),
            written_at: AtomicI64::new(row.seen_at),
        });
        self.cache.insert(id_hash.clone(), visit.clone());
        if self.generation.load(Ordering::Acquire) != generation {
            self.cache.remove(&id_hash);
        }
        Ok(Some(visit))
    }

    /// Notes the use in memory, and once a minute in the database, beside the request.
    fn touch(&self, visit: &Visit, now: i64) {
        visit.seen_at.fetch_max(now, Ordering::Relaxed);
        let written = visit.written_at.load(Ordering::Relaxed);
        let due = now.saturating_sub(written) >= TOUCH_EVERY;
        if !due || visit.written_at.compare_exchange(written, now, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return;
        }
        let (store, id_hash) = (self.store.clone(), visit.id_hash.clone());
        tokio::spawn(async move {
            let done: Result<(), Failure> = store
                .write_one(move |conn| Box::pin(async move { Ok(sessions::touch(conn, &id_hash, now).await?) }))
                .await;
            if let Err(failure) = done {
                tracing::warn!(error = %failure, "the last use of a session was not written down");
            }
        });
    }

    /// Drops one session from memory, after it was ended.
    pub(crate) fn forget(&self, id_hash: &str) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        self.cache.remove(id_hash);
    }

    /// Drops everything from memory.
    pub(crate) fn forget_all(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        self.cache.clear();
    }

    /// Says that the numbers were read just now: memory may be trusted for `time`.
    pub(crate) fn trust_for(&self, time: Duration) {
        self.trusted_until.store(millis(self.born.elapsed().saturating_add(time)), Ordering::Release);
    }

    fn is_trusted(&self) -> bool {
        millis(self.born.elapsed()) < self.trusted_until.load(Ordering::Acquire)
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
