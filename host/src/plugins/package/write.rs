//! Writing an archive: the same files give the same bytes, wherever and whenever.

use std::io::{self, Write};

use flate2::{Compression, GzBuilder};

use super::archive::{BLOCK, Header};

/// Packs files in this order.
pub(super) fn write<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> io::Result<Vec<u8>> {
    // RFC 1952, 2.3: no name, no time, and 255 for a system that is not told.
    let mut gzip = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    for (name, content) in files {
        let header = Header { name: name.to_owned(), size: content.len() as u64 };
        gzip.write_all(&header.block())?;
        gzip.write_all(content)?;
        gzip.write_all(&[0; BLOCK][..content.len().next_multiple_of(BLOCK) - content.len()])?;
    }
    gzip.write_all(&[0; 2 * BLOCK])?;
    gzip.finish()
}
