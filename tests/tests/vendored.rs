//! Files of other projects are what their origin says (`VENDORED.md`).

use std::fmt::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

#[test]
fn vendored_files_have_their_checksums() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let list = std::fs::read_to_string(root.join("VENDORED.md")).unwrap();
    let rows: Vec<Vec<&str>> = list.lines().map(|line| line.split('`').collect()).collect();
    // | `file` | `checksum` |
    let files: Vec<(&str, &str)> = rows
        .iter()
        .filter_map(|row| match row.as_slice() {
            ["| ", file, " | ", sum, " |"] if sum.len() == 64 => Some((*file, *sum)),
            _ => None,
        })
        .collect();
    assert!(!files.is_empty(), "the list has a table");
    for (file, wanted) in files {
        let sum = Sha256::digest(std::fs::read(root.join(file)).unwrap());
        let sum = sum.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        });
        assert_eq!(sum, wanted, "{file}");
    }
}
