//! A writer of archives that writes whatever it is told.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

const BLOCK: usize = 512;

/// One entry; every field can be wrong.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    pub(super) prefix: Vec<u8>,
    pub(super) link: Vec<u8>,
    pub(super) kind: u8,
    pub(super) magic: [u8; 8],
    /// The text of the size; that of the content if absent.
    pub(super) size: Option<[u8; 12]>,
    /// Added to the right checksum.
    pub(super) checksum_off_by: u32,
    /// What fills the last block.
    pub(super) padding: u8,
    pub(super) content: Vec<u8>,
}

impl Entry {
    pub(super) fn new(name: impl AsRef<[u8]>, content: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.as_ref().to_vec(),
            prefix: Vec::new(),
            link: Vec::new(),
            kind: b'0',
            magic: *b"ustar\x0000",
            size: None,
            checksum_off_by: 0,
            padding: 0,
            content: content.into(),
        }
    }

    /// Another kind than a regular file, which points somewhere.
    pub(super) fn of_kind(kind: u8, name: &str, link: &str) -> Self {
        Self { kind, link: link.as_bytes().to_vec(), ..Self::new(name, "") }
    }

    pub(super) fn header(&self) -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        let size = self.size.unwrap_or_else(|| octal(self.content.len()));
        let fields: [(usize, &[u8]); 10] = [
            (0, &self.name),
            (100, b"0000644"),
            (108, b"0000000"),
            (116, b"0000000"),
            (124, &size),
            (136, b"00000000000"),
            (148, b"        "),
            (157, &self.link),
            (257, &self.magic),
            (345, &self.prefix),
        ];
        for (at, field) in fields {
            block[at..at + field.len()].copy_from_slice(field);
        }
        block[156] = self.kind;
        let sum = block.iter().map(|byte| u32::from(*byte)).sum::<u32>() + self.checksum_off_by;
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        block
    }
}

/// The right text of a size.
fn octal(size: usize) -> [u8; 12] {
    let mut field = [0; 12];
    field[..11].copy_from_slice(format!("{size:011o}").as_bytes());
    field
}

/// The archive before it is compressed, without the blocks that end it.
pub(super) fn open_end(entries: &[Entry]) -> Vec<u8> {
    let mut tar = Vec::new();
    for entry in entries {
        tar.extend_from_slice(&entry.header());
        tar.extend_from_slice(&entry.content);
        tar.resize(tar.len().next_multiple_of(BLOCK), entry.padding);
    }
    tar
}

/// The archive before it is compressed.
pub(super) fn tar(entries: &[Entry]) -> Vec<u8> {
    let mut tar = open_end(entries);
    tar.resize(tar.len() + 2 * BLOCK, 0);
    tar
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// The whole archive.
pub(super) fn archive(entries: &[Entry]) -> Vec<u8> {
    gzip(&tar(entries))
}
