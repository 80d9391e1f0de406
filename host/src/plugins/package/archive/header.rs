//! The header of one entry: a block of 512 bytes with fields of fixed length (POSIX.1-2017, pax, "ustar Interchange
//! Format").

use std::ops::Range;

use crate::plugins::package::PackageFault;
use crate::plugins::refused::brief;

/// Length of a block, in bytes.
pub(in crate::plugins::package) const BLOCK: usize = 512;

const NAME: Range<usize> = 0..100;
const MODE: Range<usize> = 100..108;
const OWNER: Range<usize> = 108..116;
const GROUP: Range<usize> = 116..124;
const SIZE: Range<usize> = 124..136;
const TIME: Range<usize> = 136..148;
const CHECKSUM: Range<usize> = 148..156;
const KIND: usize = 156;
const LINK: Range<usize> = 157..257;
const MAGIC: Range<usize> = 257..265;
const PREFIX: Range<usize> = 345..500;

/// What ustar has there; what GNU tar writes by itself differs.
const USTAR: &[u8] = b"ustar\x0000";

/// What we want to know of an entry: it is a regular file in any case.
pub(in crate::plugins::package) struct Header {
    pub(in crate::plugins::package) name: String,
    pub(in crate::plugins::package) size: u64,
}

impl Header {
    /// Reads a header that nobody has looked at yet.
    pub(super) fn parse(block: &[u8; BLOCK]) -> Result<Self, PackageFault> {
        if octal(&block[CHECKSUM]) != Some(checksum(block)) {
            return Err(PackageFault::damaged("the checksum of an entry is wrong"));
        }
        let name = text(&block[NAME]);
        check_kind(block[KIND], &name)?;
        if block[MAGIC] != *USTAR {
            return Err(PackageFault::damaged("it is not in the format ustar"));
        }
        // A name that is continued elsewhere, or says something behind its end, is not the name that it seems to be.
        let whole = name.len() + block[NAME].iter().rev().take_while(|byte| **byte == 0).count() == NAME.len();
        if !whole || block[PREFIX].iter().chain(&block[LINK]).any(|byte| *byte != 0) {
            return Err(PackageFault::Name(shown(&name)));
        }
        let size = octal(&block[SIZE]).ok_or_else(|| PackageFault::damaged("the size of an entry is no number"))?;
        Ok(Self { name, size })
    }

    /// The block of this entry as we write it: nothing in it depends on who packs, where and when.
    pub(in crate::plugins::package) fn block(&self) -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        let mut put = |field: Range<usize>, text: &[u8]| {
            for (place, byte) in block[field].iter_mut().zip(text) {
                *place = *byte;
            }
        };
        put(NAME, self.name.as_bytes());
        put(MODE, b"0000644");
        put(OWNER, b"0000000");
        put(GROUP, b"0000000");
        put(SIZE, format!("{:011o}", self.size).as_bytes());
        put(TIME, b"00000000000");
        put(KIND..KIND + 1, b"0");
        put(MAGIC, USTAR);
        let sum = checksum(&block);
        block[CHECKSUM].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        block
    }
}

/// Only regular files. The others are told apart, because their authors meant different things.
fn check_kind(kind: u8, name: &str) -> Result<(), PackageFault> {
    match kind {
        b'0' => Ok(()),
        b'1'..=b'7' => Err(PackageFault::NotAFile(shown(name))),
        _ => Err(PackageFault::Extension),
    }
}

/// The bytes before the first zero. What is not UTF-8 matches no name that is allowed.
fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

/// A name that somebody made up, for a page, a log or a terminal: nothing in it does anything there.
pub(in crate::plugins::package) fn shown(name: &str) -> String {
    brief(&name.escape_debug().to_string())
}

/// Octal digits, then zeros or blanks. Negative and binary numbers, which GNU tar knows, are none.
fn octal(field: &[u8]) -> Option<u64> {
    let digits = field.iter().take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    let (digits, rest) = field.split_at(digits);
    if digits.is_empty() || rest.iter().any(|byte| ![0, b' '].contains(byte)) {
        return None;
    }
    Some(digits.iter().fold(0, |number, digit| number * 8 + u64::from(digit - b'0')))
}

/// The sum of all bytes, with blanks in the place of the sum itself.
fn checksum(block: &[u8; BLOCK]) -> u64 {
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    sum(block) - sum(&block[CHECKSUM]) + CHECKSUM.len() as u64 * u64::from(b' ')
}
