//! Archives that are cut off, contradict themselves, go on behind their end, or are none.

use super::names::beside;
use super::tar::{Entry, archive, gzip, open_end, tar};
use super::{Forge, Hostile};

const DAMAGED: &str = "package-damaged";
const TRAILING: &str = "package-trailing";
const NO_ARCHIVE: &str = "package-not-an-archive";

pub(super) fn packages(forge: &Forge) -> Vec<Hostile> {
    let mut all = cut_off(&forge.good());
    all.extend(headers());
    all.extend(behind_the_end(&forge.good()));
    all.extend(no_archives(&forge.good()));
    all
}

fn entries() -> [Entry; 2] {
    [Entry::new("manifest.json", "{}"), Entry::new("README.md", "hello")]
}

fn cut_off(good: &[u8]) -> Vec<Hostile> {
    let one = |what: &str, bytes: Vec<u8>| Hostile::new(format!("cut off: {what}"), DAMAGED, bytes);
    let whole = tar(&entries());
    vec![
        one("in the middle", good[..good.len() / 2].to_vec()),
        one("before the checksum of gzip", good[..good.len() - 8].to_vec()),
        one("in the checksum of gzip", good[..good.len() - 1].to_vec()),
        one("after the header of gzip", good[..10].to_vec()),
        one("in the header of gzip", good[..4].to_vec()),
        one("in a header", gzip(&whole[..300])),
        one("in a file", gzip(&whole[..600])),
        one("before the end", gzip(&open_end(&entries()))),
        one("in the end", gzip(&whole[..whole.len() - 512])),
        one("everything", gzip(b"")),
    ]
}

fn headers() -> Vec<Hostile> {
    let readme = || Entry::new("README.md", "hello");
    let one = |what: &str, entry: Entry| Hostile::new(format!("header: {what}"), DAMAGED, beside(entry));
    let sized = |size: &[u8; 12]| Entry { size: Some(*size), ..readme() };
    let mut half_end = open_end(&entries());
    half_end.extend([0; 512]);
    half_end.extend(readme().header());
    vec![
        one("a wrong checksum", Entry { checksum_off_by: 1, ..readme() }),
        one("a size that is no number", sized(b"0000000000z\0")),
        one("an empty size", sized(&[0; 12])),
        one("a negative size", sized(b"-0000000005\0")),
        one("a size in binary", sized(b"\x80\0\0\0\0\0\0\0\0\0\0\x05")),
        one("a size larger than the rest", sized(b"00000100000\0")),
        one("the format of GNU tar", Entry { magic: *b"ustar  \0", ..readme() }),
        one("the format before POSIX", Entry { magic: [0; 8], ..readme() }),
        one("something behind a file", Entry { padding: b'!', ..readme() }),
        Hostile::new("header: an entry between the marks of the end", DAMAGED, gzip(&half_end)),
    ]
}

fn behind_the_end(good: &[u8]) -> Vec<Hostile> {
    let one = |what: &str, bytes: Vec<u8>| Hostile::new(format!("behind the end: {what}"), TRAILING, bytes);
    let behind = |more: &[u8]| gzip(&[&tar(&entries()), more].concat());
    let zip = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    vec![
        one("another archive inside", behind(&tar(&entries()))),
        one("another file", behind(&open_end(&entries()))),
        one("a byte inside", behind(b"!")),
        one("too many zeros", behind(&[0; 64 * 1024])),
        one("another member of gzip", [good, &archive(&entries())].concat()),
        one("a byte", [good, b"!"].concat()),
        one("a zero", [good, b"\0"].concat()),
        one("a zip file", [good, zip].concat()),
    ]
}

fn no_archives(good: &[u8]) -> Vec<Hostile> {
    let one = |what: &str, reason, bytes: Vec<u8>| Hostile::new(format!("no archive: {what}"), reason, bytes);
    let bent = |at: usize| {
        let mut bytes = good.to_vec();
        bytes[at] ^= 0x40;
        bytes
    };
    vec![
        one("nothing", NO_ARCHIVE, Vec::new()),
        one("a text", NO_ARCHIVE, b"#!/bin/sh\nrm -rf /\n".to_vec()),
        one("tar without gzip", NO_ARCHIVE, tar(&entries())),
        one("zip", NO_ARCHIVE, b"PK\x03\x04evil".to_vec()),
        one("xz", NO_ARCHIVE, b"\xfd7zXZ\0".to_vec()),
        one("a method that gzip does not have", NO_ARCHIVE, bent(2)),
        one("a wrong checksum of gzip", DAMAGED, bent(good.len() - 8)),
        one("a wrong length of gzip", DAMAGED, bent(good.len() - 4)),
        one("gzip in gzip", DAMAGED, gzip(good)),
        one("gzip without tar", DAMAGED, gzip(&[b'a'; 4096])),
    ]
}
