//! The cache that authenticators borrow, for example for an application's access token.
//!
//! Each authenticator has a partition of its own. When a value is missing, one caller gets the lease to make it and
//! the others wait. Every lease belongs to a call and is given back when that call ends, which its deadline sees to;
//! so no lease can be held for ever, and no timer is needed here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use super::lock;

/// Entries of one authenticator.
const MAX_ENTRIES: usize = 64;
/// Authenticators with entries.
const MAX_PARTITIONS: usize = 1_024;
/// Bytes of a value.
const MAX_VALUE: usize = 64 * 1024;
/// Bytes of a key.
const MAX_KEY: usize = 256;
/// Longest time to live.
const MAX_TIME_TO_LIVE: Duration = Duration::from_secs(24 * 60 * 60);

/// The cache of one plug-in.
#[derive(Default)]
pub(super) struct Cache {
    shelves: Mutex<Shelves>,
}

#[derive(Default)]
struct Shelves {
    last_lease: u64,
    partitions: HashMap<String, HashMap<String, Slot>>,
}

enum Slot {
    Value { bytes: Vec<u8>, until_ms: i64 },
    Leased { lease: u64, change: Arc<Notify> },
}

/// The answer to a claim.
pub(super) enum Claim {
    /// The value was there.
    Hit(Vec<u8>),
    /// The caller makes the value.
    Lease(u64),
    /// Somebody else makes it; ask again after the change.
    Taken(OwnedNotified),
}

impl Cache {
    /// A lease whose value will not be kept: there is no room, or no leave, to keep it.
    pub(super) const NOT_KEPT: u64 = 0;

    /// Reads an entry, or takes the lease to make it.
    pub(super) fn claim(&self, authenticator: &str, key: &str, now_ms: i64) -> Claim {
        let mut shelves = lock(&self.shelves);
        match shelves.partitions.get(authenticator).and_then(|partition| partition.get(key)) {
            Some(Slot::Value { bytes, until_ms }) if *until_ms > now_ms => Claim::Hit(bytes.clone()),
            // Made under the lock, so that the change cannot come in between.
            Some(Slot::Leased { change, .. }) => Claim::Taken(Arc::clone(change).notified_owned()),
            _ => Claim::Lease(shelves.lease(authenticator, key, now_ms)),
        }
    }

    /// Ends a lease, with a value or without one, and wakes whoever waits. A lease that was given back counts for
    /// nothing.
    pub(super) fn settle(
        &self,
        authenticator: &str,
        key: &str,
        lease: u64,
        value: Option<(Vec<u8>, Duration)>,
        now_ms: i64,
    ) {
        let mut shelves = lock(&self.shelves);
        let Some(partition) = shelves.partitions.get_mut(authenticator) else { return };
        let change = match partition.get(key) {
            Some(Slot::Leased { lease: held, change }) if *held == lease => Arc::clone(change),
            _ => return,
        };
        match value.filter(|(bytes, _)| bytes.len() <= MAX_VALUE) {
            Some((bytes, time_to_live)) => {
                let until_ms = now_ms.saturating_add(capped_ms(time_to_live));
                partition.insert(key.to_owned(), Slot::Value { bytes, until_ms });
            }
            None => {
                partition.remove(key);
            }
        }
        change.notify_waiters();
    }

    /// Forgets a value. A value that is being made stays on its way.
    pub(super) fn forget(&self, authenticator: &str, key: &str) {
        let mut shelves = lock(&self.shelves);
        let Some(partition) = shelves.partitions.get_mut(authenticator) else { return };
        if matches!(partition.get(key), Some(Slot::Value { .. })) {
            partition.remove(key);
        }
    }
}

impl Shelves {
    fn lease(&mut self, authenticator: &str, key: &str, now_ms: i64) -> u64 {
        if key.len() > MAX_KEY || !self.make_room(authenticator, now_ms) {
            return Cache::NOT_KEPT;
        }
        self.last_lease += 1;
        let slot = Slot::Leased { lease: self.last_lease, change: Arc::default() };
        self.partitions.entry(authenticator.to_owned()).or_default().insert(key.to_owned(), slot);
        self.last_lease
    }

    /// Makes room for one more entry; `false` when everything that is there is still in use.
    fn make_room(&mut self, authenticator: &str, now_ms: i64) -> bool {
        let count = self.partitions.len();
        match self.partitions.get_mut(authenticator) {
            Some(partition) => partition.len() < MAX_ENTRIES || evict(partition, now_ms),
            None if count < MAX_PARTITIONS => true,
            None => {
                self.partitions.retain(|_, partition| {
                    drop_expired(partition, now_ms);
                    !partition.is_empty()
                });
                self.partitions.len() < MAX_PARTITIONS
            }
        }
    }
}

/// Drops what has expired, or else the value that expires first. Leases stay.
fn evict(partition: &mut HashMap<String, Slot>, now_ms: i64) -> bool {
    drop_expired(partition, now_ms);
    if partition.len() < MAX_ENTRIES {
        return true;
    }
    let expiry = |(key, slot): (&String, &Slot)| match slot {
        Slot::Value { until_ms, .. } => Some((*until_ms, key.clone())),
        Slot::Leased { .. } => None,
    };
    let Some((_, first)) = partition.iter().filter_map(expiry).min() else { return false };
    partition.remove(&first);
    true
}

fn drop_expired(partition: &mut HashMap<String, Slot>, now_ms: i64) {
    partition.retain(|_, slot| !matches!(slot, Slot::Value { until_ms, .. } if *until_ms <= now_ms));
}

fn capped_ms(time_to_live: Duration) -> i64 {
    i64::try_from(time_to_live.min(MAX_TIME_TO_LIVE).as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn lease(cache: &Cache, key: &str) -> u64 {
        match cache.claim("a", key, 0) {
            Claim::Lease(lease) => lease,
            _ => panic!("no lease for {key}"),
        }
    }

    fn put(cache: &Cache, key: &str, time_to_live: Duration) {
        let lease = lease(cache, key);
        cache.settle("a", key, lease, Some((key.into(), time_to_live)), 0);
    }

    fn hit(cache: &Cache, authenticator: &str, key: &str, now_ms: i64) -> bool {
        matches!(cache.claim(authenticator, key, now_ms), Claim::Hit(_))
    }

    #[test]
    fn values_live_for_their_time_in_their_partition() {
        let cache = Cache::default();
        put(&cache, "token", MINUTE);
        assert!(hit(&cache, "a", "token", 59_999));
        assert!(!hit(&cache, "b", "token", 0), "another authenticator's");
        assert!(!hit(&cache, "a", "token", 60_000), "expired");
    }

    #[tokio::test]
    async fn one_makes_the_value_and_the_others_wait() {
        let cache = Cache::default();
        let first = lease(&cache, "token");
        let Claim::Taken(change) = cache.claim("a", "token", 0) else { panic!("taken twice") };
        cache.settle("a", "token", first, None, 0);
        change.await;
        let second = lease(&cache, "token");
        cache.settle("a", "token", first, Some((b"late".to_vec(), MINUTE)), 0);
        assert!(matches!(cache.claim("a", "token", 0), Claim::Taken(_)), "a lease counts once");
        cache.settle("a", "token", second, Some((b"x".to_vec(), MINUTE)), 0);
        assert!(hit(&cache, "a", "token", 0));
    }

    #[test]
    fn forgetting_leaves_leases_alone() {
        let cache = Cache::default();
        put(&cache, "old", MINUTE);
        cache.forget("a", "old");
        let made = lease(&cache, "old");
        cache.forget("a", "old");
        cache.settle("a", "old", made, Some((vec![], MINUTE)), 0);
        assert!(hit(&cache, "a", "old", 0));
    }

    #[test]
    fn a_full_partition_drops_what_expires_first() {
        let cache = Cache::default();
        for number in 0..MAX_ENTRIES {
            let extra = u32::try_from(number).unwrap() + 1;
            put(&cache, &format!("k{number}"), MINUTE * extra);
        }
        put(&cache, "one more", MINUTE);
        assert!(hit(&cache, "a", "one more", 0));
        assert!(!hit(&cache, "a", "k0", 0));
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let cache = Cache::default();
        assert_eq!(lease(&cache, &"k".repeat(MAX_KEY + 1)), Cache::NOT_KEPT);
        let made = lease(&cache, "large");
        cache.settle("a", "large", made, Some((vec![0; MAX_VALUE + 1], MINUTE)), 0);
        assert!(!hit(&cache, "a", "large", 0));
    }
}
