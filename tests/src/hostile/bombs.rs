//! Packages that are small on the way and large on arrival, or large everywhere.

use super::names::beside;
use super::tar::{Entry, archive};
use super::{Forge, Hostile};

const TOO_LARGE: &str = "package-entry-too-large";
const MB: usize = 1_000_000;

pub(super) fn packages(_: &Forge) -> Vec<Hostile> {
    let one = |what: &str, reason, bytes: Vec<u8>| Hostile::new(format!("bomb: {what}"), reason, bytes);
    let huge = |name: &str, size: usize| beside(Entry::new(name, vec![b' '; size]));
    vec![
        one("a library of zeros", "package-bomb", beside(library(1, 60 * MB))),
        one(
            "many libraries of zeros",
            "package-bomb",
            archive(&(1..8).map(|n| library(n, 8 * MB)).collect::<Vec<_>>()),
        ),
        one("more than 200 MB in a fair ratio", "package-bomb", fair()),
        one("more than 50 MB packed", "package-too-large", [&[0x1f, 0x8b, 8][..], &vec![0; 50 * MB]].concat()),
        one("1,001 entries", "package-crowded", archive(&(0..1001).map(|n| library(n, 0)).collect::<Vec<_>>())),
        one("a library of 70 MB", TOO_LARGE, beside(library(1, 70 * MB))),
        one("a manifest of 1 MB", TOO_LARGE, archive(&[Entry::new("manifest.json", vec![b' '; MB])])),
        one("a signature of 5 kB", TOO_LARGE, huge("manifest.json.minisig", 5_000)),
        one("a readme of 1 MB", TOO_LARGE, huge("README.md", MB)),
        one("an icon of 1 MB", TOO_LARGE, huge("icon.svg", MB)),
        one("a size that is a lie", TOO_LARGE, beside(Entry { size: Some(*b"77777777777\0"), ..library(1, 0) })),
    ]
}

fn library(number: usize, size: usize) -> Entry {
    Entry::new(format!("lib/a{number}-b.so"), vec![0; size])
}

/// Bytes that do not shrink, so that zeros behind them are nothing suspicious; until there are too many.
fn fair() -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        // xorshift: the bytes have to be hard to compress, not to guess.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let noise: Vec<u8> = (0..3 * MB / 8).flat_map(|_| next()).collect();
    let zeros = (1..5).map(|number| library(number, 60 * MB));
    archive(&std::iter::once(Entry::new("lib/noise-b.so", noise)).chain(zeros).collect::<Vec<_>>())
}
