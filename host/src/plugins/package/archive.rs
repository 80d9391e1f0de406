//! Unpacking: gzip around tar, in memory, believing nothing.
//!
//! Readers of tar are made to accept what forty years of programs wrote, and every extension among it is a way to say
//! one thing to whoever examines an archive and another to whoever unpacks it. We accept the one form that POSIX.1-1988
//! calls ustar, written as plainly as possible, and refuse the rest. That is less to read than the exceptions one would
//! have to make in a tolerant reader, so this is written out here.
//!
//! Nothing is written to a disk, so no name leads anywhere. What is held at one time is bounded by what the caller
//! keeps; everything else passes through a hash.

mod header;

use std::collections::BTreeSet;
use std::io::{self, Read};

use flate2::bufread::GzDecoder;
use sha2::{Digest, Sha256};

use super::PackageFault;
use super::names;
use crate::plugins::inspect::hex;
pub(super) use header::{BLOCK, Header, shown};

/// Largest package, in bytes.
pub const MAX_PACKED: usize = 50_000_000;
/// Most bytes that a package may unpack to.
pub const MAX_UNPACKED: u64 = 200_000_000;
/// Most entries.
pub const MAX_ENTRIES: usize = 1_000;

/// Machine code shrinks to a third, text to a fifth; what shrinks to less than a hundredth is made to.
const MAX_RATIO: u64 = 100;
/// Up to here no ratio is suspicious: a few short files are mostly padding.
const SMALL: u64 = 1_000_000;
/// What may follow the last entry: zeros up to the end of a record of 20 blocks.
const MAX_PADDING: usize = 20 * BLOCK;

/// One file of a package.
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) size: u64,
    /// SHA-256 in 64 hexadecimal digits.
    pub(super) sha256: String,
    /// Its bytes, if they were asked for.
    pub(super) content: Option<Vec<u8>>,
}

impl Entry {
    /// Name and bytes, if they were asked for.
    pub(super) fn whole(&self) -> Option<(&str, &[u8])> {
        Some((&self.path, self.content.as_deref()?))
    }
}

/// Every entry, in the order of the archive, with the bytes of those whose name `keep` wants.
pub(super) fn read(bytes: &[u8], keep: impl Fn(&str) -> bool) -> Result<Vec<Entry>, PackageFault> {
    let mut tape = Tape::open(bytes)?;
    let mut entries = Vec::new();
    let mut seen = BTreeSet::new();
    while let Some(header) = tape.header()? {
        if entries.len() == MAX_ENTRIES {
            return Err(PackageFault::Crowded);
        }
        let cap = names::cap_of(&header.name).ok_or_else(|| PackageFault::Name(shown(&header.name)))?;
        if !seen.insert(header.name.clone()) {
            return Err(PackageFault::Twice(header.name));
        }
        if header.size > cap {
            return Err(PackageFault::EntryTooLarge(header.name));
        }
        let keep = keep(&header.name);
        entries.push(tape.entry(header, keep)?);
    }
    tape.end()?;
    Ok(entries)
}

/// The unpacked archive, which can only be read forward.
struct Tape<'a> {
    gunzip: GzDecoder<&'a [u8]>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'a> Tape<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, PackageFault> {
        if bytes.len() > MAX_PACKED {
            return Err(PackageFault::TooLarge);
        }
        // RFC 1952, 2.3.1: two fixed bytes, and the one method there is.
        if !bytes.starts_with(&[0x1f, 0x8b, 8]) {
            return Err(PackageFault::NotAnArchive);
        }
        let plausible = (bytes.len() as u64 * MAX_RATIO).max(SMALL);
        Ok(Self { gunzip: GzDecoder::new(bytes), left: plausible.min(MAX_UNPACKED) })
    }

    /// The next header; `None` at the two blocks of zeros that end an archive.
    fn header(&mut self) -> Result<Option<Header>, PackageFault> {
        let mut block = [0; BLOCK];
        self.fill(&mut block)?;
        if !is_zero(&block) {
            return Header::parse(&block).map(Some);
        }
        self.fill(&mut block)?;
        if is_zero(&block) { Ok(None) } else { Err(PackageFault::damaged("its end is marked by half")) }
    }

    fn entry(&mut self, header: Header, keep: bool) -> Result<Entry, PackageFault> {
        let mut hash = Sha256::new();
        let mut content = keep.then(Vec::new);
        let mut buffer = vec![0; 64 * 1024];
        let mut left = header.size;
        while left > 0 {
            let length = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let part = &mut buffer[..length];
            self.fill(part)?;
            hash.update(&*part);
            if let Some(content) = &mut content {
                content.extend_from_slice(part);
            }
            left -= part.len() as u64;
        }
        self.padding(header.size)?;
        Ok(Entry { path: header.name, size: header.size, sha256: hex(&hash.finalize()), content })
    }

    /// Zeros up to the next block, so that nothing can hide there.
    fn padding(&mut self, size: u64) -> Result<(), PackageFault> {
        let mut block = [0; BLOCK];
        let used = usize::try_from(size % BLOCK as u64).unwrap_or_default();
        let padding = if used == 0 { &mut block[..0] } else { &mut block[used..] };
        self.fill(padding)?;
        if is_zero(padding) { Ok(()) } else { Err(PackageFault::damaged("something lies between two entries")) }
    }

    /// Only zeros follow, and then nothing: neither in the archive nor behind it.
    fn end(mut self) -> Result<(), PackageFault> {
        let mut rest = Vec::new();
        let read = (&mut self.gunzip).take(MAX_PADDING as u64 + 1).read_to_end(&mut rest).map_err(damaged)?;
        if read > MAX_PADDING || !is_zero(&rest) || !self.gunzip.into_inner().is_empty() {
            return Err(PackageFault::Trailing);
        }
        Ok(())
    }

    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), PackageFault> {
        self.left = self.left.checked_sub(buffer.len() as u64).ok_or(PackageFault::Bomb)?;
        self.gunzip.read_exact(buffer).map_err(damaged)
    }
}

fn is_zero(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0)
}

fn damaged(error: io::Error) -> PackageFault {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => PackageFault::damaged("it is cut off"),
        _ => PackageFault::damaged(error),
    }
}
