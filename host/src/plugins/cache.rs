//! The cache that authenticators borrow, for example for an application's access token.
//!
//! Each authenticator has a partition of its own, and all of a plug-in share one more, for keys that begin with
//! [`TOGETHER`]. Such a key holds the secret that its value was got with; what is kept is a digest of it. When a value is missing, one caller gets the lease to make it and
//! the others wait. Every lease belongs to a call and is given back when that call ends, which its deadline sees to;
//! so no lease can be held for ever, and no timer is needed here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plugin_api::TOGETHER;
use sha2::{Digest, Sha256};
use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use super::lock;
use crate::ids::hex;

/// Entries of one authenticator.
const MAX_ENTRIES: usize = 64;
/// Entries that all authenticators share.
const MAX_TOGETHER: usize = 256;
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
    partitions: HashMap<Partition, HashMap<String, Slot>>,
}

/// Where an entry is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    partition: Partition,
    key: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Partition {
    Own(String),
    Together,
}

impl Place {
    /// Where the entry `key` of the authenticator `cache_key` is kept.
    pub(super) fn of(cache_key: &str, key: &str) -> Self {
        if key.starts_with(TOGETHER) {
            return Self { partition: Partition::Together, key: hex(&Sha256::digest(key)) };
        }
        Self { partition: Partition::Own(cache_key.to_owned()), key: key.to_owned() }
    }
}

impl Partition {
    const fn room(&self) -> usize {
        match self {
            Self::Own(_) => MAX_ENTRIES,
            Self::Together => MAX_TOGETHER,
        }
    }
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
    pub(super) fn claim(&self, place: &Place, now_ms: i64) -> Claim {
        let mut shelves = lock(&self.shelves);
        match shelves.partitions.get(&place.partition).and_then(|partition| partition.get(&place.key)) {
            Some(Slot::Value { bytes, until_ms }) if *until_ms > now_ms => Claim::Hit(bytes.clone()),
            // Made under the lock, so that the change cannot come in between.
            Some(Slot::Leased { change, .. }) => Claim::Taken(Arc::clone(change).notified_owned()),
            _ => Claim::Lease(shelves.lease(place, now_ms)),
        }
    }

    /// Ends a lease, with a value or without one, and wakes whoever waits. A lease that was given back counts for
    /// nothing.
    pub(super) fn settle(&self, place: &Place, lease: u64, value: Option<(Vec<u8>, Duration)>, now_ms: i64) {
        let mut shelves = lock(&self.shelves);
        let Some(partition) = shelves.partitions.get_mut(&place.partition) else { return };
        let change = match partition.get(&place.key) {
            Some(Slot::Leased { lease: held, change }) if *held == lease => Arc::clone(change),
            _ => return,
        };
        match value.filter(|(bytes, _)| bytes.len() <= MAX_VALUE) {
            Some((bytes, time_to_live)) => {
                let until_ms = now_ms.saturating_add(capped_ms(time_to_live));
                partition.insert(place.key.clone(), Slot::Value { bytes, until_ms });
            }
            None => {
                partition.remove(&place.key);
            }
        }
        change.notify_waiters();
    }

    /// Forgets a value. A value that is being made stays on its way.
    pub(super) fn forget(&self, place: &Place) {
        let mut shelves = lock(&self.shelves);
        let Some(partition) = shelves.partitions.get_mut(&place.partition) else { return };
        if matches!(partition.get(&place.key), Some(Slot::Value { .. })) {
            partition.remove(&place.key);
        }
    }
}

impl Shelves {
    fn lease(&mut self, place: &Place, now_ms: i64) -> u64 {
        if place.key.len() > MAX_KEY || !self.make_room(&place.partition, now_ms) {
            return Cache::NOT_KEPT;
        }
        self.last_lease += 1;
        let slot = Slot::Leased { lease: self.last_lease, change: Arc::default() };
        self.partitions.entry(place.partition.clone()).or_default().insert(place.key.clone(), slot);
        self.last_lease
    }

    /// Makes room for one more entry; `false` when everything that is there is still in use.
    fn make_room(&mut self, wanted: &Partition, now_ms: i64) -> bool {
        let count = self.partitions.len();
        match self.partitions.get_mut(wanted) {
            Some(partition) => partition.len() < wanted.room() || evict(partition, wanted.room(), now_ms),
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
fn evict(partition: &mut HashMap<String, Slot>, room: usize, now_ms: i64) -> bool {
    drop_expired(partition, now_ms);
    if partition.len() < room {
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
mod tests;
