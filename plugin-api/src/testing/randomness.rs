//! Random bytes that are the same in every test.

use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that look random, are others with each call, and the same for every new host.
#[derive(Default)]
pub(super) struct Randomness {
    drawn: AtomicU64,
}

impl Randomness {
    pub(super) fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let number = splitmix(self.drawn.fetch_add(1, Ordering::Relaxed));
            chunk.copy_from_slice(&number.to_le_bytes()[..chunk.len()]);
        }
    }
}

/// The output function of SplitMix64 (Steele, Lea, Flood 2014): one number to another, no two to the same.
fn splitmix(index: u64) -> u64 {
    let mut z = index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
